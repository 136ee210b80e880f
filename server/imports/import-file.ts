import type { TransactionSql } from "postgres";
import type { ImportExample, ImportFileReport } from "#/db/schema/index.ts";
import { type Cell, cellText } from "./cell.ts";
import type { FoundTable } from "./found-table.ts";
import { relinkManagers, Staging } from "./merge-rows.ts";
import { rowReader } from "./read-row.ts";
import { REFUSALS_KEPT_MAX, type Refusal } from "./refusals.ts";
import type { RefusedRow } from "./run-record.ts";

/** How far a file is; told a few times a second. */
export interface ImportProgress {
  file: string;
  table: string;
  stage: "reading" | "writing";
  rows: number;
  /** Of the file's bytes, 0..1. */
  fraction: number;
  /** Until the file is read; null before that can be said. */
  etaSeconds: number | null;
}

export interface ImportedFile {
  counts: Omit<
    ImportFileReport,
    "file" | "sha256" | "table" | "encoding" | "delimiter" | "refusal" | "columns" | "examples"
  >;
  /** At most `REFUSALS_KEPT_MAX`; `counts` has them all. */
  refusals: Refusal[];
  /** The lines of `refusals` as they were, without those too long to be mended by hand. */
  refusedRows: RefusedRow[];
  /** Some of what was new or changed; empty unless asked for. */
  examples: ImportExample[];
}

export interface ReadingOptions {
  file: string;
  onProgress: (progress: ImportProgress) => void;
  signal?: AbortSignal | undefined;
  /** So many new rows and so many changed ones are told; by default none. */
  examplesMax?: number;
}

const PROGRESS_EVERY_MS = 250;
/** A line longer than this is kept nowhere: nobody mends it by hand. */
const LINE_KEPT_MAX = 8000;

/**
 * Reads one recognised file into its table, inside the transaction `tx`: all of it or, on any error, nothing.
 * Raises the market's version where something changed. Throws `FileRefused` where the file breaks off as a table.
 */
export async function importFile(
  tx: TransactionSql,
  found: FoundTable,
  options: ReadingOptions,
): Promise<ImportedFile> {
  const { table, places } = found.header;
  const tally = new Tally();
  const read = rowReader(found.header, tally);
  const keep = lineKeeper(found);
  const staging = await Staging.open(tx, table, new Set(places.map((place) => place.column.name)));

  const meter = progressMeter(found, options, tally);
  try {
    for await (const { line, cells } of found.rows(meter.bytes)) {
      tally.rows++;
      const kept = tally.refusals.length;
      const row = read(cells, line);
      if (tally.refusals.length > kept) keep.line(line, cells);
      const wait = row && staging.add(row);
      if (wait) {
        await wait;
        options.signal?.throwIfAborted();
        meter.report("reading");
      }
    }
    meter.report("writing", true);
    options.signal?.throwIfAborted();
  } catch (error) {
    // Whatever breaks off before the rows are in must end the COPY: a rollback would wait behind it for ever.
    await staging.abort();
    throw error;
  }

  const { examples, ...merged } = await staging.merge(options.examplesMax ?? 0);
  const linked = table.name === "managers" ? await relinkManagers(tx) : 0;
  if (merged.inserted + merged.changed + linked > 0) await raiseMarketVersion(tx);
  const unlinked = await staging.countUnlinked();
  return {
    counts: {
      rows: tally.rows,
      ...merged,
      refused: tally.refusedRows,
      refusedValues: tally.refusedValues,
      unlinked,
      repaired: Object.fromEntries(tally.repairs),
    },
    refusals: tally.refusals,
    refusedRows: keep.rows,
    examples,
  };
}

/** Keeps lines as they were, in the columns that are read. */
function lineKeeper({ header: { places } }: FoundTable) {
  const rows: RefusedRow[] = [];
  return {
    rows,
    line(line: number, cells: readonly Cell[]): void {
      const kept: Record<string, string> = {};
      let length = 0;
      for (const { column, index } of places) {
        // Postgres keeps no NUL, and JSON no half of a letter.
        const text = cellText(cells[index] ?? null)
          .replaceAll("\0", "\u2400")
          .toWellFormed();
        length += text.length;
        kept[column.name] = text;
      }
      if (length <= LINE_KEPT_MAX) rows.push({ line, cells: kept });
    },
  };
}

async function raiseMarketVersion(tx: TransactionSql): Promise<void> {
  await tx`update market_state set version = version + 1, changed_at = now()`;
}

/** Counts what happens to a file's rows. */
class Tally {
  rows = 0;
  refusedRows = 0;
  refusedValues = 0;
  readonly refusals: Refusal[] = [];
  readonly repairs = new Map<string, number>();

  refused(refusal: Refusal): void {
    if (refusal.severity === "row") this.refusedRows++;
    else this.refusedValues++;
    if (this.refusals.length < REFUSALS_KEPT_MAX) this.refusals.push(refusal);
  }

  repaired(code: string): void {
    this.repairs.set(code, (this.repairs.get(code) ?? 0) + 1);
  }
}

function progressMeter(found: FoundTable, { file, onProgress }: ReadingOptions, tally: Tally) {
  const begin = performance.now();
  let last = begin;
  let bytesRead = 0;
  return {
    bytes: (bytes: number) => {
      bytesRead = bytes;
    },
    report: (stage: ImportProgress["stage"], always = false) => {
      const now = performance.now();
      if (!always && now - last < PROGRESS_EVERY_MS) return;
      last = now;
      const fraction = stage === "writing" ? 1 : Math.min(1, bytesRead / found.bytes);
      const etaSeconds = fraction > 0.01 ? ((now - begin) / 1000) * (1 / fraction - 1) : null;
      onProgress({ file, table: found.header.table.name, stage, rows: tally.rows, fraction, etaSeconds });
    },
  };
}
