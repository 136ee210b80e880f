import { sql } from "drizzle-orm";
import { check, date, doublePrecision, index, pgEnum, pgTable, text } from "drizzle-orm/pg-core";
import { closedBeforeCreated } from "./doubtful.ts";
import { managers } from "./managers.ts";

export const dealStage = pgEnum("deal_stage", ["won", "lost", "open"]);
export const leaseStatus = pgEnum("lease_status", ["active", "ended"]);

/**
 * A premises offered to a lead and how it ended.
 * `leadId` and `premisesId` are what the CRM named, without a foreign key: a deal whose lead or premises is not known yet
 * is kept as unlinked and joins by itself when the missing row arrives.
 */
export const deals = pgTable(
  "deals",
  {
    id: text().primaryKey(),
    leadId: text(),
    premisesId: text(),
    managerName: text(),
    managerId: text().references(() => managers.id, { onDelete: "set null" }),
    createdOn: date().notNull(),
    closedOn: date(),
    stage: dealStage().notNull(),
    /** Known only afterwards: never a feature. */
    amountRub: doublePrecision(),
    refusalReason: text(),
  },
  (t) => [
    index("deals_lead_idx").on(t.leadId),
    index("deals_premises_idx").on(t.premisesId),
    index("deals_manager_created_idx").on(t.managerId, t.createdOn),
    // What is wrong with the newest is found by walking them.
    index("deals_created_idx").on(t.createdOn, t.id),
    // One in so many: which of years of deals were won is read from here.
    index("deals_won_idx").on(t.id).where(sql`${t.stage} = 'won'`),
    index("deals_closed_before_created_idx").on(t.createdOn, t.id).where(closedBeforeCreated),
    check("deals_amount_rub", sql`${t.amountRub} >= 0 and ${t.amountRub} < 10000000000`),
  ],
);

/** A paid lease from accounting: a success even where nobody recorded a deal. `startOn` inclusive, `endOn` exclusive. */
export const leases = pgTable(
  "leases",
  {
    id: text().primaryKey(),
    tenant: text(),
    leadId: text(),
    premisesId: text().notNull(),
    startOn: date().notNull(),
    endOn: date(),
    rentRubMonth: doublePrecision(),
    status: leaseStatus(),
  },
  (t) => [
    index("leases_lead_idx").on(t.leadId),
    index("leases_premises_start_idx").on(t.premisesId, t.startOn),
    check("leases_span", sql`${t.endOn} is null or ${t.endOn} >= ${t.startOn}`),
    check("leases_rent_rub_month", sql`${t.rentRubMonth} > 0 and ${t.rentRubMonth} < 1000000000`),
  ],
);
