import { createHash } from "node:crypto";
import type { ImportMapping } from "#/db/schema/index.ts";
import { type Cell, cellText } from "./cell.ts";
import { COLUMNS_MAX } from "./limits.ts";
import { FileRefused } from "./refusals.ts";
import type { Column, ImportTable } from "./table.ts";

/** Which table a file is, and where its columns stand. */
export interface RecognisedHeader {
  table: ImportTable;
  /** Known columns with their place in a row and the header as the file spells it. Others are not read. */
  places: { column: Column; index: number; header: string }[];
  /** All cells of the header as the file spells them. */
  headers: string[];
  /** Cells in a row, unknown columns included. */
  width: number;
}

/** Says whether a row of cells is a header that is known, and of what. Throws `FileRefused` where it is known and cannot be read. */
export type Recognise = (cells: readonly Cell[]) => RecognisedHeader | null;

/** What a person laid by hand goes before what the header says by itself. */
export function recogniser(
  tables: readonly ImportTable[],
  remembered: ReadonlyMap<string, ImportMapping> = new Map(),
): Recognise {
  return (cells) => {
    const mapping = remembered.size > 0 && cells.length <= COLUMNS_MAX && remembered.get(headerSignature(cells));
    return (mapping && layHeader(cells, tables, mapping)) || recogniseHeader(cells, tables);
  };
}

/** Pure: what tells one header from another: its cells in their order, however they are spelled. */
export function headerSignature(cells: readonly Cell[]): string {
  const folded = cells.map((cell) => foldHeader(cellText(cell)));
  while (folded.at(-1) === "") folded.pop();
  return createHash("sha256").update(folded.join("\u001f")).digest("hex");
}

/** The header as a mapping lays it; null where the mapping knows a table or a column that this build does not. */
export function layHeader(
  cells: readonly Cell[],
  tables: readonly ImportTable[],
  mapping: ImportMapping,
): RecognisedHeader | null {
  const table = tables.find(({ name }) => name === mapping.table);
  if (!table) return null;
  const headers = cells.map((cell) => cellText(cell).trim());
  const places: RecognisedHeader["places"] = [];
  for (const [index, name] of mapping.columns.entries()) {
    if (name === null) continue;
    const column = table.columns.find((column) => column.name === name);
    if (!column) return null;
    places.push({ column, index, header: headers[index] || name });
  }
  return {
    table,
    places,
    headers,
    width: Math.max(widthOf(headers), mapping.columns.findLastIndex((name) => name !== null) + 1),
  };
}

/** Pure: the columns without which rows of the table cannot be told apart or would say something else. */
export function neededColumns(table: ImportTable): string[] {
  const required = table.columns.filter((column) => column.required).map(({ name }) => name);
  return [...new Set([...required, ...table.signature])];
}

/** Pure: what the table needs and the columns do not bring. */
export function missingColumns(table: ImportTable, columns: readonly (string | null)[]): string[] {
  return neededColumns(table).filter((name) => !columns.includes(name));
}

/** Pure: the spelling in which headers are compared: letters and digits only, lower case, ё as е, ² as 2. */
function foldHeader(header: string): string {
  return header
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("ё", "е")
    .replace(/[^\p{L}\p{N}]/gu, "");
}

/**
 * Finds the table whose signature the header carries; among several the one that knows most of its columns.
 * null: none, or two that know equally many. Throws `FileRefused` where two columns mean the same.
 */
export function recogniseHeader(cells: readonly Cell[], tables: readonly ImportTable[]): RecognisedHeader | null {
  if (cells.length > COLUMNS_MAX) throw new FileRefused("tooManyColumns", { line: 1, value: String(cells.length) });
  const headers = cells.map((cell) => cellText(cell).trim());
  const folded = headers.map(foldHeader);
  const matches = tables
    .map((table) => ({ table, places: placesOf(table, folded, headers) }))
    .filter(({ table, places }) => carriesSignature(table, new Set(places.map((place) => place.column.name))))
    .sort((a, b) => b.places.length - a.places.length);
  const best = matches[0];
  if (!best || matches[1]?.places.length === best.places.length) return null;
  const seen = new Set<string>();
  for (const { column, header } of best.places) {
    if (seen.has(column.name)) throw new FileRefused("ambiguousHeader", { line: 1, value: header });
    seen.add(column.name);
  }
  return { ...best, headers, width: widthOf(headers) };
}

function placesOf(table: ImportTable, folded: string[], headers: string[]): RecognisedHeader["places"] {
  const bySpelling = new Map(
    table.columns.flatMap((column) => column.headers.map((header) => [foldHeader(header), column] as const)),
  );
  return folded.flatMap((spelling, index) => {
    const column = bySpelling.get(spelling);
    return column ? [{ column, index, header: headers[index] ?? "" }] : [];
  });
}

function carriesSignature(table: ImportTable, names: Set<string>): boolean {
  return (
    table.signature.every((name) => names.has(name)) &&
    (table.signatureAny === undefined || table.signatureAny.some((name) => names.has(name)))
  );
}

/** Separators at the end of a line make no columns. */
function widthOf(headers: string[]): number {
  return headers.findLastIndex((header) => header !== "") + 1;
}
