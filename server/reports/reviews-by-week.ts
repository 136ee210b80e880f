import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "../context.ts";
import { authorize } from "../permissions.ts";
import { type Share, share, wilson } from "../share.ts";
import { leadInScope, type reportScopeInput, spanOf } from "./report-scope.ts";

export interface ReviewFigures {
  /** Reviewed leads of which nothing suitable was removed ÷ reviewed leads. */
  lossless: Share;
  /**
   * Suitable premises that were kept ÷ all suitable ones. Of the kept the nearest to the threshold and a sample were judged; those
   * of the sample stand for the rest, so both counts are estimates; the interval is that of the premises that were judged.
   */
  recall: Share;
  /** Premises called suitable ÷ kept premises, estimated and bounded likewise. */
  precision: Share;
  /** The third proxy of the design documents: suitable premises that were removed ÷ all suitable ones; 1 − recall. */
  lost: Share;
}

export interface ReviewsByWeek {
  /** By the Monday of the week whose leads were drawn, YYYY-MM-DD. */
  weeks: (ReviewFigures & { week: string })[];
  all: ReviewFigures | null;
}

/** What pilots that were decided say of the verdicts: leads drawn at random, judged by a person who saw no verdict. */
export async function reviewsByWeek(ctx: Ctx, scope: z.output<typeof reportScopeInput>): Promise<ReviewsByWeek> {
  authorize(ctx, "report:read");
  const { fromOn, toOn } = spanOf(ctx, scope);
  const [found, unsuitable] = [sql`sum(lost + seen_suitable)`, sql`sum(seen)`];
  const rows = await ctx.db.execute<ReviewFigures & Record<string, unknown> & { week: string | null }>(sql`
    with of_lead as (
      select p.week_on as week, pl.kept,
        count(*) filter (where c.answer = 'suitable' and c.stratum = 'removed') as lost,
        count(*) filter (where c.answer = 'suitable' and c.stratum = 'near') as near_suitable,
        count(*) filter (where c.answer = 'suitable' and c.stratum = 'sampled') as sampled_suitable,
        count(*) filter (where c.stratum = 'near') as near, count(*) filter (where c.stratum = 'sampled') as sampled
      from pilots p join pilot_leads pl on pl.pilot_id = p.id join leads l on l.id = pl.lead_id
        left join pilot_cases c on c.pilot_id = pl.pilot_id and c.place = pl.place
      where p.status = 'decided' and p.week_on + 6 >= ${fromOn}::date and p.week_on <= ${toOn}::date
        and ${leadInScope(scope)}
      group by p.week_on, pl.pilot_id, pl.place, pl.kept
    ), estimated as (
      select week, kept, lost, near + sampled as seen, near_suitable + sampled_suitable as seen_suitable,
        near_suitable + coalesce(sampled_suitable * (kept - near)::double precision / nullif(sampled, 0), 0) as suitable
      from of_lead
    )
    select week::text, ${share(sql`count(*) filter (where lost = 0)`, sql`count(*)`)} as lossless,
      ${estimate(sql`sum(suitable)`, sql`sum(suitable + lost)`, found)} as recall,
      ${estimate(sql`sum(suitable)`, sql`sum(kept)`, unsuitable)} as precision,
      ${estimate(sql`sum(lost)::double precision`, sql`sum(suitable + lost)`, found)} as lost
    from estimated group by grouping sets ((week), ()) having count(*) > 0 order by week`);
  return {
    weeks: rows.flatMap(({ week, ...figures }) => (week === null ? [] : { week, ...figures })),
    all: rows.flatMap(({ week, ...figures }) => (week === null ? figures : []))[0] ?? null,
  };
}

/** A share of estimated counts whose interval is that of `judged` cases alone. */
function estimate(hits: ReturnType<typeof sql>, of: ReturnType<typeof sql>, judged: ReturnType<typeof sql>) {
  const part = sql`(${hits} / nullif(${of}, 0))`;
  const seen = sql`(${part} * ${judged})`;
  return sql`json_build_object('hits', round(${hits})::int, 'of', round(${of})::int, 'share', ${part},
    'low', ${wilson("low", seen, judged)}, 'high', ${wilson("high", seen, judged)})`;
}
