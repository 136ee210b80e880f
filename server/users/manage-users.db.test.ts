import { desc, eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { auditLog } from "#/db/schema/audit.ts";
import { users } from "#/db/schema/users.ts";
import { castManagers, insertCast } from "#/db/testing/cast.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import { hashPassword, passwordFits } from "../auth/password.ts";
import { readActor } from "../auth/session.ts";
import type { Actor, Ctx } from "../context.ts";
import { TEST_NOW, testCtx } from "../testing/test-ctx.ts";
import { acceptInvitation } from "./accept-invitation.ts";
import { changeRole } from "./change-role.ts";
import { dismissUser } from "./dismiss-user.ts";
import { inviteUser } from "./invite-user.ts";
import { linkManager } from "./link-manager.ts";
import { listUsers } from "./list-users.ts";
import { openInvitation } from "./open-invitation.ts";
import { renewInvitation } from "./renew-invitation.ts";
import { restoreUser } from "./restore-user.ts";

const database = useTestDatabase();
const password = "correct horse battery";
const actors = {
  admin: { kind: "user", userId: 1, name: "Ада", role: "admin", managerId: null },
  second: { kind: "user", userId: 2, name: "Второй", role: "admin", managerId: null },
  owner: { kind: "user", userId: 3, name: "Ольга", role: "owner", managerId: null },
  manager: { kind: "user", userId: 4, name: "Мария", role: "manager", managerId: null },
} as const satisfies Record<string, Actor>;
const as = (actor: Actor, over: Partial<Ctx> = {}): Ctx => testCtx(database.connection, actor, over);
const admin = () => as(actors.admin);
const stranger = () => as({ kind: "anonymous" });
const later = (hours: number) => new Date(TEST_NOW.getTime() + hours * 3_600_000);
const row = async (userId: number) =>
  (await database.connection.db.select().from(users).where(eq(users.id, userId)))[0]!;
const lastLine = async () =>
  (await database.connection.db.select().from(auditLog).orderBy(desc(auditLog.id)).limit(1))[0];
const invite = (over = {}) =>
  inviteUser(admin(), { email: "New@Example.test", name: "Нина", role: "manager", ...over });

let passwordHash: string;
beforeAll(() => insertCast(database.connection.db));
beforeEach(async () => {
  const { db } = database.connection;
  await db.execute("truncate users restart identity cascade");
  passwordHash ??= await hashPassword(password);
  await db.insert(users).values(
    Object.values(actors).map(({ userId, name, role }) => ({
      ...{ id: userId, name, role, email: `${userId}@example.test`, passwordHash },
    })),
  );
  await db.execute("select setval('users_id_seq', 100)");
});

describe("who may", () => {
  const deeds: Record<string, (ctx: Ctx) => Promise<unknown>> = {
    list: (ctx) => listUsers(ctx, {}),
    invite: (ctx) => inviteUser(ctx, { email: "x@example.test", name: "Икс", role: "manager" }),
    renew: (ctx) => renewInvitation(ctx, { userId: 4 }),
    "change a role": (ctx) => changeRole(ctx, { userId: 4, role: "admin" }),
    "link a manager": (ctx) => linkManager(ctx, { userId: 4, managerId: null }),
    dismiss: (ctx) => dismissUser(ctx, { userId: 4 }),
    restore: (ctx) => restoreUser(ctx, { userId: 4 }),
  };
  test.each(Object.entries(deeds))("neither owner nor manager: %s", async (_, deed) => {
    for (const actor of [actors.owner, actors.manager])
      await expect(deed(as(actor))).rejects.toMatchObject({ code: "forbidden" });
    await expect(deed(stranger())).rejects.toMatchObject({ code: "unauthenticated" });
  });
});

describe("an invitation", () => {
  test("nobody signs in before a password is set by its link; then it is used up", async () => {
    const { userId, token } = await invite({ managerId: castManagers.anna.id });
    expect(await row(userId)).toMatchObject({ email: "new@example.test", passwordHash: null, managerId: "101" });
    expect((await lastLine())!.detail).not.toHaveProperty("token");
    expect(JSON.stringify(await lastLine())).not.toContain(token);

    const found = await openInvitation(stranger(), { token });
    expect(found).toMatchObject({ name: "Нина", email: "new@example.test", known: false });
    await expect(acceptInvitation(stranger(), { token, password: "short" })).rejects.toMatchObject({ code: "invalid" });
    expect(await acceptInvitation(stranger(), { token, password: "a fresh passphrase" })).toEqual({
      email: "new@example.test",
    });
    expect(await passwordFits((await row(userId)).passwordHash, "a fresh passphrase")).toBe(true);
    await expect(acceptInvitation(stranger(), { token, password: "another passphrase" })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("of two who use it at once one sets the password", async () => {
    const { token } = await invite();
    const tries = await Promise.allSettled(
      ["first passphrase", "second passphrase"].map((password) => acceptInvitation(stranger(), { token, password })),
    );
    expect(tries.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("does not stand past its hours, after a later one, after a dismissal, or mistyped", async () => {
    const { userId, token } = await invite({ validHours: 2 });
    const gone = { code: "not_found" };
    await openInvitation(as({ kind: "anonymous" }, { now: () => later(1.9) }), { token });
    await expect(openInvitation(as({ kind: "anonymous" }, { now: () => later(2) }), { token })).rejects.toMatchObject(
      gone,
    );
    const { token: next } = await renewInvitation(admin(), { userId });
    await expect(openInvitation(stranger(), { token })).rejects.toMatchObject(gone);
    await openInvitation(stranger(), { token: next });
    await expect(openInvitation(stranger(), { token: `${next}x` })).rejects.toMatchObject(gone);
    await dismissUser(admin(), { userId });
    await expect(openInvitation(stranger(), { token: next })).rejects.toMatchObject(gone);
    await expect(renewInvitation(admin(), { userId })).rejects.toMatchObject({ code: "conflict" });
  });

  test("for somebody who forgot his password: the old one goes on until another is set, then his sessions end", async () => {
    const session = { userId: 4, sessionVersion: 1 };
    const { token } = await renewInvitation(admin(), { userId: 4 });
    expect(await passwordFits((await row(4)).passwordHash, password)).toBe(true);
    expect(await openInvitation(stranger(), { token })).toMatchObject({ known: true });
    await acceptInvitation(stranger(), { token, password: "a fresh passphrase" });
    expect(await passwordFits((await row(4)).passwordHash, password)).toBe(false);
    expect(await readActor(stranger(), session)).toEqual({ kind: "anonymous" });
  });

  test("refuses an address that is taken, in whatever case, and a manager that is none", async () => {
    await invite();
    await expect(invite({ email: "NEW@example.TEST" })).rejects.toMatchObject({ code: "conflict", place: "email" });
    await expect(invite({ email: "b@example.test", managerId: "999" })).rejects.toMatchObject({ place: "managerId" });
  });
});

describe("a role", () => {
  test("that changes ends the sessions, and the line says from what to what", async () => {
    await changeRole(admin(), { userId: 4, role: "owner" });
    expect(await row(4)).toMatchObject({ role: "owner", sessionVersion: 2 });
    expect(await lastLine()).toMatchObject({
      ...{ actor: "user:1", action: "user:manage", subject: "user:4" },
      detail: { role: { from: "manager", to: "owner" } },
    });
  });

  test("is not changed by its bearer, nor away from the last administrator", async () => {
    await expect(changeRole(admin(), { userId: 1, role: "owner" })).rejects.toMatchObject({ code: "conflict" });
    await changeRole(admin(), { userId: 2, role: "owner" });
    // By the command line it is not himself, and still nobody would be left.
    await expect(changeRole(as({ kind: "system", name: "cli" }), { userId: 1, role: "owner" })).rejects.toMatchObject({
      words: { en: expect.stringContaining("last administrator") },
    });
  });

  test("an administrator who was invited and never came is none to rely on", async () => {
    await changeRole(admin(), { userId: 2, role: "owner" });
    await invite({ role: "admin" });
    await expect(dismissUser(as({ kind: "system", name: "cli" }), { userId: 1 })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  test("two administrators who take each other away at once: one is left, twenty times over", async () => {
    for (let round = 0; round < 20; round++) {
      const tries = await Promise.allSettled([
        dismissUser(as(actors.admin), { userId: 2 }),
        changeRole(as(actors.second), { userId: 1, role: "manager" }),
      ]);
      expect(tries.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      await database.connection.sql`update users set role = 'admin', disabled_at = null where id in (1, 2)`;
    }
  });
});

describe("a dismissal", () => {
  test("ends sessions with the very next request, and a restoration does not bring them back", async () => {
    const session = { userId: 4, sessionVersion: 1 };
    expect(await readActor(stranger(), session)).toMatchObject({ kind: "user", userId: 4 });
    await dismissUser(admin(), { userId: 4 });
    expect(await readActor(stranger(), session)).toEqual({ kind: "anonymous" });
    await restoreUser(admin(), { userId: 4 });
    expect(await readActor(stranger(), session)).toEqual({ kind: "anonymous" });
    expect(await readActor(stranger(), { userId: 4, sessionVersion: 2 })).toMatchObject({ userId: 4, role: "manager" });
  });

  test("is said once, however often it is asked for; nothing is deleted", async () => {
    const lines = () => database.connection.db.$count(auditLog, eq(auditLog.subject, "user:4"));
    const before = await lines();
    await dismissUser(admin(), { userId: 4 });
    await dismissUser(admin(), { userId: 4 });
    expect(await lines()).toBe(before + 1);
    expect(await row(4)).toMatchObject({ name: "Мария", passwordHash });
  });

  test("is not for oneself, and not for somebody who is not there", async () => {
    await expect(dismissUser(admin(), { userId: 1 })).rejects.toMatchObject({ code: "conflict" });
    await expect(dismissUser(admin(), { userId: 4711 })).rejects.toMatchObject({ code: "not_found" });
  });

  test("a failure after it takes it back together with its line", async () => {
    const line = await lastLine();
    await database.connection.sql`alter table invitations add constraint "planted" check (ended_at is null)`;
    try {
      await renewInvitation(admin(), { userId: 4 });
      await expect(dismissUser(admin(), { userId: 4 })).rejects.toThrow();
    } finally {
      await database.connection.sql`alter table invitations drop constraint "planted"`;
    }
    expect((await row(4)).disabledAt).toBeNull();
    expect((await lastLine())!.id).toBeLessThanOrEqual(line!.id + 2);
    expect(JSON.stringify(await lastLine())).not.toContain("dismissed");
  });
});

describe("the list", () => {
  test("says who works, who was invited, when each came last, and pages by name", async () => {
    const { expiresAt } = await invite({ managerId: castManagers.anna.id });
    await database.connection.db.insert(auditLog).values(
      [1, 5].map((hours) => ({
        ...{ actor: "anonymous", action: "session:open", subject: "user:4", at: later(-hours) },
      })),
    );
    const all = await listUsers(admin(), {});
    expect(all.total).toBe(5);
    expect(all.users.map(({ name, state }) => [name, state])).toEqual([
      ["Ада", "active"],
      ["Второй", "active"],
      ["Мария", "active"],
      ["Нина", "invited"],
      ["Ольга", "active"],
    ]);
    expect(all.users[2]).toMatchObject({ lastSignInAt: later(-1), linkExpiresAt: null });
    expect(all.users[3]).toMatchObject({
      managerName: castManagers.anna.name,
      lastSignInAt: null,
      linkExpiresAt: expiresAt,
    });
    const first = await listUsers(admin(), { limit: 2 });
    const second = await listUsers(admin(), { limit: 2, cursor: first.nextCursor });
    expect([...first.users, ...second.users].map(({ name }) => name)).toEqual(["Ада", "Второй", "Мария", "Нина"]);
  });

  test("finds by a part of name or address; what a pattern means is plain text", async () => {
    expect((await listUsers(admin(), { query: "мари" })).users.map(({ userId }) => userId)).toEqual([4]);
    expect((await listUsers(admin(), { query: "3@exa" })).users.map(({ userId }) => userId)).toEqual([3]);
    expect((await listUsers(admin(), { query: "%" })).total).toBe(0);
    expect((await listUsers(admin(), { role: "admin" })).total).toBe(2);
    await dismissUser(admin(), { userId: 4 });
    expect((await listUsers(admin(), { query: "мари" })).total).toBe(0);
    expect((await listUsers(admin(), { state: "dismissed" })).users).toMatchObject([{ userId: 4, state: "dismissed" }]);
  });
});

test("a manager's link is the CRM's manager, changed and taken off, each with its line", async () => {
  await linkManager(admin(), { userId: 4, managerId: castManagers.boris.id });
  expect((await row(4)).managerId).toBe(castManagers.boris.id);
  await linkManager(admin(), { userId: 4, managerId: null });
  expect(await lastLine()).toMatchObject({ detail: { managerId: { from: castManagers.boris.id, to: null } } });
  await expect(linkManager(admin(), { userId: 4, managerId: "999" })).rejects.toMatchObject({ place: "managerId" });
});
