import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { auditLog } from "#/db/schema/audit.ts";
import { rateLimits, users } from "#/db/schema/users.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import { changePassword } from "../auth/change-password.ts";
import { endSessions } from "../auth/end-sessions.ts";
import { openSession } from "../auth/open-session.ts";
import { readActor, writeSessionToken } from "../auth/session.ts";
import { signIn } from "../auth/sign-in.ts";
import type { Ctx } from "../context.ts";
import { installationSecrets } from "../home.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { useTestHome } from "../testing/test-home.ts";
import { testRuntime } from "../testing/test-runtime.ts";
import { createUser } from "./create-user.ts";
import { getMe } from "./get-me.ts";
import { readPreferences, savePreferences } from "./preferences.ts";

const database = useTestDatabase();
const home = useTestHome();
const password = "correct horse battery";
let userId: number;
let otherId: number;

const as = (id: number): Ctx =>
  testCtx(database.connection, { kind: "user", userId: id, name: "x", role: "manager", managerId: null });
const cli = () => testCtx(database.connection);
const versionOf = async (id: number) => {
  const [user] = await cli().db.select().from(users).where(eq(users.id, id));
  return user!.sessionVersion;
};

beforeAll(async () => {
  const person = { name: "Кто-то", role: "manager" as const, password };
  ({ userId } = await createUser(cli(), { ...person, email: "one@example.test" }));
  ({ userId: otherId } = await createUser(cli(), { ...person, email: "two@example.test" }));
});

describe("preferences", () => {
  test("are nobody's but one's own, and none for a stranger", async () => {
    await expect(savePreferences(testCtx(database.connection, { kind: "anonymous" }), {})).rejects.toMatchObject({
      code: "unauthenticated",
    });
    await savePreferences(as(userId), { theme: "dark" });
    expect(await readPreferences(cli(), otherId)).toEqual({ language: null, theme: null, singleKeys: null });
  });

  test("change one at a time, and null is the device's own way again", async () => {
    await savePreferences(as(userId), { theme: "light" });
    expect(await savePreferences(as(userId), { singleKeys: false })).toEqual({
      language: null,
      theme: "light",
      singleKeys: false,
    });
    expect(await savePreferences(as(userId), { theme: null })).toMatchObject({ theme: null, singleKeys: false });
    expect((await getMe(as(userId))).preferences).toEqual({ language: null, theme: null, singleKeys: false });
  });

  test("speak on every device: the chosen language outweighs the cookie of the one at hand", async () => {
    const runtime = testRuntime(database, home.path);
    const token = await writeSessionToken(
      { userId, sessionVersion: await versionOf(userId) },
      installationSecrets(home.path).nextAuthSecret,
    );
    const visit = (locale: string) =>
      openSession(new Headers({ cookie: `next-auth.session-token=${token}; NEXT_LOCALE=${locale}` }), runtime);
    expect((await visit("en")).locale).toBe("en");
    await savePreferences(as(userId), { language: "ru" });
    expect((await visit("en")).locale).toBe("ru");
    await savePreferences(as(userId), { language: null });
    expect((await visit("en")).locale).toBe("en");
  });
});

describe("one's own password", () => {
  const next = "another battery staple";

  test("is not changed by who does not know it, and guessing has an end", async () => {
    await expect(changePassword(as(otherId), { current: "a guess at random", next })).rejects.toMatchObject({
      code: "invalid",
      place: "current",
    });
    for (let guess = 0; guess < 9; guess++)
      await expect(changePassword(as(otherId), { current: "again", next })).rejects.toMatchObject({ place: "current" });
    await expect(changePassword(as(otherId), { current: password, next })).rejects.toMatchObject({ place: "rate" });
    await cli().db.delete(rateLimits);
  });

  test.each([
    ["too short", "short"],
    ["the same", password],
    ["of few characters", "abababababab"],
  ])("cannot be %s", async (_, poor) => {
    await expect(changePassword(as(otherId), { current: password, next: poor })).rejects.toMatchObject({
      code: "invalid",
      place: "password",
    });
  });

  test("once changed opens, the old one does not, and every session that stood has ended", async () => {
    const before = { userId: otherId, sessionVersion: await versionOf(otherId) };
    await changePassword(as(otherId), { current: password, next });
    expect(await readActor(cli(), before)).toEqual({ kind: "anonymous" });
    const who = { email: "two@example.test" };
    await expect(signIn(cli(), { ...who, password }, "10.0.0.1")).rejects.toMatchObject({ code: "unauthenticated" });
    const token = await signIn(cli(), { ...who, password: next }, "10.0.0.1");
    expect(await readActor(cli(), token)).toMatchObject({ kind: "user", userId: otherId });
    const said = await cli()
      .db.select()
      .from(auditLog)
      .where(eq(auditLog.subject, `user:${otherId}`));
    expect(said.map((row) => row.detail)).toContainEqual({ password: "changed" });
    expect(JSON.stringify(said)).not.toContain(next);
  });
});

test("signing out everywhere ends one's own sessions and nobody else's", async () => {
  const own = { userId, sessionVersion: await versionOf(userId) };
  const others = { userId: otherId, sessionVersion: await versionOf(otherId) };
  await endSessions(as(userId));
  expect(await readActor(cli(), own)).toEqual({ kind: "anonymous" });
  expect(await readActor(cli(), others)).toMatchObject({ userId: otherId });
});
