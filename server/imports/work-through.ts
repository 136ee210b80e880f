import { sql } from "drizzle-orm";
import type { TransactionSql } from "postgres";
import { type ImportFileReport, importMappings, marketState } from "#/db/schema/index.ts";
import { audit } from "../audit.ts";
import { type Ctx, inTransaction } from "../context.ts";
import { dateInNovosibirsk } from "../days.ts";
import { takeFreeSnapshot } from "../premises/take-free-snapshot.ts";
import { cancelQueriesOn } from "./cancel-queries.ts";
import { deriveVacancies } from "./derive-vacancies.ts";
import type { FoundTable } from "./found-table.ts";
import { type ImportedFile, type ImportProgress, importFile } from "./import-file.ts";
import { type FileEvidence, inspectFile } from "./inspect-file.ts";
import { knownTables } from "./known-tables.ts";
import { findCsvTable, type TextReading } from "./read-csv.ts";
import { missingColumns, type Recognise, recogniser } from "./recognise-header.ts";
import { FileRefused, wordFileRefusal } from "./refusals.ts";
import type { OpenRun } from "./run-record.ts";
import { tableOrder } from "./table.ts";
import { findXlsxTable } from "./xlsx/read-xlsx.ts";

/** A file to be imported: `name` is what the report calls it. */
export interface SourceFile {
  name: string;
  path: string;
  reading?: TextReading;
}

export interface Work {
  dryRun: boolean;
  files: readonly SourceFile[];
  /** What an earlier attempt had committed already: only what follows from it is left to do. */
  written?: ImportFileReport[] | null;
  onProgress?: ((progress: ImportProgress) => void) | undefined;
}

export interface WorkedThrough {
  /** In the order in which they were taken. */
  files: ImportFileReport[];
  /** Spans of vacancy that were derived from leases, or removed again; 0 in a dry run. */
  derivedVacancies: number;
}

/** Of a file's way so much is reading it; merging it is the rest. */
const READING_SHARE = 0.7;
/** Where the last stretch begins: what is free is derived. */
const WRITTEN_PERCENT = 96;
/** A dry run tells so many new and so many changed rows of a file. */
const EXAMPLES_MAX = 10;

/** A file after the first look at it. */
type SeenFile = { name: string; evidence: FileEvidence | null } & ({ found: FoundTable } | { refused: FileRefused });

/** Carries the work of a dry run out of the transaction that must not be committed. */
class DryRunDone extends Error {}

/**
 * Reads all files of a run in one transaction: their rows are in, all of them, or none is. What is wrong in a file is refused
 * row by row and reported, a file that is no table is refused whole, others go on. Afterwards vacancies are derived where none
 * were exported, today's free premises are recorded, and the run is done.
 */
export async function workThrough(ctx: Ctx, run: OpenRun, work: Work): Promise<WorkedThrough> {
  const { dryRun } = work;
  const today = dateInNovosibirsk(ctx.now());
  let files = work.written ?? null;
  if (!files) {
    const recognise = recogniser(knownTables(today), await rememberedMappings(ctx));
    files = await writeAll(ctx, run, work, await lookAt(work.files, recognise, run.signal));
  }
  return settle(ctx, run, { files, dryRun, today });
}

/** Brings what follows from the rows up to date, and closes the run. */
export async function settle(
  ctx: Ctx,
  run: OpenRun,
  { files, dryRun, today }: { files: ImportFileReport[]; dryRun: boolean; today: string },
): Promise<WorkedThrough> {
  run.advance({ stage: "deriving", stageFile: null, percent: WRITTEN_PERCENT });
  return inTransaction(ctx, async (ctx) => {
    const derivedVacancies = dryRun ? 0 : await deriveFree(ctx, today);
    await run.finish(ctx, files);
    await audit(ctx, "import:run", `import:${run.runId}`, { dryRun, files: files.map(({ file }) => file) });
    return { files, derivedVacancies };
  });
}

/** What people have laid by hand, by the header's signature. */
export async function rememberedMappings(ctx: Ctx) {
  const rows = await ctx.db.select().from(importMappings);
  return new Map(rows.map(({ signature, mapping }) => [signature, mapping]));
}

/** Looks at all headers before anything is read, and puts those who are named before those who name them. */
async function lookAt(files: readonly SourceFile[], recognise: Recognise, signal: AbortSignal): Promise<SeenFile[]> {
  const seen: SeenFile[] = [];
  for (const { name, path, reading } of files) {
    signal.throwIfAborted();
    let evidence: FileEvidence | null = null;
    try {
      evidence = await inspectFile(path);
      const found =
        evidence.kind === "workbook"
          ? await findXlsxTable(path, recognise)
          : findCsvTable(path, evidence, recognise, reading);
      const { table, places } = found.header;
      const missing = missingColumns(
        table,
        places.map(({ column }) => column.name),
      );
      if (missing.length > 0) throw new FileRefused("columnsMissing", { line: 1, value: missing.join(", ") });
      seen.push({ name, evidence, found });
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error;
      seen.push({ name, evidence, refused: error });
    }
  }
  const place = (file: SeenFile) => ("found" in file ? tableOrder.indexOf(file.found.header.table.name) : -1);
  return seen.sort((a, b) => place(a) - place(b));
}

