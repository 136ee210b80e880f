import { sql } from "drizzle-orm";
import {
  bigserial,
  check,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  serial,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";

export const modelStatus = pgEnum("model_status", ["candidate", "active", "retired"]);
export const trainingStatus = pgEnum("training_status", ["queued", "running", "done", "failed", "cancelled"]);
/** Who trains: a worker that takes it from the queue, or the process that asked. */
export const trainingBy = pgEnum("training_by", ["queue", "here"]);
export const promotionKind = pgEnum("promotion_kind", ["promote", "rollback"]);

/** One attempt to train. At most one is queued or running, whoever asked: the partial unique index sees to it. */
export const trainings = pgTable(
  "trainings",
  {
    id: serial().primaryKey(),
    status: trainingStatus().notNull(),
    requestedBy: text().notNull(),
    by: trainingBy().notNull().default("queue"),
    /** How often it was begun: a worker that died is followed by another. Who writes says as which attempt. */
    attempts: integer().notNull().default(0),
    asOf: date(),
    /** So many trials look for better parameters first; 0: the standing ones are taken. */
    searchTrials: integer().notNull().default(0),
    stage: text(),
    percent: doublePrecision().notNull().default(0),
    failure: text(),
    /** The failure in words for people; NULL where there are none but `failure`. */
    failureWords: jsonb().$type<{ ru: string; en: string }>(),
    /** When each stage began, of the last attempt: what later trainings are estimated by. */
    laps: jsonb().$type<{ stage: string; percent: number; atSeconds: number }[]>().notNull().default([]),
    createdAt: timestamp({ withTimezone: true }).notNull().default(sql`now()`),
    startedAt: timestamp({ withTimezone: true }),
    /** Proof of life of the process that trains; an old one means that it died. */
    heartbeatAt: timestamp({ withTimezone: true }),
    finishedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    uniqueIndex("trainings_one_at_a_time_idx").on(sql`(true)`).where(sql`${t.status} in ('queued', 'running')`),
    check("trainings_search_trials", sql`${t.searchTrials} between 0 and 100`),
    check("trainings_percent", sql`${t.percent} between 0 and 100`),
  ],
);

/** What a training had to tell on its way, for whoever watches it or reads it afterwards. Append-only. */
export const trainingLogLines = pgTable(
  "training_log_lines",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    trainingId: integer()
      .notNull()
      .references(() => trainings.id, { onDelete: "cascade" }),
    words: jsonb().$type<{ ru: string; en: string }>().notNull(),
    at: timestamp({ withTimezone: true }).notNull().default(sql`clock_timestamp()`),
  },
  (t) => [index("training_log_lines_idx").on(t.trainingId, t.id)],
);

/** A model version. Its artifact lies in the model store under its SHA-256 and is immutable. */
export const models = pgTable(
  "models",
  {
    id: serial().primaryKey(),
    status: modelStatus().notNull(),
    trainingId: integer().references(() => trainings.id, { onDelete: "set null" }),
    artifactSha256: text().notNull(),
    artifactBytes: integer().notNull(),
    featureSetId: text().notNull(),
    /** The model knows nothing dated later. */
    asOf: date().notNull(),
    threshold: doublePrecision().notNull(),
    /** What the threshold rests on: n, source, target. */
    thresholdBasis: jsonb().$type<Record<string, unknown>>().notNull(),
    snapshot: jsonb().$type<Record<string, unknown>>().notNull(),
    parameters: jsonb().$type<Record<string, unknown>>().notNull(),
    /** NULL for models of before it was kept. */
    seed: integer(),
    /** Versions by name: trainer, runtime, format of the export. */
    libraries: jsonb().$type<Record<string, string>>().notNull().default({}),
    report: jsonb().$type<Record<string, unknown>>().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull().default(sql`now()`),
    createdBy: text().notNull(),
  },
  (t) => [index("models_created_idx").on(t.createdAt), check("models_threshold", sql`${t.threshold} between 0 and 1`)],
);

/** Thresholds that reviewed leads gave a model after it was made; the latest is in force. Append-only, a trigger holds it. */
export const modelThresholds = pgTable(
  "model_thresholds",
  {
    id: serial().primaryKey(),
    modelId: integer()
      .notNull()
      .references(() => models.id, { onDelete: "restrict" }),
    threshold: doublePrecision().notNull(),
    basis: jsonb().$type<Record<string, unknown>>().notNull(),
    /** Of the reviewed leads and what each told: the same reviews give no second row. */
    reviewsSha256: text().notNull(),
    at: timestamp({ withTimezone: true }).notNull(),
    by: text().notNull(),
  },
  (t) => [
    index("model_thresholds_model_idx").on(t.modelId, t.id),
    check("model_thresholds_threshold", sql`${t.threshold} between 0 and 1`),
  ],
);

/** A movable name of a model. `version` counts the swaps, so that a swap can say which state it saw. */
export const modelAliases = pgTable("model_aliases", {
  name: text().primaryKey(),
  modelId: integer()
    .notNull()
    .references(() => models.id, { onDelete: "restrict" }),
  version: integer().notNull().default(1),
  changedAt: timestamp({ withTimezone: true }).notNull().default(sql`now()`),
});

/** Every swap of the active alias, in the one order in which it happened. */
export const modelPromotions = pgTable(
  "model_promotions",
  {
    id: serial().primaryKey(),
    kind: promotionKind().notNull(),
    fromModelId: integer().references(() => models.id, { onDelete: "restrict" }),
    toModelId: integer()
      .notNull()
      .references(() => models.id, { onDelete: "restrict" }),
    aliasVersion: integer().notNull(),
    /** Why the gate was overridden; NULL where it was not. */
    overrideReason: text(),
    by: text().notNull(),
    at: timestamp({ withTimezone: true }).notNull().default(sql`now()`),
  },
  (t) => [uniqueIndex("model_promotions_version_idx").on(t.aliasVersion)],
);
