import { and, eq, inArray } from "drizzle-orm";
import type { TransactionSql } from "postgres";
import { z } from "zod";
import { type ImportFileReport, importRefusals, importRefusedRows, importRuns } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk } from "../days.ts";
import { AppError } from "../errors.ts";
import { authorize } from "../permissions.ts";
import type { FoundTable } from "./found-table.ts";
import { importFile } from "./import-file.ts";
import { knownTables } from "./known-tables.ts";
import { rowReader } from "./read-row.ts";
import { type Refusal, wordRefusal } from "./refusals.ts";
import { openRun } from "./run-record.ts";
import { noRun } from "./show-import.ts";
import type { ImportTable } from "./table.ts";
import { takeUpImports } from "./take-up-imports.ts";
import { emptyReport, fullReport, settle } from "./work-through.ts";

const CELL_MAX = 4000;

export const mendRowsInput = z.strictObject({
  runId: z.number().int().positive(),
  rows: z
    .array(
      z.strictObject({
        file: z.string().max(400),
        line: z.number().int().min(1),
        /** The cells that were changed, by our column's name. */
        cells: z.record(z.string().max(64), z.string().max(CELL_MAX)),
      }),
    )
    .min(1)
    .max(200),
});

export interface MendedRows {
  /** The small import that brought them; null: none was good, and nothing was written. */
  runId: number | null;
  taken: { file: string; line: number }[];
  /** What is still wrong, by the column; nothing of such a row was written. */
  refused: { file: string; line: number; problems: { column: string | null; why: string }[] }[];
}

/** A refused line with what was changed in it. */
interface MendedRow {
  file: string;
  line: number;
  cells: Record<string, string>;
  /** Columns that are sent; the others stay as they are in the table. */
  sent: string[];
}

/**
 * Sends refused lines of a run again, with cells changed: each is read as the file was, and those without a fault come in as a
 * small import of their own that names the first one. Of a line that is in already only its key and what was refused or changed
 * is sent: meanwhile the rest may have become newer. Refuses with `conflict` where a line was mended already, or while another
 * import writes.
 */
export async function mendRows(ctx: Ctx, input: z.infer<typeof mendRowsInput>): Promise<MendedRows> {
  authorize(ctx, "import:run");
  const { files } = await mendableRun(ctx, input.runId);
  const tables = knownTables(dateInNovosibirsk(ctx.now()));
  const reports = new Map(files.map((report) => [report.file, report]));
  const rows = await changedRows(ctx, input, reports, tables);
  const good: MendedRow[] = [];
  const refused: MendedRows["refused"] = [];
  for (const row of rows) {
    const problems = problemsOf(ctx, row, tableOf(reports, tables, row.file), reports.get(row.file)!);
    if (problems.length === 0) good.push(row);
    else refused.push({ file: row.file, line: row.line, problems });
  }
  if (good.length === 0) return { runId: null, taken: [], refused };
  const runId = await bring(ctx, input.runId, good, reports, tables);
  return { runId, taken: good.map(({ file, line }) => ({ file, line })), refused };
}

async function mendableRun(ctx: Ctx, runId: number) {
  await takeUpImports(ctx);
  const [run] = await ctx.db.select().from(importRuns).where(eq(importRuns.id, runId));
  if (!run) throw noRun(runId);
  if (run.status !== "done" || run.dryRun)
    throw new AppError("conflict", {
      ru: "Исправлять можно строки загрузки, которая записана.",
      en: "Rows of an import that was written can be mended.",
    });
  const [other] = await ctx.db.select({ id: importRuns.id }).from(importRuns).where(eq(importRuns.status, "running"));
  if (other)
    throw new AppError("conflict", {
      ru: `Сейчас идёт загрузка ${other.id}: отправьте исправленное после неё.`,
      en: `Import ${other.id} is under way: send what you mended after it.`,
    });
  return run;
}

/** The lines as they were kept, with the changes laid over them. */
async function changedRows(
  ctx: Ctx,
  { runId, rows }: z.infer<typeof mendRowsInput>,
  reports: ReadonlyMap<string, ImportFileReport>,
  tables: readonly ImportTable[],
): Promise<MendedRow[]> {
  const lines = [...new Set(rows.map(({ line }) => line))];
  const [kept, refusals] = await Promise.all([
    ctx.db
      .select()
      .from(importRefusedRows)
      .where(and(eq(importRefusedRows.importRunId, runId), inArray(importRefusedRows.line, lines))),
    ctx.db
      .select()
      .from(importRefusals)
      .where(and(eq(importRefusals.importRunId, runId), inArray(importRefusals.line, lines))),
  ]);
  return rows.map(({ file, line, cells }) => {
    const row = kept.find((row) => row.file === file && row.line === line);
    if (!row) throw noRow(line);
    if (row.mendedByRunId !== null) throw mendedAlready(line);
    const table = tableOf(reports, tables, file);
    const known = (reports.get(file)?.columns ?? []).map(({ name }) => name);
    if (Object.keys(cells).some((name) => !known.includes(name))) throw noRow(line);
    const own = refusals.filter((refusal) => refusal.file === file && refusal.line === line);
    const changed = Object.keys(cells).filter((name) => cells[name] !== row.cells[name]);
    const refused = known.filter((name) => own.some(({ column }) => column === headerOf(reports.get(file)!, name)));
    const sent = own.some(({ severity }) => severity === "row")
      ? known
      : sentColumns(table, known, [...changed, ...refused]);
    return { file, line, cells: { ...row.cells, ...cells }, sent };
  });
}

