import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { importUploads } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk } from "../days.ts";
import { authorize } from "../permissions.ts";
import { type Cell, cellText } from "./cell.ts";
import type { FoundTable, SheetRow } from "./found-table.ts";
import { type Encoding, type FileEvidence, inspectFile } from "./inspect-file.ts";
import { knownTables } from "./known-tables.ts";
import { delimiters, findCsvTable, HEADER_RECORDS_MAX, headRecords } from "./read-csv.ts";
import { rowReader } from "./read-row.ts";
import { headerSignature, missingColumns, neededColumns, recogniser } from "./recognise-header.ts";
import { FileRefused, type Refusal, wordRefusal } from "./refusals.ts";
import { gone } from "./request-import.ts";
import type { TableName } from "./table.ts";
import { uploadPath } from "./upload-files.ts";
import { rememberedMappings } from "./work-through.ts";
import { findXlsxTable, firstSheetRows } from "./xlsx/read-xlsx.ts";

export const previewUploadInput = z.strictObject({ uploadId: z.uuid() });

export interface UploadPreview {
  uploadId: string;
  name: string;
  /** Why nothing of it can be read, in words; all else is then empty. */
  refusal: string | null;
  kind: "text" | "workbook";
  /** As which it is read; empty for a workbook. */
  encoding: string;
  delimiter: string;
  /** A person chose so; else it was found out. */
  chosen: { encoding: boolean; delimiter: boolean };
  /** null: the header is not recognised, and nobody has laid its columns yet. */
  table: TableName | null;
  /** A person laid the columns of this header. */
  isMapped: boolean;
  /** Tells this header from others, for laying its columns. */
  signature: string;
  headers: string[];
  /** Our column for each of the file's; null: it is not read. */
  columns: (string | null)[];
  /** Columns that the table needs and that nothing is laid into. */
  missing: string[];
  /** The first rows as people see them; a value that would be refused says why. */
  rows: { line: number; refused: boolean; cells: { text: string; problem: string | null }[] }[];
  /** Of so many first rows how many would be refused, and how many values. */
  looked: { rows: number; refused: number; refusedValues: number };
  tables: { name: TableName; columns: string[]; needed: string[] }[];
}

const ROWS_SHOWN = 6;
const ROWS_LOOKED_AT = 300;
const CELL_SHOWN_MAX = 80;

/** The first rows of a file that waits, as it would be read. Refuses with `not_found` when it is gone. */
export async function previewUpload(
  ctx: Ctx,
  { uploadId }: z.infer<typeof previewUploadInput>,
): Promise<UploadPreview> {
  authorize(ctx, "import:run");
  const [upload] = await ctx.db
    .select()
    .from(importUploads)
    .where(and(eq(importUploads.id, uploadId), isNull(importUploads.removedAt)));
  if (!upload) throw gone();
  const tables = knownTables(dateInNovosibirsk(ctx.now()));
  const remembered = await rememberedMappings(ctx);
  const recognise = recogniser(tables, remembered);
  const path = uploadPath(ctx.home, uploadId);
  const preview: UploadPreview = {
    uploadId,
    name: upload.name,
    refusal: null,
    kind: "text",
    encoding: upload.encoding ?? "",
    delimiter: upload.delimiter ?? "",
    chosen: { encoding: upload.encoding !== null, delimiter: upload.delimiter !== null },
    table: null,
    isMapped: false,
    signature: "",
    headers: [],
    columns: [],
    missing: [],
    rows: [],
    looked: { rows: 0, refused: 0, refusedValues: 0 },
    tables: tables.map((table) => ({
      name: table.name,
      columns: table.columns.map(({ name }) => name),
      needed: neededColumns(table),
    })),
  };
  const reading = {
    encoding: (upload.encoding ?? undefined) as Encoding | undefined,
    delimiter: upload.delimiter ?? undefined,
  };
  let evidence: FileEvidence | null = null;
  try {
    evidence = await inspectFile(path);
    const found =
      evidence.kind === "workbook"
        ? await findXlsxTable(path, recognise)
        : findCsvTable(path, evidence, recognise, reading);
    const known = await seenTable(ctx, found);
    return { ...preview, ...known, kind: evidence.kind, isMapped: remembered.has(known.signature) };
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    const open = error.reason === "noTable" && evidence !== null;
    const guessed = open ? await guessedTable(path, evidence!, reading) : null;
    if (guessed) return { ...preview, ...guessed, kind: evidence!.kind };
    return { ...preview, refusal: wordRefusal(error.reason, ctx.locale) };
  }
}

