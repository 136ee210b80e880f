import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "../context.ts";
import { authorize } from "../permissions.ts";
import { type Share, share } from "../share.ts";
import { mondayOf, ofLeadInScope, type reportScopeInput, spanOf } from "./report-scope.ts";

export interface OutcomeFigures {
  /** Premises of deals and leases that the model had kept ÷ those that it had judged. */
  recall: Share;
  /** Leads none of whose deals and leases was of a removed premises ÷ leads with one that was judged. */
  lossless: Share;
}

export interface OutcomesByWeek {
  /** By the Monday of the week in which the deal was created or the lease began, YYYY-MM-DD; of boards that were there before. */
  weeks: (OutcomeFigures & { week: string })[];
  /** Of boards that were there before. */
  all: OutcomeFigures | null;
  /** Where no board was there: of the model asked afterwards, which had not learned of it. */
  replayed: OutcomeFigures | null;
  /** Deals and leases of which nothing is known. */
  unjudged: number;
}

/** What deals and leases say of the verdicts, by week. A pair that has both a deal and a lease counts once, on its first day. */
export async function outcomesByWeek(ctx: Ctx, scope: z.output<typeof reportScopeInput>): Promise<OutcomesByWeek> {
  authorize(ctx, "report:read");
  const { fromOn, toOn } = spanOf(ctx, scope);
  // Of pairs of which nothing is known the number is asked for, and neither the week nor the lead.
  const rows = await ctx.db.execute<
    OutcomeFigures & Record<string, unknown> & { basis: "run" | "replay" | "none"; week: string | null; n: number }
  >(sql`
    with pairs as (
      select distinct on (v.lead_id, v.premises_id) v.lead_id, v.basis, v.kept,
        ${mondayOf(sql`v.happened_on`)} as week
      from outcome_verdicts v
      where v.happened_on between ${fromOn}::date and ${toOn}::date and ${ofLeadInScope(sql`v.lead_id`, scope, "lead_ways")}
      order by v.lead_id, v.premises_id, v.happened_on, v.kind
    ), of_lead as (
      select basis, case when basis <> 'none' then week end as week, count(*) as pairs, count(*) filter (where kept) as kept
      from pairs group by 1, 2, case when basis <> 'none' then lead_id end
    )
    select basis, week::text, sum(pairs)::int as n, ${share(sql`sum(kept)`, sql`sum(pairs)`)} as recall,
      ${share(sql`count(*) filter (where kept = pairs)`, sql`count(*)`)} as lossless
    from of_lead group by grouping sets ((basis, week), (basis)) order by week`);
  const total = (basis: string) => {
    const row = rows.find((one) => one.basis === basis && one.week === null);
    return row ? { recall: row.recall, lossless: row.lossless } : null;
  };
  return {
    weeks: rows.flatMap(({ basis, week, recall, lossless }) =>
      basis === "run" && week !== null ? { week, recall, lossless } : [],
    ),
    all: total("run"),
    replayed: total("replay"),
    unjudged: rows.find((one) => one.basis === "none" && one.week === null)?.n ?? 0,
  };
}
