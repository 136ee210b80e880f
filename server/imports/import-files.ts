import { sql } from "drizzle-orm";
import { z } from "zod";
import { type ImportFileReport, marketState } from "#/db/schema/index.ts";
import { audit } from "../audit.ts";
import { type Ctx, inTransaction } from "../context.ts";
import { dateInNovosibirsk } from "../days.ts";
import { authorize } from "../permissions.ts";
import { takeFreeSnapshot } from "../premises/take-free-snapshot.ts";
import { deriveVacancies } from "./derive-vacancies.ts";
import type { FoundTable } from "./found-table.ts";
import { type ImportedFile, type ImportProgress, importFile } from "./import-file.ts";
import { type FileEvidence, inspectFile } from "./inspect-file.ts";
import { knownTables } from "./known-tables.ts";
import { findCsvTable } from "./read-csv.ts";
import { FileRefused, wordRefusal } from "./refusals.ts";
import { failRun, finishRun, keepRefusals, openRun } from "./run-record.ts";
import { type ImportTable, tableOrder } from "./table.ts";
import { findXlsxTable } from "./xlsx/read-xlsx.ts";

export const importFilesInput = z.strictObject({
  /** `name` is what the report calls the file, `path` is where it lies. */
  files: z.array(z.strictObject({ name: z.string().min(1).max(300), path: z.string().min(1) })).max(1000),
  /** Counts what would be new and what would change; writes nothing but the report. */
  dryRun: z.boolean().default(false),
});

export interface ImportReport {
  runId: number;
  dryRun: boolean;
  /** In the order in which they were taken. */
  files: ImportFileReport[];
  /** Spans of vacancy that were derived from leases, or removed again; 0 in a dry run. */
  derivedVacancies: number;
}

/** A file after the first look at it. */
type SeenFile = { name: string; evidence: FileEvidence | null } & ({ found: FoundTable } | { refused: FileRefused });

/** Carries the work of a dry run out of the transaction that must not be committed. */
class DryRunDone extends Error {}

/**
 * Imports exports of CRM and accounting: files in any order and any subset, each recognised by its header. Each file is one
 * transaction: what is wrong in it is refused row by row and reported, a file that is no table is refused whole, others go
 * on. The same files again change nothing. Afterwards vacancies are derived where none were exported, and today's free
 * premises are recorded. A failure of the database throws, and the run is noted as failed.
 */
export async function importFiles(
  ctx: Ctx,
  input: z.input<typeof importFilesInput>,
  onProgress: (progress: ImportProgress) => void = () => {},
  signal?: AbortSignal,
): Promise<ImportReport> {
  authorize(ctx, "import:run");
  const { files, dryRun } = importFilesInput.parse(input);
  const today = dateInNovosibirsk(ctx.now());
  const run = await openRun(ctx, dryRun);
  const reports: ImportFileReport[] = [];
  try {
    const seen = await lookAt(files, knownTables(today));
    const options = { onProgress, signal };
    if (dryRun) await tryFiles(ctx, run.runId, seen, reports, options);
    else for (const file of seen) reports.push(await takeFile(ctx, run.runId, file, options));

    const derivedVacancies = await inTransaction(ctx, async (ctx) => {
      const spans = dryRun ? 0 : await deriveFree(ctx, today);
      await finishRun(ctx, run.runId, reports);
      await audit(ctx, "import:run", `import:${run.runId}`, { dryRun, files: reports.map(({ file }) => file) });
      return spans;
    });
    return { runId: run.runId, dryRun, files: reports, derivedVacancies };
  } catch (error) {
    await failRun(ctx, run.runId, reports, error instanceof Error ? error.message : String(error));
    throw error;
  } finally {
    await run.release();
  }
}

/** Looks at all headers before anything is read, and puts those who are named before those who name them. */
async function lookAt(files: { name: string; path: string }[], tables: ImportTable[]): Promise<SeenFile[]> {
  const seen: SeenFile[] = [];
  for (const { name, path } of files) {
    let evidence: FileEvidence | null = null;
    try {
      evidence = await inspectFile(path);
      const found =
        evidence.kind === "workbook" ? await findXlsxTable(path, tables) : findCsvTable(path, evidence, tables);
      seen.push({ name, evidence, found });
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error;
      seen.push({ name, evidence, refused: error });
    }
  }
  const place = (file: SeenFile) => ("found" in file ? tableOrder.indexOf(file.found.header.table.name) : -1);
  return seen.sort((a, b) => place(a) - place(b));
}

type Options = { onProgress: (progress: ImportProgress) => void; signal: AbortSignal | undefined };

async function takeFile(ctx: Ctx, runId: number, file: SeenFile, options: Options): Promise<ImportFileReport> {
  return reportOf(ctx, runId, file, (found) =>
    ctx.sql.begin((tx) => importFile(tx, found, { ...options, file: file.name })),
  );
}

/** All files in one transaction that is rolled back, so that later files see what earlier ones would have brought. */
async function tryFiles(
  ctx: Ctx,
  runId: number,
  files: SeenFile[],
  reports: ImportFileReport[],
  options: Options,
): Promise<void> {
  await ctx.sql
    .begin(async (tx) => {
      for (const file of files)
        reports.push(
          await reportOf(ctx, runId, file, (found) =>
            tx.savepoint((tx) => importFile(tx, found, { ...options, file: file.name })),
          ),
        );
      throw new DryRunDone();
    })
    .catch((error: unknown) => {
      if (!(error instanceof DryRunDone)) throw error;
    });
}

async function reportOf(
  ctx: Ctx,
  runId: number,
  file: SeenFile,
  work: (found: FoundTable) => Promise<ImportedFile>,
): Promise<ImportFileReport> {
  const found = "found" in file ? file.found : null;
  const report: ImportFileReport = {
    file: file.name,
    sha256: file.evidence?.sha256 ?? "",
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
  };
  try {
    if ("refused" in file) throw file.refused;
    const { counts, refusals } = await work(file.found);
    await keepRefusals(ctx, runId, file.name, refusals);
    return { ...report, ...counts };
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    const { reason, line, value } = error;
    await keepRefusals(ctx, runId, file.name, [{ severity: "file", line, column: null, value, reason }]);
    return { ...report, refusal: wordRefusal(reason, ctx.locale) + (value === null ? "" : ` [${value}]`) };
  }
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
