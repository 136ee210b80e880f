import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  date,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { leads } from "./leads.ts";
import { managers } from "./managers.ts";
import { models } from "./models.ts";
import { premises } from "./premises.ts";

export const pilotStatus = pgEnum("pilot_status", ["open", "decided", "abandoned"]);
/** Removed; kept and nearest to the threshold, without a gap; kept and drawn from the rest. */
export const pilotStratum = pgEnum("pilot_stratum", ["removed", "near", "sampled"]);
export const pilotAnswer = pgEnum("pilot_answer", ["suitable", "unsuitable", "unsure"]);

/**
 * Ten leads of one week, on which a person checks one model. Triggers hold all of it: what was drawn never changes, answers
 * change while it is open and never after, and nothing is deleted.
 */
export const pilots = pgTable(
  "pilots",
  {
    id: uuid().primaryKey().defaultRandom(),
    status: pilotStatus().notNull().default("open"),
    /** The week's Monday. */
    weekOn: date().notNull(),
    modelId: integer()
      .notNull()
      .references(() => models.id, { onDelete: "restrict" }),
    /** All that was drawn follows from it, the pool and the model. */
    seed: integer().notNull(),
    /** The leads of the week that were drawn from, by id. */
    pool: text().array().notNull(),
    /** In force when the lists were made. */
    threshold: doublePrecision().notNull(),
    thresholdBasis: jsonb().$type<Record<string, unknown>>().notNull(),
    openedBy: text().notNull(),
    openedAt: timestamp({ withTimezone: true }).notNull(),
    /** Why it was given up; NULL where it was not. */
    abandonReason: text(),
    endedBy: text(),
    endedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    // Nobody draws again because he did not like the draw.
    uniqueIndex("pilots_week_model_idx").on(t.weekOn, t.modelId),
    check("pilots_monday", sql`extract(isodow from ${t.weekOn}) = 1`),
    check("pilots_ended", sql`(${t.status} = 'open') = (${t.endedAt} is null)`),
    check("pilots_abandoned", sql`(${t.status} = 'abandoned') = (${t.abandonReason} is not null)`),
  ],
);

export const pilotLeads = pgTable(
  "pilot_leads",
  {
    pilotId: uuid()
      .notNull()
      .references(() => pilots.id, { onDelete: "restrict" }),
    /** From 1, in the order of the draw. */
    place: smallint().notNull(),
    leadId: text()
      .notNull()
      .references(() => leads.id, { onDelete: "restrict" }),
    /** The lead's own day: its list is of that day's market. */
    asOf: date().notNull(),
    managerId: text().references(() => managers.id, { onDelete: "restrict" }),
    /** What the model was asked with. */
    leadFacts: jsonb().$type<Record<string, unknown>>().notNull(),
    /** The lead as its reviewer sees it. */
    card: jsonb().$type<unknown>().notNull(),
    kept: integer().notNull(),
    /** Whoever answered first, and then nobody else. */
    reviewer: text(),
  },
  (t) => [primaryKey({ columns: [t.pilotId, t.place] }), uniqueIndex("pilot_leads_lead_idx").on(t.leadId)],
);

/** One premises of a lead's list, to be called suitable or not without knowing what the model said. */
export const pilotCases = pgTable(
  "pilot_cases",
  {
    pilotId: uuid().notNull(),
    place: smallint().notNull(),
    premisesId: text()
      .notNull()
      .references(() => premises.id, { onDelete: "restrict" }),
    /** From 0, shuffled: the order says nothing of the model. */
    position: integer().notNull(),
    stratum: pilotStratum().notNull(),
    suitability: doublePrecision().notNull(),
    /** The premises as it stood on the lead's day. */
    facts: jsonb().$type<unknown>().notNull(),
    /** Wishes that it plainly breaks, and how near it comes to them: by the hand rules, not by the model. */
    broken: text().array().notNull(),
    closeness: doublePrecision().notNull(),
    answer: pilotAnswer(),
    answeredAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    primaryKey({ columns: [t.pilotId, t.place, t.premisesId] }),
    // How far each lead's review is; of a large stock a lead has many thousand cases.
    index("pilot_cases_answers_idx").on(t.pilotId, t.place, t.answer, t.stratum),
    foreignKey({
      columns: [t.pilotId, t.place],
      foreignColumns: [pilotLeads.pilotId, pilotLeads.place],
      name: "pilot_cases_lead_fk",
    }).onDelete("restrict"),
    check("pilot_cases_answered", sql`(${t.answer} is null) = (${t.answeredAt} is null)`),
  ],
);

/** What a pilot came to, counted in SQL. Append-only; there is none without an answer to every case. */
export const pilotVerdicts = pgTable("pilot_verdicts", {
  pilotId: uuid()
    .primaryKey()
    .references(() => pilots.id, { onDelete: "restrict" }),
  leads: integer().notNull(),
  /** Leads of which no suitable premises was removed, and the Wilson 95 % interval of their share. */
  lossless: integer().notNull(),
  low: doublePrecision().notNull(),
  high: doublePrecision().notNull(),
  passed: boolean().notNull(),
  /** Removed premises that were called suitable. */
  lost: integer().notNull(),
  /** All that would have been called suitable: of the kept, which were seen in part, by weighing those seen. */
  suitableEstimate: doublePrecision().notNull(),
  secondPassed: boolean().notNull(),
  /** Kept ones that were mixed in, and how many of them were called suitable. */
  blind: integer().notNull(),
  blindSuitable: integer().notNull(),
  unsure: integer().notNull(),
  decidedBy: text().notNull(),
  decidedAt: timestamp({ withTimezone: true }).notNull(),
});
