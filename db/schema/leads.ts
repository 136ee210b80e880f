import { sql } from "drizzle-orm";
import {
  check,
  date,
  doublePrecision,
  index,
  jsonb,
  pgEnum,
  pgTable,
  smallint,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import { oddBudget, oddWishedArea } from "./doubtful.ts";
import { managers } from "./managers.ts";

export const bankWish = pgEnum("bank_wish", ["left", "right", "any"]);
export const networkSize = pgEnum("network_size", ["one", "few", "many", "chain"]);

/**
 * A company that asks for premises, and its wishes: as the CRM sent them, under the answers that stand over them (`lead_answers`).
 * An unfilled wish is NULL or an empty list: unknown, not "any".
 */
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
    /** When somebody first opened its board; NULL: nobody has. */
    lookedAt: timestamp({ withTimezone: true }),
    /** How many of the wishes are filled: 0 none, 1 some, 2 all of area, budget, bank, district and trade. */
    fill: smallint()
      .notNull()
      .generatedAlwaysAs(
        sql`case (area_from_sqm is not null or area_to_sqm is not null)::int + (budget_rub_month is not null)::int + (bank is not null)::int + (cardinality(districts) > 0)::int + (cardinality(trades) > 0)::int when 0 then 0 when 5 then 2 else 1 end`,
      ),
    /** The last ten digits of the phone, so that +7 and 8 are one; NULL for an extension or nonsense. */
    phoneDigits: text().generatedAlwaysAs(sql`substring(regexp_replace(phone, '\\D', '', 'g') from '.{10}$')`),
    /** Which wishes are filled, one bit each in the order of `wishBits`: what is counted by it is read from an index alone. */
    wishesFilled: smallint()
      .notNull()
      .generatedAlwaysAs(
        sql`(area_from_sqm is not null or area_to_sqm is not null)::int + 2 * (budget_rub_month is not null)::int + 4 * (bank is not null)::int + 8 * (cardinality(districts) > 0)::int + 16 * (cardinality(trades) > 0)::int + 32 * (network_size is not null)::int + 64 * (brand is not null)::int`,
      ),
  },
  (t) => [
    index("leads_search_idx").using("gin", sql`${t.searchText} gin_trgm_ops`),
    // Leads of a trade, of all years.
    index("leads_trades_idx").using("gin", t.trades),
    index("leads_manager_created_idx").on(t.managerId, t.createdOn.desc(), t.id.desc()),
    index("leads_created_idx").on(t.createdOn.desc(), t.id.desc()),
    index("leads_fill_created_idx").on(t.fill, t.createdOn.desc(), t.id.desc()),
    // Among many leads that all were looked at, the few that were not must be found at once.
    index("leads_unseen_idx").on(t.createdOn.desc(), t.id.desc()).where(sql`${t.lookedAt} is null`),
    // Months of a million leads by manager, by what they filled and whether they were looked at, without a look at the table.
    index("leads_wishes_filled_idx").on(t.createdOn, t.managerId, t.bank, t.wishesFilled, t.lookedAt),
    // A year's phones in one walk of the index.
    index("leads_phone_idx").on(t.createdOn, t.phoneDigits, t.id).where(sql`${t.phoneDigits} is not null`),
    // The few rows that can hardly be true.
    index("leads_odd_area_idx").on(t.createdOn, t.id).where(oddWishedArea),
    index("leads_odd_budget_idx").on(t.createdOn, t.id).where(oddBudget),
    // Only rows that still wait for their manager are looked up when managers arrive.
    index("leads_unlinked_manager_idx")
      .on(sql`lower(${t.managerName})`)
      .where(sql`${t.managerId} is null and ${t.managerName} is not null`),
    check("leads_area_from_sqm", sql`${t.areaFromSqm} > 0 and ${t.areaFromSqm} < 1000000`),
    check("leads_area_to_sqm", sql`${t.areaToSqm} > 0 and ${t.areaToSqm} < 1000000`),
    check("leads_budget_rub_month", sql`${t.budgetRubMonth} > 0 and ${t.budgetRubMonth} < 1000000000`),
  ],
);

/** The bits of `leads.wishesFilled`. */
export const wishBits = { area: 1, budget: 2, bank: 4, districts: 8, trades: 16, network_size: 32, brand: 64 } as const;

/** What a lead can be asked about; an area is one question and two columns. */
export const leadField = pgEnum("lead_field", [
  "brand",
  "trades",
  "network_size",
  "area",
  "budget",
  "bank",
  "districts",
]);
/** A person took it back, or the CRM has said something newer. */
export const answerEnd = pgEnum("answer_end", ["withdrawn", "overtaken"]);

/** Wishes by the names of their columns in `leads`. */
export type WishPatch = Record<string, number | string | string[] | null>;

/**
 * What a lead told on being asked. It stands over what the CRM says until it is withdrawn, another answer to the same question
 * is given, or an import brings a value that differs from `crmValue`: the newer wins. Append-only but for `crmValue`.
 */
export const leadAnswers = pgTable(
  "lead_answers",
  {
    id: uuid().primaryKey().defaultRandom(),
    leadId: text()
      .notNull()
      .references(() => leads.id, { onDelete: "restrict" }),
    field: leadField().notNull(),
    value: jsonb().$type<WishPatch>().notNull(),
    /** What the CRM says of the same columns beneath; an import that empties them empties this. */
    crmValue: jsonb().$type<WishPatch>().notNull(),
    givenBy: text().notNull(),
    givenAt: timestamp({ withTimezone: true }).notNull().default(sql`now()`),
  },
  (t) => [index("lead_answers_lead_idx").on(t.leadId, t.field, t.givenAt)],
);

export const leadAnswerEnds = pgTable("lead_answer_ends", {
  answerId: uuid()
    .primaryKey()
    .references(() => leadAnswers.id, { onDelete: "restrict" }),
  why: answerEnd().notNull(),
  endedBy: text().notNull(),
  endedAt: timestamp({ withTimezone: true }).notNull().default(sql`now()`),
});
