import { sql } from "drizzle-orm";
import { check, date, doublePrecision, index, pgEnum, pgTable, text } from "drizzle-orm/pg-core";
import { managers } from "./managers.ts";

export const bankWish = pgEnum("bank_wish", ["left", "right", "any"]);
export const networkSize = pgEnum("network_size", ["one", "few", "many", "chain"]);

/** A company that asks for premises, and its wishes. An unfilled wish is NULL or an empty list: unknown, not "any". */
export const leads = pgTable(
  "leads",
  {
    id: text().primaryKey(),
    createdOn: date().notNull(),
    source: text(),
    /** As the CRM wrote it; `managerId` is set when exactly one manager bears the name. */
    managerName: text(),
    managerId: text().references(() => managers.id, { onDelete: "set null" }),
    brand: text(),
    phone: text(),
    trades: text().array().notNull().default(sql`'{}'`),
    networkSize: networkSize(),
    areaFromSqm: doublePrecision(),
    areaToSqm: doublePrecision(),
    budgetRubMonth: doublePrecision(),
    bank: bankWish(),
    districts: text().array().notNull().default(sql`'{}'`),
    /** Lower case, ё as е: id, brand, trades, districts, phone. Written by whoever writes the lead. */
    searchText: text().notNull(),
  },
  (t) => [
    index("leads_search_idx").using("gin", sql`${t.searchText} gin_trgm_ops`),
    index("leads_manager_created_idx").on(t.managerId, t.createdOn.desc(), t.id.desc()),
    index("leads_created_idx").on(t.createdOn.desc(), t.id.desc()),
    // Only rows that still wait for their manager are looked up when managers arrive.
    index("leads_unlinked_manager_idx")
      .on(sql`lower(${t.managerName})`)
      .where(sql`${t.managerId} is null and ${t.managerName} is not null`),
    check("leads_area_from_sqm", sql`${t.areaFromSqm} > 0 and ${t.areaFromSqm} < 1000000`),
    check("leads_area_to_sqm", sql`${t.areaToSqm} > 0 and ${t.areaToSqm} < 1000000`),
    check("leads_budget_rub_month", sql`${t.budgetRubMonth} > 0 and ${t.budgetRubMonth} < 1000000000`),
  ],
);
