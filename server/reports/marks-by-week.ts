import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "../context.ts";
import { authorize } from "../permissions.ts";
import { type Share, share } from "../share.ts";
import { leadInScope, mondayOf, type reportScopeInput, spanOf } from "./report-scope.ts";

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
  const { fromOn, toOn } = spanOf(ctx, scope);
  const rows = await ctx.db.execute<MarksFigures & Record<string, unknown> & { week: string | null }>(sql`
    with of_lead as (
      select l.lead_id, ${mondayOf(sql`l.marked_on`)} as week, count(*) filter (where l.mark = 'wrongly_removed') as removed,
        count(*) filter (where l.mark = 'wrongly_kept') as kept,
        (array_agg(l.board_kept order by l.created_at desc))[1] as board_kept
      from standing_marks l
      where l.marked_on between ${fromOn}::date and ${toOn}::date and l.model_id is not null and l.board_kept is not null
        and ${leadInScope(scope)}
      group by 1, 2
    ), of_board as (
      select *, greatest(board_kept - kept, 0) as right_kept, greatest(board_kept, kept) as all_kept from of_lead
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
