import { type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { modelPromotions } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk } from "../days.ts";
import { authorize } from "../permissions.ts";
import { type Difference, differenceOfShares, type Share, share } from "../share.ts";
import { madeWithin } from "./lead-steps.ts";
import { leadInScope, type reportScopeInput } from "./report-scope.ts";

/** What leads became within so many days: shorter than a cohort's, or the after would have to wait a quarter. */
export const SOON_DAYS = 30;
/** Each side has so many days of leads at most. */
const SIDE_DAYS = 91;
const SWAPS = 12;

export interface PromotionSide {
  /** Days on which the leads came, both inclusive, YYYY-MM-DD. */
  fromOn: string;
  toOn: string;
  /** Leads with a deal within `SOON_DAYS` of coming ÷ leads that came. */
  dealt: Share;
  /** Leads that became tenants within `SOON_DAYS` of coming ÷ leads that came. */
  converted: Share;
  /** Deals of those leads within `SOON_DAYS` ÷ leads that came; null: none came. Automatic creation of deals moves this first. */
  dealsPerLead: number | null;
}

export interface PromotionComparison {
  promotionId: number;
  kind: "promote" | "rollback";
  /** null: the hand rules answered before. */
  fromModelId: number | null;
  toModelId: number;
  /** YYYY-MM-DD. */
  on: string;
  /** Both sides have as many days. null: no lead has come since and had its `SOON_DAYS`. */
  sides: { days: number; before: PromotionSide; after: PromotionSide; dealt: Difference; converted: Difference } | null;
}

/**
 * Leads before and after each of the latest swaps of the active model, latest first: of equally many days, each lead watched for
 * `SOON_DAYS`. The leads of the days before the swap whose watch would reach into the time after it are left out. This compares
 * two times and not two treatments: season, prices, people and the way in which deals are recorded move it as well.
 */
export async function beforeAfterPromotion(
  ctx: Ctx,
  scope: z.output<typeof reportScopeInput>,
): Promise<PromotionComparison[]> {
  authorize(ctx, "report:read");
  const today = sql`${dateInNovosibirsk(ctx.now())}::date`;
  const soon = sql`${SOON_DAYS}::int`;
  const side = (name: string, from: SQL, to: SQL) => sql`cross join lateral (
    select ${from} as from_on, ${to} as to_on, (
        select count(*) from leads l where l.created_on between ${from} and ${to} and ${leadInScope(scope)}) as of,
      count(*) filter (where ${madeWithin("deal", soon)}) as dealt,
      count(*) filter (where ${madeWithin("won", soon)} or ${madeWithin("lease", soon)}) as converted,
      coalesce(sum(case when l.deals > 1 then (
          select count(*) from deals d where d.lead_id = l.lead_id and d.created_on - l.created_on <= ${soon})
        else 1 end) filter (where ${madeWithin("deal", soon)}), 0) as deals
    from lead_ways l where l.created_on between ${from} and ${to} and ${leadInScope(scope)}
  ) as ${sql.identifier(name)}`;
  const counts = (name: string, hits: string) => ({
    hits: sql`${sql.identifier(name)}.${sql.identifier(hits)}`,
    of: sql`${sql.identifier(name)}.of`,
  });
  const told = (name: string) => {
    const [dealt, converted] = [counts(name, "dealt"), counts(name, "converted")];
    const row = sql.identifier(name);
    return sql`json_build_object('fromOn', ${row}.from_on, 'toOn', ${row}.to_on, 'dealt', ${share(dealt.hits, dealt.of)},
      'converted', ${share(converted.hits, converted.of)},
      'dealsPerLead', ${row}.deals::double precision / nullif(${row}.of, 0))`;
  };
  const difference = (hits: string) => differenceOfShares(counts("after", hits), counts("before", hits));
  const rows = await ctx.db.execute<PromotionComparison & Record<string, unknown>>(sql`
    with swap as (
      select *, least(${today} - ${soon} - swapped_on, ${SIDE_DAYS}::int) as days from (
        select id, kind, from_model_id, to_model_id, (at at time zone 'Asia/Novosibirsk')::date as swapped_on
        from ${modelPromotions} order by id desc limit ${SWAPS}::int
      ) latest
    )
    select swap.id as "promotionId", kind, from_model_id as "fromModelId", to_model_id as "toModelId", swapped_on::text as "on",
      case when days > 0 then json_build_object('days', days, 'before', ${told("before")}, 'after', ${told("after")},
        'dealt', ${difference("dealt")}, 'converted', ${difference("converted")}) end as sides
    from swap
    ${side("before", sql`swapped_on - ${soon} - days`, sql`swapped_on - ${soon} - 1`)}
    ${side("after", sql`swapped_on + 1`, sql`swapped_on + days`)}
    order by swap.id desc`);
  return [...rows];
}