/** Key, what else a row must have, what was touched, and the other bound of a wish that was. */
function sentColumns(table: ImportTable, known: string[], touched: string[]): string[] {
  const others = table.columns.flatMap(({ name, bound }) => (bound && touched.includes(name) ? [bound.other] : []));
  const required = table.columns.filter((column) => column.required).map(({ name }) => name);
  const sent = new Set([...table.key, ...required, ...touched, ...others]);
  return known.filter((name) => sent.has(name));
}

function problemsOf(ctx: Ctx, row: MendedRow, table: ImportTable, report: ImportFileReport) {
  const refusals: Refusal[] = [];
  const { header } = foundOf(table, report, [row]);
  rowReader(header, { refused: (refusal) => void refusals.push(refusal), repaired: () => {} })(cellsOf(row), row.line);
  return refusals.map(({ column, reason }) => ({
    column: header.places.find((place) => place.header === column)?.column.name ?? null,
    why: wordRefusal(reason, ctx.locale),
  }));
}

/** All of them in one transaction, with the lines they mend. */
async function bring(
  ctx: Ctx,
  mendsRunId: number,
  rows: MendedRow[],
  reports: ReadonlyMap<string, ImportFileReport>,
  tables: readonly ImportTable[],
): Promise<number> {
  const run = await openRun(ctx, { dryRun: false, mendsRunId });
  try {
    const done = await ctx.sql.begin(async (tx) => {
      const done: ImportFileReport[] = [];
      for (const [file, own] of Map.groupBy(rows, ({ file }) => file)) {
        const report = reports.get(file)!;
        const table = tableOf(reports, tables, file);
        let sum = { ...emptyReport(file, report.sha256, null), table: table.name, columns: report.columns ?? [] };
        for (const alike of Map.groupBy(own, ({ sent }) => sent.join()).values()) {
          const imported = await importFile(tx, foundOf(table, report, alike), { file, onProgress: () => {} });
          sum = added(sum, await fullReport(run, emptyReport(file, "", null), imported));
        }
        done.push(sum);
      }
      await noteMended(tx, mendsRunId, run.runId, rows);
      await run.written(tx, done);
      return done;
    });
    await settle(ctx, run, { files: done, dryRun: false, today: dateInNovosibirsk(ctx.now()) });
    return run.runId;
  } catch (error) {
    await run.fail(error);
    throw error;
  } finally {
    await run.release();
  }
}

function added<R extends ImportFileReport>(sum: R, one: ImportFileReport): R {
  const repaired = { ...sum.repaired };
  for (const [code, n] of Object.entries(one.repaired)) repaired[code] = (repaired[code] ?? 0) + n;
  return {
    ...sum,
    rows: sum.rows + one.rows,
    inserted: sum.inserted + one.inserted,
    changed: sum.changed + one.changed,
    unchanged: sum.unchanged + one.unchanged,
    duplicates: sum.duplicates + one.duplicates,
    refused: sum.refused + one.refused,
    refusedValues: sum.refusedValues + one.refusedValues,
    unlinked: sum.unlinked + one.unlinked,
    repaired,
  };
}

/** Whoever mends a line first has it: of two who send it at once the second is refused, and brings nothing. */
async function noteMended(tx: TransactionSql, runId: number, byRunId: number, rows: MendedRow[]): Promise<void> {
  for (const { file, line } of rows) {
    const noted = await tx`
      update import_refused_rows set mended_by_run_id = ${byRunId}
      where import_run_id = ${runId} and file = ${file} and line = ${line} and mended_by_run_id is null returning 1`;
    if (noted.length === 0) throw mendedAlready(line);
  }
}

/** Lines as a table of their own, of the columns that are sent. */
function foundOf(table: ImportTable, report: ImportFileReport, rows: MendedRow[]): FoundTable {
  const places = (rows[0]?.sent ?? []).flatMap((name, index) => {
    const column = table.columns.find((column) => column.name === name);
    return column ? [{ column, index, header: headerOf(report, name) }] : [];
  });
  return {
    header: { table, places, headers: places.map(({ header }) => header), width: places.length },
    encoding: "",
    delimiter: "",
    bytes: 1,
    async *rows() {
      for (const row of rows) yield { line: row.line, cells: cellsOf(row) };
    },
  };
}

const cellsOf = ({ sent, cells }: MendedRow) => sent.map((name) => cells[name] ?? "");
const headerOf = (report: ImportFileReport, name: string) =>
  report.columns?.find((column) => column.name === name)?.header ?? name;

function tableOf(
  reports: ReadonlyMap<string, ImportFileReport>,
  tables: readonly ImportTable[],
  file: string,
): ImportTable {
  const table = tables.find(({ name }) => name === reports.get(file)?.table);
  if (!table) throw new AppError("not_found", { ru: `Нет файла «${file}».`, en: `There is no file "${file}".` });
  return table;
}

function noRow(line: number): AppError {
  return new AppError("not_found", {
    ru: `Строки ${line} среди отказов нет: исправьте её в файле и загрузите его ещё раз.`,
    en: `Line ${line} is not among the refused ones: mend it in the file and import that again.`,
  });
}

function mendedAlready(line: number): AppError {
  return new AppError("conflict", {
    ru: `Строку ${line} уже исправили: обновите страницу.`,
    en: `Line ${line} was mended already: reload the page.`,
  });
}
