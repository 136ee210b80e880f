import { stringify } from "csv-stringify/sync";
import { asc, eq } from "drizzle-orm";
import { z } from "zod";
import { type ImportFileReport, importRefusals, importRuns } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import { AppError } from "../errors.ts";
import { authorize } from "../permissions.ts";
import type { Words } from "../wording.ts";
import { inert } from "./inert-cell.ts";
import { wordRefusal } from "./refusals.ts";

export const exportImportReportInput = z.strictObject({ runId: z.number().int().positive() });

export interface ReportFile {
  name: string;
  /** UTF-8 with BOM, separated by semicolons: what a Russian Excel opens by a double click. */
  csv: string;
}

const headers: Words[] = [
  { ru: "Файл", en: "File" },
  { ru: "Строка", en: "Line" },
  { ru: "Столбец", en: "Column" },
  { ru: "Значение", en: "Value" },
  { ru: "Что не взято", en: "Not taken" },
  { ru: "Причина", en: "Reason" },
  { ru: "Код", en: "Code" },
];
const severities: Record<"file" | "row" | "value", Words> = {
  file: { ru: "файл", en: "file" },
  row: { ru: "строка", en: "row" },
  value: { ru: "значение", en: "value" },
};

/**
 * What an import refused, as a table: file, line, column, value, why. A file with more refusals than are kept says so in a line of
 * its own. Values of hostile files come out as text and never as formulas.
 */
export async function exportImportReport(
  ctx: Ctx,
  { runId }: z.infer<typeof exportImportReportInput>,
): Promise<ReportFile> {
  authorize(ctx, "import:read");
  const run = await ctx.db.query.importRuns.findFirst({ where: eq(importRuns.id, runId) });
  if (!run) throw new AppError("not_found", { ru: `Нет загрузки ${runId}.`, en: `There is no import ${runId}.` });
  const refusals = await ctx.db
    .select()
    .from(importRefusals)
    .where(eq(importRefusals.importRunId, runId))
    .orderBy(asc(importRefusals.id));
  const rows = refusals.map(({ file, line, column, value, severity, reason }) => [
    inert(file),
    line === 0 ? "" : line,
    inert(column ?? ""),
    inert(value ?? ""),
    severities[severity][ctx.locale],
    wordRefusal(reason, ctx.locale),
    reason,
  ]);
  const kept = Map.groupBy(refusals, ({ file }) => file);
  for (const file of run.files) {
    const more = refusedIn(file) - (kept.get(file.file)?.length ?? 0);
    if (more > 0) rows.push([inert(file.file), "", "", "", "", wordMore(more)[ctx.locale], "notKept"]);
  }
  const csv = stringify([headers.map((header) => header[ctx.locale]), ...rows], {
    bom: true,
    delimiter: ";",
    record_delimiter: "\r\n",
  });
  return { name: `import-${runId}.csv`, csv };
}

function refusedIn(file: ImportFileReport): number {
  return file.refused + file.refusedValues + (file.refusal === null ? 0 : 1);
}

function wordMore(more: number): Words {
  return {
    ru: `и ещё ${more}: сохраняются только первые отказы файла`,
    en: `and ${more} more: only the first refusals of a file are kept`,
  };
}
