import { and, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { wishBits } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk } from "../days.ts";
import { authorize } from "../permissions.ts";
import { type Share, share } from "../share.ts";
import { RIPE_DAYS } from "./conversion-by-month.ts";
import { boardOpened, madeWithin } from "./lead-steps.ts";
import { cameWithin, leadInScope, ofLeadInScope, type reportScopeInput, spanOf } from "./report-scope.ts";

/** What the model ranks so high is its top. */
export const TOP_RANK = 10;
/** As `leads.fill` counts: area, budget, bank, districts, trades. */
const filledWishes = wishBits.area | wishBits.budget | wishBits.bank | wishBits.districts | wishBits.trades;
const WISHES = 5;

/** One manager's work of a span: of the leads that are his and came in it, unless said otherwise. */
export interface ManagerFigures {
  managerId: string;
  name: string;
  /** Dismissed by today. */
  isGone: boolean;
  leads: number;
  /** Leads whose board somebody opened ÷ leads. */
  opened: Share;
  /** Wishes that are filled, of area, budget, bank, district and trade ÷ five times the leads. */
  filled: Share;
  /** Leads with an offer: a recorded deal, or a premises in a sent proposal that stands ÷ leads. */
  offered: Share;
  /** Offers: premises that a lead was offered, each once a lead. */
  offers: number;
  /** Deals that name the leads, whatever became of them, and those of them that were won. */
  deals: number;
  won: number;
  /** Leads that became tenants within `RIPE_DAYS` ÷ leads that have had these days. */
  converted: Share;
  /** Days from a lead's coming to its first offer: the median, and of how many leads; null: none had an offer. Never below 0. */
  firstOffer: { medianDays: number | null; n: number };
  /** Marks that he made in the span on any lead and that stand. */
  wronglyRemoved: number;
  wronglyKept: number;
  /** Premises in proposals that he sent in the span out of a board of the model, and that the model kept ÷ all such premises. */
  agreed: Share;
  /** Those among the ten best of their board ÷ the same. */
  fromTop: Share;
}

export interface ManagersReport {
  /** By name; of all together, those who are gone and have nothing in the span are left out. */
  managers: ManagerFigures[];
  /** Leads of the span that nobody has. */
  nobodys: number;
}

/** What each manager did in a span, and what came of it. */
export async function managerFigures(ctx: Ctx, scope: z.output<typeof reportScopeInput>): Promise<ManagersReport> {
  authorize(ctx, "report:read");
  const today = sql`${dateInNovosibirsk(ctx.now())}::date`;
  const span = spanOf(ctx, scope);
  const whose = (column: SQL) => (scope.ofManager === undefined ? undefined : sql`${column} = ${scope.ofManager}`);
  /** For rows that name a lead: whose it is, is no question here. */
  const leadsOfAll = { ...scope, ofManager: undefined };
  const within = sql`${cameWithin(span)} and ${leadInScope(scope)}`;
  const days = sql`${RIPE_DAYS}::int`;
  const isRipe = sql`l.created_on + ${days} <= ${today}`;
  const rows = await ctx.db.execute<ManagerFigures & { managerId: string | null } & Record<string, unknown>>(sql`
    with of_leads as (
      select l.manager_id, count(*) as leads, count(*) filter (where ${boardOpened}) as opened,
        sum(bit_count((l.wishes_filled & ${filledWishes}::int)::bit(16))::int) as filled, count(*) filter (where ${isRipe}) as ripe
      from leads l where ${within} group by l.manager_id
    ), of_ways as (
      select l.manager_id, count(l.first_offer_on) as offered, sum(l.offers) as offers, sum(l.deals) as deals,
        sum(l.deals_won) as won,
        count(*) filter (where ${isRipe} and (${madeWithin("won", days)} or ${madeWithin("lease", days)})) as converted,
        percentile_cont(0.5) within group (order by greatest(l.first_offer_on - l.created_on, 0))
          filter (where l.first_offer_on is not null) as median_days
      from lead_ways l where ${within} group by l.manager_id
    ), of_marks as (
      select m.manager_id, count(*) filter (where m.mark = 'wrongly_removed') as wrongly_removed,
        count(*) filter (where m.mark = 'wrongly_kept') as wrongly_kept
      from marks m
      where ${and(
        sql`m.created_at >= ${span.fromOn}::date::timestamp at time zone 'Asia/Novosibirsk'`,
        sql`m.created_at < (${span.toOn}::date + 1)::timestamp at time zone 'Asia/Novosibirsk'`,
        sql`not exists (select from mark_withdrawals w where w.mark_id = m.id)`,
        whose(sql`m.manager_id`),
        ofLeadInScope(sql`m.lead_id`, leadsOfAll, "standing_marks"),
      )}
      group by m.manager_id
    ), of_picks as (
      select o.manager_id, count(*) as judged, count(o.rank) as agreed,
        count(*) filter (where o.rank <= ${TOP_RANK}::int) as from_top
      from proposal_offers o
      where ${and(
        sql`o.sent_on between ${span.fromOn}::date and ${span.toOn}::date and o.model_id is not null`,
        sql`not exists (select from proposal_withdrawals w where w.proposal_id = o.proposal_id)`,
        whose(sql`o.manager_id`),
        ofLeadInScope(sql`o.lead_id`, leadsOfAll, "lead_ways"),
      )}
      group by o.manager_id
    )
    select m.id as "managerId", m.name, coalesce(m.dismissed_on <= ${today}, false) as "isGone",
      coalesce(leads, 0)::int as leads, ${share(sql`coalesce(opened, 0)`, sql`coalesce(leads, 0)`)} as opened,
      ${share(sql`coalesce(filled, 0)`, sql`coalesce(leads, 0) * ${WISHES}::int`)} as filled,
      ${share(sql`coalesce(offered, 0)`, sql`coalesce(leads, 0)`)} as offered, coalesce(offers, 0)::int as offers,
      coalesce(deals, 0)::int as deals, coalesce(won, 0)::int as won,
      ${share(sql`coalesce(converted, 0)`, sql`coalesce(ripe, 0)`)} as converted,
      json_build_object('medianDays', median_days, 'n', coalesce(offered, 0)) as "firstOffer",
      coalesce(wrongly_removed, 0)::int as "wronglyRemoved", coalesce(wrongly_kept, 0)::int as "wronglyKept",
      ${share(sql`coalesce(agreed, 0)`, sql`coalesce(judged, 0)`)} as agreed,
      ${share(sql`coalesce(from_top, 0)`, sql`coalesce(judged, 0)`)} as "fromTop"
    from managers m full join of_leads on of_leads.manager_id = m.id
      left join of_ways on of_ways.manager_id = m.id
      left join of_marks on of_marks.manager_id = m.id left join of_picks on of_picks.manager_id = m.id
    where ${and(
      scope.ofManager === undefined
        ? sql`(m.id is null or m.dismissed_on is null or m.dismissed_on > ${today}
            or coalesce(leads, wrongly_removed, judged) is not null)`
        : sql`m.id = ${scope.ofManager}`,
    )}
    order by m.name collate "ru-x-icu", m.id`);
  return {
    managers: rows.filter(({ managerId }) => managerId !== null),
    nobodys: rows.find(({ managerId }) => managerId === null)?.leads ?? 0,
  };
}
