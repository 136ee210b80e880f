import { type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import type { ReasonCode } from "#/ml/ranked.ts";
import type { Ctx } from "../context.ts";
import { authorize } from "../permissions.ts";
import { mondayOf, ofLeadInScope, type reportScopeInput, spanOf } from "./report-scope.ts";

/** Of a week so many boards are looked at, the latest: a long span of a large house costs no more than a short one. */
const BOARDS_OF_A_WEEK_MAX = 400;

export interface RemovedFigures {
  /** Leads with a board. */
  leads: number;
  /** The removed share of a lead's candidates: median and quartiles over leads, 0..1. */
  median: number;
  low: number;
  high: number;
}

export interface RemovedByWeek {
  /** By Monday, YYYY-MM-DD. */
  weeks: (RemovedFigures & {
    week: string;
    /** Removed premises by the reason that spoke against them most; of boards of which it was kept. */
    reasons: Partial<Record<ReasonCode, number>>;
  })[];
  /** Each lead with its latest board of the span; null: there was none. */
  all: RemovedFigures | null;
}

/** How much models take off the boards, by week and why. A lead counts once a week, with its last board; boards of past days and of the hand rules do not. */
export async function removedByWeek(ctx: Ctx, scope: z.output<typeof reportScopeInput>): Promise<RemovedByWeek> {
  authorize(ctx, "report:read");
  const rows = await ctx.db.execute<
    RemovedFigures & Record<string, unknown> & { week: string | null; reasons: Record<string, number> }
  >(sql`
    with ${boards(ctx, scope)}, latest as (
      select distinct on (week, lead_id) week, lead_id, created_at, removed, removed_for from boards
      order by week, lead_id, created_at desc
    ), reasons as (
      select week, jsonb_object_agg(code, n) as reasons from (
        select week, code, sum(n::int) as n from latest, jsonb_each_text(removed_for) as r(code, n) group by week, code) as each
      group by week
    )
    select week::text, ${figures}, coalesce(min(reasons::text), '{}')::json as reasons
    from latest left join reasons using (week) group by week
    union all
    select null, ${figures}, '{}'::json from ${latestOf("latest")} having count(*) > 0
    order by 1`);
  return {
    weeks: rows.flatMap(({ week, ...one }) => (week === null ? [] : { week, ...one })),
    all: rows.flatMap(({ week, reasons: _, ...one }) => (week === null ? one : []))[0] ?? null,
  };
}

/** The same of all days together, without a look at the weeks. */
export async function removedInAll(ctx: Ctx, scope: z.output<typeof reportScopeInput>): Promise<RemovedByWeek["all"]> {
  authorize(ctx, "report:read");
  const [row] = await ctx.db.execute<RemovedFigures & Record<string, unknown>>(
    sql`with ${boards(ctx, scope)} select ${figures} from ${latestOf("boards")} having count(*) > 0`,
  );
  return row ?? null;
}

/** Of each lead the latest row. */
function latestOf(rows: "boards" | "latest"): SQL {
  return sql`(select distinct on (lead_id) removed from ${sql.identifier(rows)} order by lead_id, created_at desc) as of_lead`;
}

const figures = sql`count(*)::int as leads,
  percentile_cont(0.5) within group (order by removed) as median,
  percentile_cont(0.25) within group (order by removed) as low,
  percentile_cont(0.75) within group (order by removed) as high`;

/** The boards that are looked at, with the removed share of each: a part of a query, named `boards`. */
function boards(ctx: Ctx, scope: z.output<typeof reportScopeInput>): SQL {
  const { fromOn, toOn } = spanOf(ctx, scope);
  return sql`first as (
    select greatest(${fromOn}::date, (min(created_at) at time zone 'Asia/Novosibirsk')::date) as on_day from match_runs
  ), weeks as (
    select w::date as week from first, generate_series(${mondayOf(sql`on_day`)}, ${toOn}::date, '7 days') as w
  ), boards as (
    select w.week, b.lead_id, b.removed_for, b.created_at,
      (b.candidates - b.kept_count)::double precision / b.candidates as removed
    from weeks w cross join lateral (
      select m.lead_id, m.candidates, m.kept_count, m.removed_for, m.created_at from match_runs m
      where m.created_at >= greatest(w.week, ${fromOn}::date)::timestamp at time zone 'Asia/Novosibirsk'
        and m.created_at < (least(w.week + 6, ${toOn}::date) + 1)::timestamp at time zone 'Asia/Novosibirsk'
        and m.lead_id is not null and m.model_id is not null and m.candidates > 0
        and m.as_of = (m.created_at at time zone 'Asia/Novosibirsk')::date
      order by m.created_at desc limit ${BOARDS_OF_A_WEEK_MAX}) as b
    where ${ofLeadInScope(sql`b.lead_id`, scope)}
  )`;
}
