import { type SQL, sql } from "drizzle-orm";

/**
 * How far the row of `leads` named `l` has come, as conditions; each within so many days of the day on which it came. A step
 * dated before the lead came counts: the CRM sometimes makes the lead later.
 */

/** Its board was opened; this has no day limit: nobody works without opening it. */
export const boardOpened = sql`l.looked_at is not null`;

/** The CRM has a deal with it, whatever became of it. */
export function hadDeal(days: SQL): SQL {
  return sql`exists (select from deals d where d.lead_id = l.id and d.created_on - l.created_on <= ${days})`;
}

export function wonDeal(days: SQL): SQL {
  return sql`exists (select from deals d where d.lead_id = l.id and d.stage = 'won'
    and coalesce(d.closed_on, d.created_on) - l.created_on <= ${days})`;
}

/** A paid lease began, with a recorded deal or without. */
export function leased(days: SQL): SQL {
  return sql`exists (select from leases s where s.lead_id = l.id and s.start_on - l.created_on <= ${days})`;
}

/** A won deal, or a paid lease without one. */
export function becameTenant(days: SQL): SQL {
  return sql`(${wonDeal(days)} or ${leased(days)})`;
}

/**
 * Two named queries for the head of a `with`: `came`, the rows of `leads` (as `l`) that `within` takes with `id`, `created_on` and
 * the columns asked for, and `ways`, the same with how far each came within `days`: `offered`, `dealt`, `won`, `leased`, and,
 * whenever they were, `first_offer_on` (null: never), `deals` and `deals_won`. The same steps as above for many leads at once:
 * deals and leases are far fewer than leads, so they are joined and not looked up lead by lead. An offer is a recorded deal, or a
 * premises in a sent proposal that stands.
 */
export function leadWays({ columns, within, days }: { columns: SQL; within: SQL; days: SQL }): SQL {
  return sql`came as materialized (select l.id, l.created_on, ${columns} from leads l where ${within}),
    outcomes as (
      select lead_id, created_on as offered_on, created_on as dealt_on, stage = 'won' as is_won,
        case when stage = 'won' then coalesce(closed_on, created_on) end as won_on, null::date as leased_on
      from deals
      union all select o.lead_id, o.sent_on, null, null, null, null from proposal_offers o
      where not exists (select from proposal_withdrawals w where w.proposal_id = o.proposal_id)
      union all select lead_id, null, null, null, null, start_on from leases
    ), gone as (
      select c.id, min(o.offered_on) as first_offer_on, count(o.dealt_on) as deals, count(*) filter (where o.is_won) as deals_won,
        bool_or(o.offered_on - c.created_on <= ${days}) as offered, bool_or(o.dealt_on - c.created_on <= ${days}) as dealt,
        bool_or(o.won_on - c.created_on <= ${days}) as won, bool_or(o.leased_on - c.created_on <= ${days}) as leased
      from outcomes o join came c on c.id = o.lead_id group by c.id
    ), ways as (
      select c.*, g.first_offer_on, coalesce(g.deals, 0) as deals, coalesce(g.deals_won, 0) as deals_won,
        coalesce(g.offered, false) as offered, coalesce(g.dealt, false) as dealt, coalesce(g.won, false) as won,
        coalesce(g.leased, false) as leased
      from came c left join gone g using (id)
    )`;
}
