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
 * The same of a row of `lead_ways` named `l`, which has the earliest day of every step: for years of leads at once. A lead
 * without such a row has made none.
 */
export function madeWithin(step: "offer" | "deal" | "won" | "lease", days: SQL): SQL {
  return sql`l.${sql.identifier(`first_${step}_on`)} - l.created_on <= ${days}`;
}
