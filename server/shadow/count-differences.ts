import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";

/** What a shadow has found so far. A lead counts once, by its latest request. */
export interface ShadowTotals {
  /** Requests that the candidate scored. */
  scored: number;
  failed: number;
  /** Requests that were left out, by cause. */
  queueFull: number;
  outdated: number;
  otherModel: number;
  /** The latest failure, as the program words it; null: none. */
  lastFailure: string | null;
  leads: number;
  /** Of them: those whose list of kept premises would be another one. */
  changedLeads: number;
  /** Premises over all these leads: kept by the active model, by the candidate, and what would come and go. */
  keptByActive: number;
  keptByCandidate: number;
  restored: number;
  removed: number;
  /** Of the candidate's scoring, ms; null: nothing was scored. */
  p50Ms: number | null;
  p95Ms: number | null;
}

/** The same of the leads that ask for one bank or one trade. */
export interface SegmentDifference {
  /** null: not filled in. */
  segment: string | null;
  leads: number;
  changedLeads: number;
  restored: number;
  removed: number;
}

/** Of trades, so many: those with most leads. */
const TRADES_MAX = 8;

export async function countDifferences(
  ctx: Ctx,
  shadowId: number,
): Promise<{ totals: ShadowTotals; banks: SegmentDifference[]; trades: SegmentDifference[] }> {
  const [totals, banks, trades] = await Promise.all([
    countTotals(ctx, shadowId),
    ctx.db.execute<Row<SegmentDifference>>(sql`
      with ${latestOf(shadowId)}
      select bank::text as segment, ${sums} from latest group by bank order by count(*) desc, bank`),
    ctx.db.execute<Row<SegmentDifference>>(sql`
      with ${latestOf(shadowId)}
      select trade as segment, ${sums}
      from latest cross join lateral unnest(case when cardinality(trades) = 0 then array[null] else trades end) as trade
      group by trade order by count(*) desc, trade limit ${TRADES_MAX}`),
  ]);
  return { totals, banks: [...banks], trades: [...trades] };
}

type Row<T> = T & Record<string, unknown>;

/** Each lead's latest request that was scored. */
const latestOf = (shadowId: number) => sql`latest as (
  select distinct on (lead_id) * from shadow_runs
  where shadow_id = ${shadowId} and outcome = 'scored' and lead_id is not null
  order by lead_id, asked_at desc, id desc)`;

const sums = sql`count(*)::int as leads, count(*) filter (where restored + removed > 0)::int as "changedLeads",
  coalesce(sum(restored), 0)::int as restored, coalesce(sum(removed), 0)::int as removed`;

async function countTotals(ctx: Ctx, shadowId: number): Promise<ShadowTotals> {
  const [row] = await ctx.db.execute<Row<ShadowTotals>>(sql`
    with ${latestOf(shadowId)},
    outcomes as (
      select count(*) filter (where outcome = 'scored')::int as scored,
        count(*) filter (where outcome = 'failed')::int as failed,
        count(*) filter (where outcome = 'queue_full')::int as "queueFull",
        count(*) filter (where outcome = 'outdated')::int as outdated,
        count(*) filter (where outcome = 'other_model')::int as "otherModel",
        percentile_cont(0.5) within group (order by duration_ms) as "p50Ms",
        percentile_cont(0.95) within group (order by duration_ms) as "p95Ms",
        (array_agg(failure order by id desc) filter (where failure is not null))[1] as "lastFailure"
      from shadow_runs where shadow_id = ${shadowId}),
    changes as (
      select ${sums}, coalesce(sum(kept_by_active), 0)::int as "keptByActive",
        coalesce(sum(kept_by_candidate), 0)::int as "keptByCandidate" from latest)
    select outcomes.*, changes.* from outcomes, changes`);
  return row!;
}
