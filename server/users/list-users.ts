import { asc, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { managers } from "#/db/schema/managers.ts";
import { role } from "#/db/schema/users.ts";
import type { Ctx } from "../context.ts";
import { authorize, type Role } from "../permissions.ts";

export const listUsersInput = z.strictObject({
  /** Part of a name or an address. */
  query: z.string().trim().max(120).default(""),
  state: z.enum(["working", "dismissed"]).default("working"),
  role: z.enum(role.enumValues).nullish(),
  limit: z.number().int().min(1).max(100).default(50),
  /** Of the page before. */
  cursor: z.strictObject({ name: z.string().max(200), userId: z.number().int() }).nullish(),
});

export interface UserLine {
  userId: number;
  name: string;
  email: string;
  role: Role;
  managerId: string | null;
  managerName: string | null;
  /** `invited`: has not set a password yet. */
  state: "active" | "invited" | "dismissed";
  dismissedAt: Date | null;
  /** null: never signed in. */
  lastSignInAt: Date | null;
  /** Until when the open link can be used; null: none is open. */
  linkExpiresAt: Date | null;
}

export interface UserPage {
  users: UserLine[];
  /** All that fit the filter. */
  total: number;
  nextCursor: { name: string; userId: number } | null;
}

/** The people who may sign in, by name; those who were dismissed are a list of their own. */
export async function listUsers(ctx: Ctx, input: z.input<typeof listUsersInput>): Promise<UserPage> {
  authorize(ctx, "user:manage");
  const { query, state, role = null, limit, cursor = null } = listUsersInput.parse(input);
  const like = `%${query.replaceAll(/[\\%_]/g, "\\$&")}%`;
  const fits = sql`
    (u.disabled_at is not null) = ${state === "dismissed"}
    and (u.name ilike ${like} or u.email ilike ${like})
    ${role === null ? sql`` : sql`and u.role = ${role}`}`;
  const after = cursor
    ? sql`and (u.name collate "ru-x-icu", u.id) > (${cursor.name} collate "ru-x-icu", ${cursor.userId}::int)`
    : sql``;
  const [rows, [count]] = await Promise.all([
    ctx.db.execute<Line>(sql`
      select u.id as "userId", u.name, u.email, u.role, u.manager_id as "managerId", m.name as "managerName",
        u.disabled_at as "dismissedAt", u.password_hash is null as pending, s.at as "lastSignInAt", i.expires_at as "linkExpiresAt"
      from users u
      left join managers m on m.id = u.manager_id
      left join invitations i on i.user_id = u.id and i.used_at is null and i.ended_at is null and i.expires_at > ${ctx.now().toISOString()}
      left join lateral (
        select at from audit_log where subject = 'user:' || u.id and action = 'session:open' order by at desc limit 1
      ) s on true
      where ${fits} ${after}
      order by u.name collate "ru-x-icu", u.id limit ${limit + 1}`),
    ctx.db.execute<{ total: number }>(sql`select count(*)::int as total from users u where ${fits}`),
  ]);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1)! : null;
  return {
    users: shown.map(({ pending, dismissedAt, lastSignInAt, linkExpiresAt, ...line }) => ({
      ...line,
      state: dismissedAt ? "dismissed" : pending ? "invited" : "active",
      dismissedAt: moment(dismissedAt),
      lastSignInAt: moment(lastSignInAt),
      linkExpiresAt: moment(linkExpiresAt),
    })),
    total: count!.total,
    nextCursor: last && { name: last.name, userId: last.userId },
  };
}

/** The CRM's managers whom a person may be, by name; those who left are not among them. */
export async function listManagerChoices(ctx: Ctx): Promise<{ managerId: string; name: string }[]> {
  authorize(ctx, "user:manage");
  return ctx.db
    .select({ managerId: managers.id, name: managers.name })
    .from(managers)
    .where(isNull(managers.dismissedOn))
    .orderBy(asc(sql`${managers.name} collate "ru-x-icu"`), asc(managers.id));
}

type Line = Omit<UserLine, "state" | "dismissedAt" | "lastSignInAt" | "linkExpiresAt"> & {
  pending: boolean;
  dismissedAt: string | null;
  lastSignInAt: string | null;
  linkExpiresAt: string | null;
};

function moment(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
