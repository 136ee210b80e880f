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
    of_deals as (
      select c.id, min(d.created_on) as first_on, count(*) as deals, count(*) filter (where d.stage = 'won') as deals_won,
        bool_or(d.created_on - c.created_on <= ${days}) as dealt,
        bool_or(d.stage = 'won' and coalesce(d.closed_on, d.created_on) - c.created_on <= ${days}) as won
      from came c join deals d on d.lead_id = c.id group by c.id
    ), of_proposals as (
      select c.id, min(o.sent_on) as first_on, bool_or(o.sent_on - c.created_on <= ${days}) as offered
      from came c join proposal_offers o on o.lead_id = c.id
      where not exists (select from proposal_withdrawals w where w.proposal_id = o.proposal_id) group by c.id
    ), of_leases as (
      select c.id, true as leased from came c join leases s on s.lead_id = c.id
      where s.start_on - c.created_on <= ${days} group by c.id
    ), ways as (
      select c.*, least(d.first_on, p.first_on) as first_offer_on, coalesce(d.deals, 0) as deals,
        coalesce(d.deals_won, 0) as deals_won, coalesce(d.dealt, false) or coalesce(p.offered, false) as offered,
        coalesce(d.dealt, false) as dealt, coalesce(d.won, false) as won, coalesce(s.leased, false) as leased
      from came c left join of_deals d using (id) left join of_proposals p using (id) left join of_leases s using (id)
    )`;
}
