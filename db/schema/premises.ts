import { sql } from "drizzle-orm";
import {
  bigserial,
  boolean,
  check,
  date,
  doublePrecision,
  index,
  pgEnum,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { bank } from "./districts.ts";

/** Shell walls, ready for finishing, finished. */
export const fitOut = pgEnum("fit_out", ["shell", "prefinished", "finished"]);
export const sewerage = pgEnum("sewerage", ["none", "temporary", "mains"]);
export const premisesStatus = pgEnum("premises_status", ["let", "free"]);

/** One row is one premises; `id` is the CRM's own. An unknown fact is NULL, never zero. */
export const premises = pgTable(
  "premises",
  {
    id: text().primaryKey(),
    name: text().notNull(),
    address: text(),
    district: text(),
    bank: bank(),
    /** The part of a building whose tenants are neighbours. */
    section: text(),
    areaSqm: doublePrecision(),
    /** Today's asking rent; the rent of a past day is in `vacancies`. */
    rentRubMonth: doublePrecision(),
    floor: smallint(),
    fitOut: fitOut(),
    builtYear: smallint(),
    managed: boolean(),
    water: boolean(),
    sewerage: sewerage(),
    documents: boolean(),
    status: premisesStatus(),
  },
  (t) => [
    index("premises_section_idx").on(t.section),
    index("premises_district_idx").on(t.district),
    // Both sides: in Postgres 'NaN' > 0 is true.
    check("premises_area_sqm", sql`${t.areaSqm} > 0 and ${t.areaSqm} < 1000000`),
    check("premises_rent_rub_month", sql`${t.rentRubMonth} > 0 and ${t.rentRubMonth} < 1000000000`),
    check("premises_built_year", sql`${t.builtYear} between 1800 and 2100`),
    check("premises_floor", sql`${t.floor} between -5 and 100`),
  ],
);

export const vacancySource = pgEnum("vacancy_source", ["export", "leases"]);

/**
 * A span in which a premises was free at one price: `fromOn` inclusive, `toOn` exclusive, NULL while it is free still.
 * `premisesId` has no foreign key: an export may name a premises whose row arrives later.
 */
export const vacancies = pgTable(
  "vacancies",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    premisesId: text().notNull(),
    fromOn: date().notNull(),
    toOn: date(),
    rentRubMonth: doublePrecision(),
    source: vacancySource().notNull(),
  },
  (t) => [
    uniqueIndex("vacancies_premises_from_idx").on(t.premisesId, t.fromOn, t.source),
    // The board asks for what is free now: the open spans are few among many closed ones.
    index("vacancies_open_idx").on(t.premisesId).where(sql`${t.toOn} is null`),
    check("vacancies_span", sql`${t.toOn} is null or ${t.toOn} >= ${t.fromOn}`),
    check("vacancies_rent_rub_month", sql`${t.rentRubMonth} > 0 and ${t.rentRubMonth} < 1000000000`),
  ],
);

/** What was free at which price, recorded once a day from the first day on: history that no later import can rewrite. */
export const freeSnapshots = pgTable(
  "free_snapshots",
  {
    day: date().notNull(),
    premisesId: text()
      .notNull()
      .references(() => premises.id, { onDelete: "cascade" }),
    rentRubMonth: doublePrecision(),
  },
  (t) => [primaryKey({ columns: [t.day, t.premisesId] })],
);
