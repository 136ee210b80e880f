import { desc } from "drizzle-orm";
import { auditChecks } from "#/db/schema/audit.ts";
import { actorName, type Ctx } from "../context.ts";
import { invariant } from "../errors.ts";
import { authorize } from "../permissions.ts";

/** How a chain can be broken. */
export type BreachKind =
  /** A row is not what it was when it was linked, or its link is not. */
  | "changed"
  /** Places, or the rows they name, are gone from the middle. */
  | "missing"
  /** A row stands in the log and in no link: it came in beside the trigger. */
  | "unlinked"
  /** The end that an earlier check saw is there no more: cut off, or the chain was written anew. */
  | "rewritten";

export interface ChainCheck {
  at: Date;
  by: string;
  /** Rows that were walked. */
  rows: number;
  intact: boolean;
  /** The first thing that is wrong, in the order of the chain; null where nothing is. */
  breach: { kind: BreachKind; place: number | null; auditId: number | null } | null;
  /** The chain's end: kept elsewhere, it proves later that nothing up to here was changed. */
  head: { place: number; hash: string } | null;
}

/** Walks the whole chain of the audit log in one statement, writes down what it found, and says where it broke first. */
export async function checkChain(ctx: Ctx): Promise<ChainCheck> {
  authorize(ctx, "audit:check");
  const [walk] = await ctx.sql<Walk[]>`
    with walked as (
      select k.place, k.audit_id, l.id is null as gone,
        k.place <> coalesce(lag(k.place) over chain, 0) + 1 as gap,
        k.hash <> audit_hash(lag(k.hash) over chain, l) as changed
      from audit_links k left join audit_log l on l.id = k.audit_id
      window chain as (order by k.place)
    ),
    first as (
      select place, audit_id, case when gap or gone then 'missing' else 'changed' end as kind
      from walked where gap or gone or changed order by place limit 1
    ),
    seen as (select head_place, head_hash from audit_checks where intact and head_place is not null order by id desc limit 1),
    lost as (
      select head_place as place from seen
      where not exists (select from audit_links where place = head_place and hash = head_hash)
    ),
    stray as (select id from audit_log l where not exists (select from audit_links where audit_id = l.id) order by id limit 1),
    head as (select place, hash from audit_links order by place desc limit 1)
    select (select count(*) from audit_links)::float8 as rows,
      (select place from head)::float8 as "headPlace", (select hash from head) as "headHash",
      (select kind from first) as kind, (select place from first)::float8 as place, (select audit_id from first)::float8 as "auditId",
      (select place from lost)::float8 as lost, (select id from stray)::float8 as stray`;
  invariant(walk, "a statement of aggregates answers one row");
  const breach = breachOf(walk);
  const head = walk.headPlace === null ? null : { place: walk.headPlace, hash: walk.headHash! };
  const check = { at: ctx.now(), by: actorName(ctx.actor), rows: walk.rows, intact: breach === null, breach, head };
  await ctx.db.insert(auditChecks).values({
    ...{ at: check.at, by: check.by, rows: check.rows, intact: check.intact, breach },
    ...{ headPlace: head?.place ?? null, headHash: head?.hash ?? null },
  });
  // The log leaves this database, and so the end of the chain stands where whoever rewrites the chain cannot reach.
  if (breach) ctx.log.error({ breach, head }, "the audit log was tampered with");
  else ctx.log.info({ rows: check.rows, head }, "the audit log is whole");
  return check;
}

/** What the last check found; null: none was ever made. */
export async function lastCheck(ctx: Ctx): Promise<ChainCheck | null> {
  authorize(ctx, "audit:read");
  const [row] = await ctx.db.select().from(auditChecks).orderBy(desc(auditChecks.id)).limit(1);
  if (!row) return null;
  const { at, by, rows, intact, breach, headPlace, headHash } = row;
  const head = headPlace === null ? null : { place: headPlace, hash: headHash! };
  return { at, by, rows, intact, breach: breach as ChainCheck["breach"], head };
}

interface Walk {
  rows: number;
  headPlace: number | null;
  headHash: string | null;
  kind: "changed" | "missing" | null;
  place: number | null;
  auditId: number | null;
  lost: number | null;
  stray: number | null;
}

function breachOf({ kind, place, auditId, lost, stray }: Walk): ChainCheck["breach"] {
  if (kind !== null) return { kind, place, auditId };
  if (lost !== null) return { kind: "rewritten", place: lost, auditId: null };
  if (stray !== null) return { kind: "unlinked", place: null, auditId: stray };
  return null;
}
