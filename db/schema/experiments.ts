import { sql } from "drizzle-orm";
import {
  check,
  date,
  doublePrecision,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  serial,
  smallint,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { leads } from "./leads.ts";

/** What counts as a success of a lead: a deal was made with it; it became a tenant. */
export const experimentOutcome = pgEnum("experiment_outcome", ["deal", "tenant"]);
/** Whose verdicts the board of a lead shows: the model's, or the hand rules' alone. */
export const experimentArm = pgEnum("experiment_arm", ["model", "rules"]);

/**
 * A comparison of leads with and without the model. Everything that decides how it ends is said when it begins; a trigger lets
 * nothing change afterwards but its being stopped, once.
 */
export const experiments = pgTable(
  "experiments",
  {
    id: serial().primaryKey(),
    /** Every arm follows from it, the stratum and the lead's place in it. */
    seed: integer().notNull(),
    outcome: experimentOutcome().notNull(),
    /** Share of successes that is expected without the model, 0..1. */
    baseShare: doublePrecision().notNull(),
    /** The smallest rise of that share that is worth finding. */
    minimalEffect: doublePrecision().notNull(),
    /** Two-sided. */
    alpha: doublePrecision().notNull(),
    power: doublePrecision().notNull(),
    /** Leads of one arm that the four figures above ask for. */
    leadsPerArm: integer().notNull(),
    /** Leads are taken in for so many weeks at most. */
    weeksMax: smallint().notNull(),
    /** A success counts within so many days of the lead's coming. */
    outcomeDays: smallint().notNull(),
    startedOn: date().notNull(),
    startedAt: timestamp({ withTimezone: true }).notNull(),
    startedBy: text().notNull(),
    stoppedOn: date(),
    stoppedAt: timestamp({ withTimezone: true }),
    stoppedBy: text(),
    stopReason: text(),
  },
  (t) => [
    uniqueIndex("experiments_one_at_a_time_idx").on(sql`(true)`).where(sql`${t.stoppedAt} is null`),
    check("experiments_base_share", sql`${t.baseShare} > 0 and ${t.baseShare} < 1`),
    check("experiments_minimal_effect", sql`${t.minimalEffect} > 0 and ${t.baseShare} + ${t.minimalEffect} < 1`),
    check("experiments_alpha", sql`${t.alpha} > 0 and ${t.alpha} < 0.5`),
    check("experiments_power", sql`${t.power} > 0.5 and ${t.power} < 1`),
    check("experiments_bounds", sql`${t.leadsPerArm} > 0 and ${t.weeksMax} > 0 and ${t.outcomeDays} > 0`),
    check(
      "experiments_stopped",
      sql`(${t.stoppedAt} is null) = (${t.stoppedOn} is null) and (${t.stoppedAt} is null) = (${t.stoppedBy} is null) and (${t.stoppedAt} is null) = (${t.stopReason} is null)`,
    ),
  ],
);

/** Into which arm a lead was drawn. Append-only, a trigger holds it, and takes nobody into what was stopped. */
export const experimentLeads = pgTable(
  "experiment_leads",
  {
    experimentId: integer()
      .notNull()
      .references(() => experiments.id, { onDelete: "restrict" }),
    leadId: text()
      .notNull()
      .references(() => leads.id, { onDelete: "restrict" }),
    /** The lead's manager when it was drawn; empty: nobody's. */
    stratum: text().notNull(),
    /** From 0, in the order in which leads of the stratum were drawn. */
    place: integer().notNull(),
    arm: experimentArm().notNull(),
    drawnAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.experimentId, t.leadId] }),
    uniqueIndex("experiment_leads_place_idx").on(t.experimentId, t.stratum, t.place),
    index("experiment_leads_lead_idx").on(t.leadId),
  ],
);
