import { type Cell, cellText } from "./cell.ts";
import { COLUMNS_MAX } from "./limits.ts";
import { FileRefused } from "./refusals.ts";
import type { Column, ImportTable } from "./table.ts";

/** Which table a file is, and where its columns stand. */
export interface RecognisedHeader {
  table: ImportTable;
  /** Known columns with their place in a row and the header as the file spells it. Others are not read. */
  places: { column: Column; index: number; header: string }[];
  /** Cells in a row, unknown columns included. */
  width: number;
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
  return { ...best, width: widthOf(headers) };
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
