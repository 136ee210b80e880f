import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Ctx } from "../context.ts";
import { may } from "../permissions.ts";

/** What the log is narrowed to; each is left out where it does not matter. */
export const auditFilter = {
  /** `user:7`, `key:3`, `system:cli`, or part of a person's name or address. */
  actor: z.string().trim().max(120).default(""),
  /** `model:promote`, whole. */
  action: z.string().trim().max(60).default(""),
  /** How the subject begins: `lead:20001`, or `model:` for all models. */
  subject: z.string().trim().max(200).default(""),
  /** The first and the last day, in Novosibirsk. */
  from: z.iso.date().nullish(),
  to: z.iso.date().nullish(),
};

const filterInput = z.strictObject(auditFilter);
export type AuditFilter = z.output<typeof filterInput>;

/** Lines about people and keys are for whoever manages them: the owner sees everything but users. */
const ofUsers = ["user:manage", "key:manage", "session:open", "session:refuse"];

/** Conditions over `audit_log l`; a person who is named in part is looked up first, so that the index of actors serves. */
export async function whereFits(ctx: Ctx, { actor, action, subject, from, to }: AuditFilter): Promise<SQL> {
  const parts: SQL[] = [sql`true`];
  if (actor !== "") {
    const names = /^[a-z]+:\S+$|^anonymous$/.test(actor) ? [actor] : await actorsNamed(ctx, actor);
    parts.push(
      names.length === 0
        ? sql`false`
        : sql`l.actor in (${sql.join(
            names.map((name) => sql`${name}`),
            sql`, `,
          )})`,
    );
  }
  if (action !== "") parts.push(sql`l.action = ${action}`);
  if (subject !== "") parts.push(sql`l.subject like ${`${escapeLike(subject)}%`}`);
  if (from) parts.push(sql`l.at >= ${from}::date::timestamp at time zone 'Asia/Novosibirsk'`);
  if (to) parts.push(sql`l.at < (${to}::date + 1)::timestamp at time zone 'Asia/Novosibirsk'`);
  if (!may(ctx.actor, "user:manage"))
    parts.push(
      sql`l.action not in (${sql.join(
        ofUsers.map((one) => sql`${one}`),
        sql`, `,
      )})`,
    );
  return sql.join(parts, sql` and `);
}

async function actorsNamed(ctx: Ctx, part: string): Promise<string[]> {
  const like = `%${escapeLike(part)}%`;
  const rows = await ctx.db.execute<{ actor: string }>(sql`
    select 'user:' || id as actor from users where name ilike ${like} or email ilike ${like}
    union all select 'key:' || id from api_keys where name ilike ${like} limit 200`);
  return rows.map(({ actor }) => actor);
}

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, "\\$&");
}
