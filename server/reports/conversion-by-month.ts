import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk } from "../days.ts";
import { authorize } from "../permissions.ts";
import { type Share, share } from "../share.ts";
import { madeWithin } from "./lead-steps.ts";
import { cameWithin, leadInScope, type reportScopeInput, spanOf } from "./report-scope.ts";

/** A lead that becomes a deal later than this counts as none, in every month alike: so that old months do not look better. */
export const RIPE_DAYS = 90;

/** Both steps of a lead's way and the whole of it. */
type Steps = {
  /** Leads with a won deal closed, or a paid lease begun, within `RIPE_DAYS` of the day they came ÷ leads that came in the month. */
  converted: Share;
  /** Leads with a deal within `RIPE_DAYS`, whatever became of it ÷ leads that came in the month. */
  dealt: Share;
  /** Of them, those that became tenants within `RIPE_DAYS` of coming ÷ leads with a deal. */
  convertedOfDealt: Share;
};

export interface MonthCohort extends Steps {
  /** First day of the month in which the leads came, YYYY-MM-DD. */
  month: string;
  /** Has every lead of it had its `RIPE_DAYS`? A young month can only rise. */
  isRipe: boolean;
}

export interface Conversion {
  /** By month; those without leads are left out. */
  cohorts: MonthCohort[];
  /** All ripe months together; null: there is none. */
  ripe: Steps | null;
}

/** The share of leads that became tenants, by the month in which they came. */
export async function conversionByMonth(ctx: Ctx, scope: z.output<typeof reportScopeInput>): Promise<Conversion> {
  authorize(ctx, "report:read");
  const today = dateInNovosibirsk(ctx.now());
  const within = sql`${cameWithin(spanOf(ctx, scope))} and ${leadInScope(scope)}`;
  const days = sql`${RIPE_DAYS}::int`;
  const converted = sql`(${madeWithin("won", days)} or ${madeWithin("lease", days)})`;
  const rows = await ctx.db.execute<Steps & { month: string | null; isRipe: boolean }>(sql`
    with came as (
      select l.created_on, count(*) as leads from leads l where ${within} group by 1
    ), became as (
      select l.created_on, count(*) filter (where ${madeWithin("deal", days)}) as dealt,
        count(*) filter (where ${converted}) as converted,
        count(*) filter (where ${madeWithin("deal", days)} and ${converted}) as converted_of_dealt
      from lead_ways l where ${within} group by 1
    ), counted as (
      select month::date, (month + interval '1 month')::date - 1 + ${days} <= ${today}::date as is_ripe,
        sum(leads) as leads, coalesce(sum(dealt), 0) as dealt, coalesce(sum(converted), 0) as converted, coalesce(sum(converted_of_dealt), 0) as converted_of_dealt
      from came left join became using (created_on), date_trunc('month', created_on::timestamp) as month group by month
    )
    select month::text, is_ripe as "isRipe", ${share(sql`sum(converted)`, sql`sum(leads)`)} as converted,
      ${share(sql`sum(dealt)`, sql`sum(leads)`)} as dealt, ${share(sql`sum(converted_of_dealt)`, sql`sum(dealt)`)} as "convertedOfDealt"
    from counted group by grouping sets ((month, is_ripe), (is_ripe)) order by month`);
  const whole = rows.find(({ month, isRipe }) => month === null && isRipe);
  return {
    cohorts: rows.flatMap(({ month, ...cohort }) => (month === null ? [] : { month, ...cohort })),
    ripe: whole ? { dealt: whole.dealt, convertedOfDealt: whole.convertedOfDealt, converted: whole.converted } : null,
  };
}
