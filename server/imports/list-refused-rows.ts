import { and, eq, inArray, ne, sql } from "drizzle-orm";
import { z } from "zod";
import { importRefusals, importRefusedRows, importRuns } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import { authorize } from "../permissions.ts";
import { wordRefusal } from "./refusals.ts";
import { noRun } from "./show-import.ts";

export const listRefusedRowsInput = z.strictObject({
  runId: z.number().int().positive(),
  /** Only those that nobody has mended. */
  openOnly: z.boolean().default(false),
  /** Behind this one; from the beginning where it is left out. */
  cursor: z.strictObject({ file: z.string().max(400), line: z.number().int().min(0) }).optional(),
});

export interface RefusedLine {
  file: string;
  line: number;
  /** The whole row was not taken; else it is in, without the values refused. */
  whole: boolean;
  /** What stood in the columns that are read; null: the line was too long to be kept, or the report is of an older build. */
  fields: { column: string; header: string; text: string }[] | null;
  /** `column` is null where it is about the whole row, or about a column that is not among the fields. */
  problems: { column: string | null; header: string | null; value: string | null; why: string }[];
  /** The run that brought it mended. */
  mendedByRunId: number | null;
}

export interface RefusedLines {
  lines: RefusedLine[];
  /** Lines of the whole run that were kept, and of them those that nobody has mended. */
  total: number;
  open: number;
  /** The last one shown, where more follow. */
  next: { file: string; line: number } | null;
}

const LINES_MAX = 30;

/** Lines of a run's files of which something was refused, in their order. Refuses with `not_found`. */
export async function listRefusedRows(
  ctx: Ctx,
  { runId, openOnly = false, cursor }: z.input<typeof listRefusedRowsInput>,
): Promise<RefusedLines> {
  authorize(ctx, "import:read");
  const [run] = await ctx.db.select({ files: importRuns.files }).from(importRuns).where(eq(importRuns.id, runId));
  if (!run) throw noRun(runId);
  const found = sql`(
    select distinct r.file, r.line, k.mended_by_run_id as mended from import_refusals r
    left join import_refused_rows k on k.import_run_id = r.import_run_id and k.file = r.file and k.line = r.line
    where r.import_run_id = ${runId} and r.severity <> 'file'
  )`;
  const behind = cursor ? sql`(file, line) > (${cursor.file}, ${cursor.line}::int)` : sql`true`;
  const open = openOnly ? sql`mended is null` : sql`true`;
  const [[counts], places] = await Promise.all([
    ctx.db.execute<{ total: number; open: number }>(
      sql`select count(*)::int as total, (count(*) filter (where mended is null))::int as open from ${found} f`,
    ),
    ctx.db.execute<{ file: string; line: number }>(
      sql`select file, line from ${found} f where ${behind} and ${open} order by file, line limit ${LINES_MAX + 1}`,
    ),
  ]);
  const shown = places.slice(0, LINES_MAX);
  const columnsOf = new Map(run.files.map(({ file, columns }) => [file, columns ?? []]));
  const refused = await refusalsOf(ctx, runId, shown);
  const kept = await keptOf(ctx, runId, shown);
  const key = ({ file, line }: { file: string; line: number }) => `${line}:${file}`;
  const refusalsBy = Map.groupBy(refused, key);
  const keptBy = new Map(kept.map((row) => [key(row), row]));
  return {
    total: counts?.total ?? 0,
    open: counts?.open ?? 0,
    next: places.length > LINES_MAX ? (shown.at(-1) ?? null) : null,
    lines: shown.map(({ file, line }) => {
      const refusals = refusalsBy.get(key({ file, line })) ?? [];
      const row = keptBy.get(key({ file, line }));
      const columns = columnsOf.get(file) ?? [];
      return {
        file,
        line,
        whole: refusals.some(({ severity }) => severity === "row"),
        fields: row ? columns.map(({ name, header }) => ({ column: name, header, text: row.cells[name] ?? "" })) : null,
        problems: refusals.map(({ column, value, reason }) => ({
          column: columns.find(({ header }) => header === column)?.name ?? null,
          header: column,
          value,
          why: wordRefusal(reason, ctx.locale),
        })),
        mendedByRunId: row?.mendedByRunId ?? null,
      };
    }),
  };
}

type Place = { file: string; line: number };

async function refusalsOf(ctx: Ctx, runId: number, places: Place[]) {
  if (places.length === 0) return [];
  return ctx.db
    .select()
    .from(importRefusals)
    .where(
      and(
        eq(importRefusals.importRunId, runId),
        ne(importRefusals.severity, "file"),
        inArray(importRefusals.line, [...new Set(places.map(({ line }) => line))]),
        inArray(importRefusals.file, [...new Set(places.map(({ file }) => file))]),
      ),
    )
    .orderBy(importRefusals.id);
}

async function keptOf(ctx: Ctx, runId: number, places: Place[]) {
  if (places.length === 0) return [];
  return ctx.db
    .select()
    .from(importRefusedRows)
    .where(
      and(
        eq(importRefusedRows.importRunId, runId),
        inArray(importRefusedRows.line, [...new Set(places.map(({ line }) => line))]),
        inArray(importRefusedRows.file, [...new Set(places.map(({ file }) => file))]),
      ),
    );
}
