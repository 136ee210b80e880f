import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  serial,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import { matchRuns } from "./matching.ts";
import { models } from "./models.ts";

export const outcomeKind = pgEnum("outcome_kind", ["deal", "lease"]);
/** What the verdict is of: a board that was there before; the model asked afterwards, which had not learned of it; nothing. */
export const outcomeBasis = pgEnum("outcome_basis", ["run", "replay", "none"]);

/**
 * What the model had said of a premises that a recorded deal or a paid lease names for a lead. One row an outcome whose day is
 * over, written by a job and written anew when the record names another lead, premises or day: the lists of match runs are
 * long, and a report must not unpack them. How a deal ended is asked of `deals`: it changes.
 */
export const outcomeVerdicts = pgTable(
  "outcome_verdicts",
  {
    kind: outcomeKind().notNull(),
    /** Id of the deal or the lease, without a foreign key as theirs to leads and premises. */
    outcomeId: text().notNull(),
    leadId: text().notNull(),
    premisesId: text().notNull(),
    /** The deal was created, the lease began. */
    happenedOn: date().notNull(),
    basis: outcomeBasis().notNull(),
    runId: uuid().references(() => matchRuns.id, { onDelete: "set null" }),
    modelId: integer().references(() => models.id, { onDelete: "restrict" }),
    /** The day that the verdict looks from. */
    asOf: date(),
    suitability: doublePrecision(),
    probability: doublePrecision(),
    threshold: doublePrecision(),
    kept: boolean(),
    judgedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.kind, t.outcomeId] }),
    index("outcome_verdicts_day_idx").on(t.happenedOn),
    // The outcomes of a pair in their order, with what was said of it: of all years they are read from here, unsorted.
    index("outcome_verdicts_pair_idx").on(t.leadId, t.premisesId, t.happenedOn, t.kind, t.basis, t.kept),
    // Forgetting a run asks who names it.
    index("outcome_verdicts_run_idx").on(t.runId),
    check("outcome_verdicts_judged", sql`(${t.basis} = 'none') = (${t.kept} is null)`),
  ],
);

/** One input as it was when the active model learned and as it is now. Shares are 0..1. */
export interface DriftField {
  field: string;
  /** Leads of the model's last year, and how many of them left it empty. */
  reference: { n: number; empty: number };
  /** Leads of the last weeks. */
  recent: { n: number; empty: number };
  /** Population stability index of the filled values; null: too few to tell. */
  psi: number | null;
  /** From here on it has moved: what chance alone gives at these n is within. */
  psiBound: number;
  /** Empty values have grown, filled values have moved. */
  crossed: ("empty" | "values")[];
}

/** Nightly: have the inputs moved away from what the active model learned from? */
export const driftChecks = pgTable(
  "drift_checks",
  {
    id: serial().primaryKey(),
    modelId: integer()
      .notNull()
      .references(() => models.id, { onDelete: "cascade" }),
    /** Both spans, inclusive. */
    referenceFromOn: date().notNull(),
    referenceToOn: date().notNull(),
    recentFromOn: date().notNull(),
    recentToOn: date().notNull(),
    fields: jsonb().$type<DriftField[]>().notNull(),
    /** How many fields have crossed a bound. */
    crossed: integer().notNull(),
    at: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [index("drift_checks_at_idx").on(t.at)],
);
