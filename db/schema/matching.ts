import { sql } from "drizzle-orm";
import {
  bigserial,
  boolean,
  check,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { leads } from "./leads.ts";
import { managers } from "./managers.ts";
import { models } from "./models.ts";
import { premises } from "./premises.ts";

/** One request for one lead: what was asked, what was answered, by which model. */
export const matchRuns = pgTable(
  "match_runs",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** NULL where the lead's fields came in the request and not from the CRM. */
    leadId: text().references(() => leads.id, { onDelete: "cascade" }),
    leadFacts: jsonb().$type<Record<string, unknown>>().notNull(),
    managerId: text().references(() => managers.id, { onDelete: "set null" }),
    /** NULL: answered by the hand rules, no model was active. */
    modelId: integer().references(() => models.id, { onDelete: "restrict" }),
    marketVersion: integer().notNull(),
    asOf: date().notNull(),
    threshold: doublePrecision().notNull(),
    /** Parallel arrays, one element a candidate: thousands of candidates stay one row. */
    premisesIds: text().array().notNull(),
    suitabilities: doublePrecision().array().notNull(),
    probabilities: doublePrecision().array().notNull(),
    kept: boolean().array().notNull(),
    /** So many were judged and kept: reports count runs without unpacking their lists. */
    candidates: integer().notNull().generatedAlwaysAs(sql`cardinality(premises_ids)`),
    keptCount: integer().notNull().generatedAlwaysAs(sql`cardinality(array_positions(kept, true))`),
    /** Of the removed, how many by the reason that speaks against them most; NULL for runs of before it was kept. */
    removedFor: jsonb().$type<Record<string, number>>(),
    /** SHA-256 of the feature matrix, so that a replay can prove that it saw the same bits. */
    featuresSha256: text().notNull(),
    durationMs: doublePrecision().notNull(),
    requestedBy: text().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull().default(sql`now()`),
  },
  (t) => [
    index("match_runs_lead_idx").on(t.leadId, t.createdAt),
    index("match_runs_created_idx").on(t.createdAt),
    // What models took off the boards of a week, without a look at their long rows.
    index("match_runs_removed_idx")
      .on(t.createdAt, t.asOf, t.leadId, t.candidates, t.keptCount, t.removedFor)
      .where(sql`${t.modelId} is not null and ${t.leadId} is not null`),
    // A manager's own page asks for his latest boards among everybody's.
    index("match_runs_manager_idx").on(t.managerId, t.createdAt.desc()),
    check(
      "match_runs_parallel",
      sql`cardinality(${t.premisesIds}) = cardinality(${t.suitabilities}) and cardinality(${t.premisesIds}) = cardinality(${t.probabilities}) and cardinality(${t.premisesIds}) = cardinality(${t.kept})`,
    ),
  ],
);

export const markKind = pgEnum("mark_kind", ["wrongly_removed", "wrongly_kept"]);
export const markReason = pgEnum("mark_reason", ["area", "price", "place", "condition", "neighbours", "other"]);

/** A manager says that a verdict was a mistake. Append-only; a withdrawal is a row of its own. */
export const marks = pgTable(
  "marks",
  {
    id: uuid().primaryKey().defaultRandom(),
    leadId: text()
      .notNull()
      .references(() => leads.id, { onDelete: "restrict" }),
    premisesId: text()
      .notNull()
      .references(() => premises.id, { onDelete: "restrict" }),
    managerId: text()
      .notNull()
      .references(() => managers.id, { onDelete: "restrict" }),
    mark: markKind().notNull(),
    reason: markReason(),
    note: text(),
    /** The last answer that the manager had before him, where there was one. */
    runId: uuid().references(() => matchRuns.id, { onDelete: "set null" }),
    modelId: integer().references(() => models.id, { onDelete: "restrict" }),
    suitability: doublePrecision(),
    threshold: doublePrecision(),
    asOf: date().notNull(),
    createdBy: text().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull().default(sql`now()`),
  },
  (t) => [
    index("marks_manager_idx").on(t.managerId, t.createdAt),
    index("marks_lead_idx").on(t.leadId, t.managerId),
    index("marks_premises_idx").on(t.premisesId),
    // Forgetting a run asks who names it; so in proposals.
    index("marks_run_idx").on(t.runId),
    index("marks_created_idx").on(t.createdAt),
  ],
);

export const markWithdrawals = pgTable("mark_withdrawals", {
  markId: uuid()
    .primaryKey()
    .references(() => marks.id, { onDelete: "restrict" }),
  withdrawnBy: text().notNull(),
  withdrawnAt: timestamp({ withTimezone: true }).notNull().default(sql`now()`),
});

/** A write that a client may repeat: the first answer is kept, in the transaction of the write itself. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    actor: text().notNull(),
    verb: text().notNull(),
    key: text().notNull(),
    requestSha256: text().notNull(),
    answer: jsonb().$type<unknown>().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull().default(sql`now()`),
  },
  (t) => [uniqueIndex("idempotency_keys_idx").on(t.actor, t.verb, t.key)],
);
