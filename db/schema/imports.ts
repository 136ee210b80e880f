import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  bigserial,
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";

export const importStatus = pgEnum("import_status", ["running", "done", "failed", "queued", "cancelled"]);
/** Who imports: a worker that takes it from the queue, or the process that asked. */
export const importBy = pgEnum("import_by", ["queue", "here"]);
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
  /** Why the whole file was refused, in words of whoever ran it; null when it was read. */
  refusal: string | null;
  /** The same as a code of `server/imports/refusals` and what stood there, to be worded for whoever reads it. */
  refusedFor?: { reason: string; value: string | null };
  /** Columns that were read, with their header as the file spells it. Absent in reports of before it was kept. */
  columns?: { name: string; header: string }[];
  /** Of a dry run: some of the rows that would change or come new. */
  examples?: ImportExample[];
}

/** A row of a file against what is in the table; `was` is null where nothing stood there, or the row is new. */
export interface ImportExample {
  key: string;
  isNew: boolean;
  values: { column: string; was: string | null; now: string | null }[];
}

/** How the columns of a file go into ours: a column's name for each place in a row, null where it is not read. */
export interface ImportMapping {
  table: string;
  columns: (string | null)[];
}

/** A file that waits for a run, and how it is to be read; what is left out is found out by looking at it. */
export interface ImportSource {
  uploadId: string;
  name: string;
  encoding: string | null;
  delimiter: string | null;
}

/** One run of an import over one or more files. */
export const importRuns = pgTable(
  "import_runs",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    status: importStatus().notNull(),
    dryRun: boolean().notNull().default(false),
    startedBy: text().notNull(),
    startedAt: timestamp({ withTimezone: true }).notNull().default(sql`now()`),
    finishedAt: timestamp({ withTimezone: true }),
    files: jsonb().$type<ImportFileReport[]>().notNull().default(sql`'[]'`),
    failure: text(),
    /** The failure in words for people; NULL where there are none but `failure`. */
    failureWords: jsonb().$type<{ ru: string; en: string }>(),
    by: importBy().notNull().default("here"),
    /** How often it was begun: a worker that died is followed by another. Who writes says as which attempt. */
    attempts: integer().notNull().default(0),
    /** What a worker is to read; empty for a run whose process was given the files. */
    sources: jsonb().$type<ImportSource[]>().notNull().default(sql`'[]'`),
    /** The run whose refused rows this one brings, mended. */
    mendsRunId: bigint({ mode: "number" }).references((): AnyPgColumn => importRuns.id, { onDelete: "set null" }),
    stage: text(),
    /** The file that the stage is about. */
    stageFile: text(),
    percent: doublePrecision().notNull().default(0),
    /** When the rows of all files were committed: another attempt must not read them again. */
    writtenAt: timestamp({ withTimezone: true }),
  },
  (t) => [check("import_runs_percent", sql`${t.percent} between 0 and 100`)],
);

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

/** A line of which something was refused, as the file had it: what is mended and sent again is made of it. */
export const importRefusedRows = pgTable(
  "import_refused_rows",
  {
    importRunId: bigint({ mode: "number" })
      .notNull()
      .references(() => importRuns.id, { onDelete: "cascade" }),
    file: text().notNull(),
    line: integer().notNull(),
    /** What stood in the columns that are read, by our column's name. */
    cells: jsonb().$type<Record<string, string>>().notNull(),
    /** The run that brought it mended. */
    mendedByRunId: bigint({ mode: "number" }).references(() => importRuns.id, { onDelete: "set null" }),
  },
  (t) => [primaryKey({ columns: [t.importRunId, t.file, t.line] })],
);

/** A file that was sent to be imported; it lies under `OSTAP_HOME/imports` by its id until a run has taken it or a day is over. */
export const importUploads = pgTable("import_uploads", {
  id: uuid().primaryKey(),
  /** As its owner calls it; never part of a path. */
  name: text().notNull(),
  bytes: bigint({ mode: "number" }).notNull(),
  sha256: text().notNull(),
  /** As a person chose; NULL: found out by looking. */
  encoding: text(),
  delimiter: text(),
  uploadedBy: text().notNull(),
  uploadedAt: timestamp({ withTimezone: true }).notNull().default(sql`now()`),
  /** When the file went; the row stays, for whoever asks what was sent. */
  removedAt: timestamp({ withTimezone: true }),
});

/** How a person laid the columns of a header, remembered for every file with the same one. */
export const importMappings = pgTable("import_mappings", {
  /** SHA-256 of the header's folded cells. */
  signature: text().primaryKey(),
  mapping: jsonb().$type<ImportMapping>().notNull(),
  savedBy: text().notNull(),
  savedAt: timestamp({ withTimezone: true }).notNull(),
});

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
