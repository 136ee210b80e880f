import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk } from "../days.ts";
import { authorize } from "../permissions.ts";
import { type Share, share } from "../share.ts";
import { cameWithin, leadInScope, type reportScopeInput, spanOf } from "./report-scope.ts";

/** A lead that becomes a deal later than this counts as none, in every month alike: so that old months do not look better. */
export const RIPE_DAYS = 90;

export interface MonthCohort {
  /** First day of the month in which the leads came, YYYY-MM-DD. */
  month: string;
  /** Leads with a won deal closed, or a paid lease begun, within `RIPE_DAYS` of the day they came ÷ leads that came in the month. */
  converted: Share;
  /** Has every lead of it had its `RIPE_DAYS`? A young month can only rise. */
  isRipe: boolean;
}

export interface Conversion {
  /** By month; those without leads are left out. */
  cohorts: MonthCohort[];
  /** All ripe months together; null: there is none. */
  ripe: Share | null;
}

/** The share of leads that became tenants, by the month in which they came. */
export async function conversionByMonth(ctx: Ctx, scope: z.output<typeof reportScopeInput>): Promise<Conversion> {
  authorize(ctx, "report:read");
  const today = dateInNovosibirsk(ctx.now());
  const rows = await ctx.db.execute<{ month: string | null; converted: Share; isRipe: boolean }>(sql`
    with came as (
      select date_trunc('month', l.created_on)::date as month,
        (date_trunc('month', l.created_on) + interval '1 month')::date - 1 + ${RIPE_DAYS}::int <= ${today}::date as is_ripe,
        exists (select from deals d where d.lead_id = l.id and d.stage = 'won'
          and coalesce(d.closed_on, d.created_on) - l.created_on <= ${RIPE_DAYS})
        or exists (select from leases s where s.lead_id = l.id and s.start_on - l.created_on <= ${RIPE_DAYS}) as converted
      from leads l where ${cameWithin(spanOf(ctx, scope))} and ${leadInScope(scope)}
    )
    select month::text, is_ripe as "isRipe", ${share(sql`count(*) filter (where converted)`, sql`count(*)`)} as converted
    from came group by grouping sets ((month, is_ripe), (is_ripe)) order by month`);
  return {
    cohorts: rows.flatMap(({ month, ...cohort }) => (month === null ? [] : { month, ...cohort })),
    ripe: rows.find(({ month, isRipe }) => month === null && isRipe)?.converted ?? null,
  };
}