async function writeAll(ctx: Ctx, run: OpenRun, work: Work, seen: SeenFile[]): Promise<ImportFileReport[]> {
  const reports: ImportFileReport[] = [];
  const meter = percentOf(run, seen);
  const begin = work.dryRun ? rolledBack : (deed: (tx: TransactionSql) => Promise<void>) => ctx.sql.begin(deed);
  await begin(async (tx) => {
    const cancelling = await cancelQueriesOn(ctx, tx, run.signal);
    try {
      for (const file of seen) {
        const onProgress = (progress: ImportProgress) => {
          meter.progress(progress);
          work.onProgress?.(progress);
        };
        const options = {
          file: file.name,
          onProgress,
          signal: run.signal,
          ...(work.dryRun ? { examplesMax: EXAMPLES_MAX } : {}),
        };
        reports.push(await reportOf(ctx, run, file, (found) => tx.savepoint((tx) => importFile(tx, found, options))));
        meter.fileDone(file);
      }
    } finally {
      await cancelling.end();
    }
    run.signal.throwIfAborted();
    if (!work.dryRun) await run.written(tx, reports);
  });
  return reports;

  async function rolledBack(deed: (tx: TransactionSql) => Promise<void>): Promise<void> {
    // All files in one, so that later ones see what earlier ones would have brought.
    await ctx.sql
      .begin(async (tx) => {
        await deed(tx);
        throw new DryRunDone();
      })
      .catch((error: unknown) => {
        if (!(error instanceof DryRunDone)) throw error;
      });
  }
}

/** How far the whole run is: each file weighs its bytes. */
function percentOf(run: OpenRun, seen: SeenFile[]) {
  const weight = (file: SeenFile | undefined) => file?.evidence?.bytes ?? 0;
  const whole = Math.max(
    1,
    seen.reduce((sum, file) => sum + weight(file), 0),
  );
  let behind = 0;
  return {
    progress({ file, stage, fraction }: ImportProgress) {
      const share = stage === "reading" ? fraction * READING_SHARE : READING_SHARE;
      const bytes = behind + weight(seen.find(({ name }) => name === file)) * share;
      run.advance({ stage, stageFile: file, percent: (bytes / whole) * WRITTEN_PERCENT });
    },
    fileDone(file: SeenFile) {
      behind += weight(file);
    },
  };
}

async function reportOf(
  ctx: Ctx,
  run: OpenRun,
  file: SeenFile,
  work: (found: FoundTable) => Promise<ImportedFile>,
): Promise<ImportFileReport> {
  const found = "found" in file ? file.found : null;
  const report = emptyReport(file.name, file.evidence?.sha256 ?? "", found);
  try {
    if ("refused" in file) throw file.refused;
    return await fullReport(run, report, await work(file.found));
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    const { reason, line, value } = error;
    await run.keepRefusals(file.name, [{ severity: "file", line, column: null, value, reason }]);
    return { ...report, refusal: wordFileRefusal({ reason, value }, ctx.locale), refusedFor: { reason, value } };
  }
}

/** Keeps what was refused in a file, and puts what it brought into its report. */
export async function fullReport(
  run: OpenRun,
  report: ImportFileReport,
  { counts, refusals, refusedRows, examples }: ImportedFile,
): Promise<ImportFileReport> {
  await run.keepRefusals(report.file, refusals, refusedRows);
  return { ...report, ...counts, ...(examples.length > 0 ? { examples } : {}) };
}

/** The report of a file of which nothing was read yet. */
export function emptyReport(file: string, sha256: string, found: FoundTable | null): ImportFileReport {
  return {
    file,
    sha256,
    table: found?.header.table.name ?? null,
    encoding: found?.encoding ?? "",
    delimiter: found?.delimiter ?? "",
    rows: 0,
    inserted: 0,
    changed: 0,
    unchanged: 0,
    duplicates: 0,
    refused: 0,
    refusedValues: 0,
    unlinked: 0,
    repaired: {},
    refusal: null,
    columns: found?.header.places.map(({ column, header }) => ({ name: column.name, header })) ?? [],
  };
}

/** Brings what is free up to date, and records it. */
async function deriveFree(ctx: Ctx, today: string): Promise<number> {
  await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended('ostap:import', 0))`);
  const spans = await deriveVacancies(ctx, today);
  if (spans > 0)
    await ctx.db.update(marketState).set({ version: sql`${marketState.version} + 1`, changedAt: ctx.now() });
  await takeFreeSnapshot(ctx);
  return spans;
}
