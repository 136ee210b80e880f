import { sql } from "drizzle-orm";
import {
  bigserial,
  check,
  doublePrecision,
  index,
  integer,
  pgEnum,
  pgTable,
  serial,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bankWish, leads } from "./leads.ts";
import { matchRuns } from "./matching.ts";
import { models } from "./models.ts";

/** Stopped by a person; the candidate went live; another model went live, so that what was compared with is gone. */
export const shadowEnding = pgEnum("shadow_ending", ["stopped", "promoted", "active_changed"]);
/**
 * Scored; broken; and three ways of being left out, which are counted: too many waited, the market or the manager's taste had
 * moved before its turn came, or it was answered by another model than the one that is compared with.
 */
export const shadowOutcome = pgEnum("shadow_outcome", ["scored", "failed", "queue_full", "outdated", "other_model"]);

/** A candidate that scores every request after the active model, unseen by managers. At most one at a time. */
export const shadows = pgTable(
  "shadows",
  {
    id: serial().primaryKey(),
    modelId: integer()
      .notNull()
      .references(() => models.id, { onDelete: "restrict" }),
    /** The active model when it began: all its figures compare with this one. */
    againstModelId: integer()
      .notNull()
      .references(() => models.id, { onDelete: "restrict" }),
    startedBy: text().notNull(),
    startedAt: timestamp({ withTimezone: true }).notNull(),
    ending: shadowEnding(),
    endedBy: text(),
    endedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    uniqueIndex("shadows_one_at_a_time_idx").on(sql`(true)`).where(sql`${t.endedAt} is null`),
    index("shadows_model_idx").on(t.modelId, t.id),
    check(
      "shadows_ended",
      sql`(${t.endedAt} is null) = (${t.ending} is null) and (${t.ending} is null) = (${t.endedBy} is null)`,
    ),
    check("shadows_two_models", sql`${t.modelId} <> ${t.againstModelId}`),
  ],
);

/** What became of one request in the shadow: every one has its row, also those that were not scored. */
export const shadowRuns = pgTable(
  "shadow_runs",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    shadowId: integer()
      .notNull()
      .references(() => shadows.id, { onDelete: "cascade" }),
    /** NULL: the run itself was forgotten since, see `thin-runs`. */
    runId: uuid().references(() => matchRuns.id, { onDelete: "set null" }),
    /** NULL where the lead came with the request. */
    leadId: text().references(() => leads.id, { onDelete: "cascade" }),
    /** When the active model answered. */
    askedAt: timestamp({ withTimezone: true }).notNull(),
    outcome: shadowOutcome().notNull(),
    /** The lead's segment, as it was asked for. */
    trades: text().array().notNull(),
    bank: bankWish(),
    keptByActive: integer(),
    keptByCandidate: integer(),
    /** Kept by the candidate, removed by the active model. */
    restored: integer(),
    /** The other way round. */
    removed: integer(),
    activeThreshold: doublePrecision(),
    candidateThreshold: doublePrecision(),
    /** Parallel arrays: the premises on which the two differ, the widest apart first, the first fifty. */
    premisesIds: text().array().notNull().default([]),
    activeSuitabilities: doublePrecision().array().notNull().default([]),
    candidateSuitabilities: doublePrecision().array().notNull().default([]),
    /** What the candidate took, the taste included. */
    durationMs: doublePrecision(),
    failure: text(),
    at: timestamp({ withTimezone: true }).notNull().default(sql`now()`),
  },
  (t) => [
    uniqueIndex("shadow_runs_once_idx").on(t.shadowId, t.runId),
    index("shadow_runs_asked_idx").on(t.shadowId, t.askedAt),
    // Forgetting a run asks who names it.
    index("shadow_runs_run_idx").on(t.runId),
    index("shadow_runs_lead_idx").on(t.leadId),
    check(
      "shadow_runs_scored",
      sql`(${t.outcome} = 'scored') = (num_nulls(${t.keptByActive}, ${t.keptByCandidate}, ${t.restored}, ${t.removed}, ${t.activeThreshold}, ${t.candidateThreshold}, ${t.durationMs}) = 0)`,
    ),
    check("shadow_runs_failed", sql`(${t.outcome} = 'failed') = (${t.failure} is not null)`),
    check(
      "shadow_runs_parallel",
      sql`cardinality(${t.premisesIds}) = cardinality(${t.activeSuitabilities}) and cardinality(${t.premisesIds}) = cardinality(${t.candidateSuitabilities})`,
    ),
  ],
);
