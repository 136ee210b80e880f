import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  text,
  timestamp,
} from "drizzle-orm/pg-core";

export const importStatus = pgEnum("import_status", ["running", "done", "failed"]);
/** The whole file was not taken, or a row of it, or one value of a row that is otherwise in. */
export const refusalSeverity = pgEnum("refusal_severity", ["file", "row", "value"]);

/** What one file brought, counted. `repaired` counts values put right by a stated rule, by the rule's code. */
export interface ImportFileReport {
  file: string;
  sha256: string;
  table: string | null;
  encoding: string;
  delimiter: string;
  rows: number;
  inserted: number;
  changed: number;
  unchanged: number;
  /** Rows that were not taken. */
  refused: number;
  /** Values that could not be read and count as missing; their rows are in. */
  refusedValues: number;
  /** Rows whose id came again further down in the same file: the last one counts. */
  duplicates: number;
  /** Rows that name a lead, premises or manager we do not know (yet). */
  unlinked: number;
  repaired: Record<string, number>;
  /** Why the whole file was refused, in words; null when it was read. */
  refusal: string | null;
}

/** One run of an import over one or more files. */
export const importRuns = pgTable("import_runs", {
  id: bigserial({ mode: "number" }).primaryKey(),
  status: importStatus().notNull(),
  dryRun: boolean().notNull().default(false),
  startedBy: text().notNull(),
  startedAt: timestamp({ withTimezone: true }).notNull().default(sql`now()`),
  finishedAt: timestamp({ withTimezone: true }),
  files: jsonb().$type<ImportFileReport[]>().notNull().default(sql`'[]'`),
  failure: text(),
});

/** Something that was refused: where, what stood there, and why. Of one file at most `REFUSALS_KEPT_MAX` are kept; its report counts all. */
export const importRefusals = pgTable(
  "import_refusals",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    importRunId: bigint({ mode: "number" })
      .notNull()
      .references(() => importRuns.id, { onDelete: "cascade" }),
    file: text().notNull(),
    severity: refusalSeverity().notNull(),
    /** Line of the file, from 1; for a sheet its row; 0 for the whole file. */
    line: integer().notNull(),
    column: text(),
    value: text(),
    /** A code of `server/imports/refusals`, worded at the edge in the reader's language. */
    reason: text().notNull(),
  },
  (t) => [index("import_refusals_run_idx").on(t.importRunId, t.id)],
);

/**
 * Counts up whenever an import, a mark or a review changed what `ml` is fed with.
 * Processes keep the market's history in memory and reload it when the version they hold is old.
 */
export const marketState = pgTable("market_state", {
  id: integer().primaryKey().default(1),
  version: bigint({ mode: "number" }).notNull().default(0),
  changedAt: timestamp({ withTimezone: true }).notNull().default(sql`now()`),
  /** A market filled by the demo; `npm run demo` refuses to touch any other. */
  isDemo: boolean().notNull().default(false),
});
