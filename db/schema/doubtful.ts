import { sql } from "drizzle-orm";

/**
 * What can be stored and can hardly be true. The reports of data quality look such rows up by partial indexes, which Postgres
 * uses only where a query asks in the very words of the index: so the words stand here once. Columns bear no table's name.
 */

/** Below, a stall in a passage; above, a whole shopping centre. */
export const areaBoundsSqm = { min: 4, max: 10_000 };
/** Roubles for a m² and month: below nobody lets, above not even a corner by the central market. */
export const rentBoundsRubSqm = { min: 100, max: 10_000 };

const area = (column: string) => `${column} < ${areaBoundsSqm.min} or ${column} > ${areaBoundsSqm.max}`;
/** Multiplied and not divided: what cannot be stored must be refused by a check in words, not by an overflow of an index. */
const perSqm = (money: string, sqm: string) =>
  `${money} < ${rentBoundsRubSqm.min} * ${sqm} or ${money} > ${rentBoundsRubSqm.max} * ${sqm}`;

/** Of `leads`: a wished area that no premises has, or from above to. */
export const oddWishedArea = sql.raw(
  `(${area("area_from_sqm")} or ${area("area_to_sqm")} or area_from_sqm > area_to_sqm)`,
);
/** Of `leads`: a budget that the wished area makes absurd. Without an area nothing can be said. */
export const oddBudget = sql.raw(`(${perSqm("budget_rub_month", "coalesce(area_to_sqm, area_from_sqm)")})`);
/** Of `premises`. */
export const oddArea = sql.raw(`(${area("area_sqm")})`);
export const oddRent = sql.raw(`(${perSqm("rent_rub_month", "area_sqm")})`);
/** Of `deals`. */
export const closedBeforeCreated = sql.raw("(closed_on < created_on)");
