import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Ctx } from "../context.ts";
import { authorize } from "../permissions.ts";
import { type AuditFilter, auditFilter, whereFits } from "./audit-filter.ts";
import { nameSubjects, type SubjectName } from "./name-subjects.ts";

export const searchAuditInput = z.strictObject({
  ...auditFilter,
  limit: z.number().int().min(1).max(200).default(50),
  /** Of the page before. */
  cursor: z.strictObject({ at: z.iso.datetime({ offset: true }), id: z.number().int() }).nullish(),
});

export interface AuditLine {
  id: number;
  at: Date;
  /** `user:7` */
  actor: string;
  /** The person's name, or the key's; null: a machine, or nobody. */
  actorName: string | null;
  action: string;
  subject: string;
  /** What the subject is called; null: it has no name beside its id. */
  named: SubjectName | null;
  detail: Record<string, unknown>;
  /** Where it stands in the chain. */
  place: number | null;
}

/** As exact as Postgres counts: two lines of one millisecond must not part a page. */
export interface AuditCursor {
  at: string;
  id: number;
}

export interface AuditPage {
  lines: AuditLine[];
  nextCursor: AuditCursor | null;
}

/** Who did what to what, newest first. */
export async function searchAudit(ctx: Ctx, input: z.input<typeof searchAuditInput>): Promise<AuditPage> {
  authorize(ctx, "audit:read");
  const { limit, cursor = null, ...filter } = searchAuditInput.parse(input);
  return readPage(ctx, filter, limit, cursor);
}

/** Every action that the log may hold lines of, for a list to choose from; found by hopping along the index. */
export async function listAuditActions(ctx: Ctx): Promise<string[]> {
  authorize(ctx, "audit:read");
  const rows = await ctx.db.execute<{ action: string }>(sql`
    with recursive hop as (
      (select action from audit_log order by action limit 1)
      union all
      select (select l.action from audit_log l where l.action > hop.action order by l.action limit 1) from hop where hop.action is not null
    )
    select action from hop l where action is not null and ${await whereFits(ctx, everything)}`);
  return rows.map(({ action }) => action);
}

const everything: AuditFilter = { actor: "", action: "", subject: "" };

/** One page of lines, newest first; whoever calls it has asked who may. */
export async function readPage(
  ctx: Ctx,
  filter: AuditFilter,
  limit: number,
  cursor: AuditCursor | null,
): Promise<AuditPage> {
  const after = cursor ? sql`and (l.at, l.id) < (${cursor.at}::timestamptz, ${cursor.id}::bigint)` : sql``;
  const rows = await ctx.db.execute<Row>(sql`
    select l.id::float8 as id, l.actor, l.action, l.subject, l.detail, k.place::float8 as place,
      to_char(l.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
    from audit_log l left join audit_links k on k.audit_id = l.id
    where ${await whereFits(ctx, filter)} ${after}
    order by l.at desc, l.id desc limit ${limit + 1}`);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1)! : null;
  const names = await nameSubjects(
    ctx,
    shown.flatMap(({ actor, subject }) => [actor, subject]),
  );
  return {
    lines: shown.map((row) => ({
      ...{ ...row, at: new Date(row.at) },
      ...{ actorName: names.get(row.actor)?.name ?? null, named: names.get(row.subject) ?? null },
    })),
    nextCursor: last && { at: last.at, id: last.id },
  };
}

type Row = Omit<AuditLine, "at" | "actorName" | "named"> & { at: string };
