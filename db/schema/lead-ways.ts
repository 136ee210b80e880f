import { date, index, integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { bankWish, leads } from "./leads.ts";

/**
 * What became of each lead that has a deal, a lease or an offer, in one row: reports count years of leads, and must not join
 * each with all that names it. Derived whole: triggers on `leads`, `deals`, `leases`, `proposal_offers` and
 * `proposal_withdrawals` tell it in the statement that changes them (`tell_lead_ways`), whoever writes. A lead without a row
 * has nothing of it. An offer is a recorded deal, or a premises in a sent proposal that stands.
 */
export const leadWays = pgTable(
  "lead_ways",
  {
    leadId: text()
      .primaryKey()
      .references(() => leads.id, { onDelete: "cascade" }),
    /** As in `leads`, by the same names: what a report is narrowed to is asked of either table in the same words. */
    createdOn: date().notNull(),
    managerId: text(),
    bank: bankWish(),
    trades: text().array().notNull(),
    lookedAt: timestamp({ withTimezone: true }),
    /** The earliest day of each step; NULL: it was not made. A deal is won on the day it was closed. */
    firstOfferOn: date(),
    firstDealOn: date(),
    firstWonOn: date(),
    firstLeaseOn: date(),
    /** Deals that name the lead, whatever became of them, and those of them that were won. */
    deals: integer().notNull(),
    dealsWon: integer().notNull(),
    /** Premises that it was offered, each once. */
    offers: integer().notNull(),
  },
  (t) => [
    index("lead_ways_created_idx").on(t.createdOn),
    // Manager by manager, with all that his figures are counted from.
    index("lead_ways_manager_idx").on(
      t.managerId,
      t.createdOn,
      t.firstOfferOn,
      t.firstDealOn,
      t.firstWonOn,
      t.firstLeaseOn,
      t.deals,
      t.dealsWon,
      t.offers,
    ),
  ],
);
