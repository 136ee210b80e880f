import { sql } from "drizzle-orm";
import { bigint, bigserial, index, integer, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";

/** A worker's proof of life. A row that was not written for half a minute is of a worker that hangs or is gone. */
export const workerBeats = pgTable("worker_beats", {
  /** `host:pid`. */
  worker: text().primaryKey(),
  startedAt: timestamp({ withTimezone: true }).notNull(),
  beatAt: timestamp({ withTimezone: true }).notNull(),
  /** What this process runs: node, onnxruntime, xgboost where it was found. */
  versions: jsonb().$type<Record<string, string>>().notNull(),
});

/** A backup that was written to its end, or that an operator says was taken elsewhere. */
export const backups = pgTable(
  "backups",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    at: timestamp({ withTimezone: true }).notNull().default(sql`now()`),
    by: text().notNull(),
    /** The folder it is in, or what the operator calls the place. */
    place: text().notNull(),
    /** Of the whole folder; NULL: taken elsewhere, nobody weighed it. */
    bytes: bigint({ mode: "number" }),
    rows: bigint({ mode: "number" }),
    seconds: integer(),
  },
  (t) => [index("backups_at_idx").on(t.at)],
);
