import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "../context.ts";
import { authorize } from "../permissions.ts";
import { type Share, share } from "../share.ts";
import { marksWithin } from "./marks-within.ts";
import { ofLeadInScope, type reportScopeInput, spanOf } from "./report-scope.ts";

export interface MarksFigures {
  /** Leads on which the manager marked something, without a mark «wrongly removed» ÷ leads on which he marked something. */
  lossless: Share;
  /** Kept premises not marked as wrong ÷ those and the wrongly removed ones, on the same leads. From above: a kept premises that nobody marked may have been looked at by nobody. */
  recall: Share;
  /** Kept premises not marked as wrong ÷ kept premises, on the same leads. From above, as recall. */
  precision: Share;
  wronglyRemoved: number;
  wronglyKept: number;
}

export interface MarksByWeek {
  /** By the Monday of the week in which was marked, YYYY-MM-DD. */
  weeks: (MarksFigures & { week: string })[];
  /** All of it; null: nobody has marked. */
  all: MarksFigures | null;
}

/**
 * What managers' standing marks say of the verdicts, by week: of boards that a model answered. Each lead counts once a week, with
 * the board of its last mark.
 */
export async function marksByWeek(ctx: Ctx, scope: z.output<typeof reportScopeInput>): Promise<MarksByWeek> {
  authorize(ctx, "report:read");
  const rows = await ctx.db.execute<MarksFigures & Record<string, unknown> & { week: string | null }>(sql`
    with standing as (
      select m.lead_id, m.premises_id, m.mark, m.run_id, m.created_at,
        date_trunc('week', m.created_at at time zone 'Asia/Novosibirsk')::date as week
      from ${marksWithin(spanOf(ctx, scope))} m
      where m.model_id is not null and m.run_id is not null and ${ofLeadInScope(sql`m.lead_id`, scope)}
    ), of_lead as (
      select week, lead_id, count(*) filter (where mark = 'wrongly_removed') as removed,
        count(*) filter (where mark = 'wrongly_kept') as kept, (array_agg(run_id order by created_at desc))[1] as run_id
      from standing group by week, lead_id
    ), of_board as (
      select o.*, greatest(r.kept_count - o.kept, 0) as right_kept, greatest(r.kept_count, o.kept) as all_kept
      from of_lead o join match_runs r on r.id = o.run_id
    )
    select week::text, ${share(sql`count(*) filter (where removed = 0)`, sql`count(*)`)} as lossless,
      ${share(sql`sum(right_kept)`, sql`sum(right_kept + removed)`)} as recall,
      ${share(sql`sum(right_kept)`, sql`sum(all_kept)`)} as precision,
      sum(removed)::int as "wronglyRemoved", sum(kept)::int as "wronglyKept"
    from of_board group by grouping sets ((week), ()) having count(*) > 0 order by week`);
  return {
    weeks: rows.flatMap(({ week, ...figures }) => (week === null ? [] : { week, ...figures })),
    all: rows.flatMap(({ week, ...figures }) => (week === null ? figures : []))[0] ?? null,
  };
}