/** A table that is known, with its first rows tried. */
async function seenTable(ctx: Ctx, { header, encoding, delimiter, rows }: FoundTable) {
  const { table, places, headers } = header;
  const refusals: Refusal[] = [];
  const read = rowReader(header, { refused: (refusal) => void refusals.push(refusal), repaired: () => {} });
  const shown: UploadPreview["rows"] = [];
  let looked = 0;
  for await (const { line, cells } of rows(() => {})) {
    const before = refusals.length;
    const refused = read(cells, line) === null;
    if (shown.length < ROWS_SHOWN)
      shown.push(shownRow(ctx, { line, cells }, header.width, refused, refusals.slice(before)));
    if (++looked >= ROWS_LOOKED_AT) break;
  }
  const columns = headers.map((_, index) => places.find((place) => place.index === index)?.column.name ?? null);
  return {
    table: table.name,
    encoding: encoding === "xlsx" ? "" : encoding,
    delimiter,
    signature: headerSignature(headers),
    headers,
    columns,
    missing: missingColumns(table, columns),
    rows: shown,
    looked: {
      rows: looked,
      refused: refusals.filter(({ severity }) => severity === "row").length,
      refusedValues: refusals.filter(({ severity }) => severity === "value").length,
    },
  };

  function shownRow(ctx: Ctx, { cells, line }: SheetRow, width: number, refused: boolean, refusals: Refusal[]) {
    const problemOf = new Map(refusals.map(({ column, reason }) => [column, wordRefusal(reason, ctx.locale)]));
    return {
      line,
      refused,
      cells: Array.from({ length: width }, (_, index) => {
        const place = places.find((place) => place.index === index);
        return { text: shownText(cells[index] ?? null), problem: (place && problemOf.get(place.header)) ?? null };
      }),
    };
  }
}

/** A file whose header nobody knows: its first row that looks like one, and what stands below. */
async function guessedTable(
  path: string,
  evidence: FileEvidence,
  { encoding = evidence.encodings[0], delimiter }: { encoding: Encoding | undefined; delimiter: string | undefined },
) {
  const rows = HEADER_RECORDS_MAX + ROWS_SHOWN;
  if (evidence.kind === "workbook") return guess(await firstSheetRows(path, rows), "", "");
  const head = new TextDecoder(encoding).decode(evidence.head);
  const read = (delimiter: string) =>
    headRecords(head, delimiter, rows).map((cells, index) => ({ line: index + 1, cells: cells as readonly Cell[] }));
  const likeliest = delimiter ?? [...delimiters].sort((a, b) => widest(read(b)) - widest(read(a)))[0]!;
  return guess(read(likeliest), encoding ?? "", likeliest);
}

function guess(rows: SheetRow[], encoding: string, delimiter: string) {
  const at = rows.findIndex(({ cells }) => filled(cells) >= 2);
  const header = rows[at];
  if (!header) return null;
  const headers = header.cells.map((cell) => cellText(cell).trim());
  while (headers.at(-1) === "") headers.pop();
  return {
    encoding,
    delimiter,
    signature: headerSignature(headers),
    headers,
    columns: headers.map(() => null),
    rows: rows.slice(at + 1, at + 1 + ROWS_SHOWN).map(({ line, cells }) => ({
      line,
      refused: false,
      cells: headers.map((_, index) => ({ text: shownText(cells[index] ?? null), problem: null })),
    })),
  };
}

const filled = (cells: readonly Cell[]) => cells.filter((cell) => cellText(cell).trim() !== "").length;
const widest = (rows: SheetRow[]) => Math.max(0, ...rows.map(({ cells }) => filled(cells)));

function shownText(cell: Cell): string {
  const text = cellText(cell).replaceAll("\0", "\u2400");
  return text.length > CELL_SHOWN_MAX ? `${text.slice(0, CELL_SHOWN_MAX)}…` : text;
}
