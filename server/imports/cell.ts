import type { RefusalReason } from "./refusals.ts";

/** What stands in a cell: text in a CSV file; a sheet knows numbers, dates (UTC) and yes-or-no. null: nothing. */
export type Cell = string | number | boolean | Date | null;

/** Put right by a stated rule; counted in the file's report under this code. */
export type RepairCode = "fromToSwapped" | "rangeSplit" | "boundMoved" | "idCleaned" | "nameFromId" | "excelSerialDate";

/** A cell as read: a value, null where it is empty, or why it cannot be read. */
export type Reading<T> = { value: T | null; repaired?: RepairCode } | { refused: RefusalReason };

const nothing = new Set([
  "",
  "-",
  "–",
  "—",
  "n/a",
  "н/д",
  "нет данных",
  "не указано",
  "не указан",
  "не указана",
  "null",
]);

/** Any blank that exports put between digits or around words: also U+00A0, U+2007, U+2009, U+202F. */
const blanks = /[\s\u00a0\u2007\u2009\u202f\ufeff]+/gu;

/** Pure: one space for any run of blanks, none at the ends. */
export function squeeze(text: string): string {
  return text.replace(blanks, " ").trim();
}

/** Pure: the spelling in which words of a file are compared: squeezed, lower case, ё as е, no full stop at the end. */
export function foldWord(text: string): string {
  return squeeze(text).toLowerCase().replaceAll("ё", "е").replace(/\.$/, "");
}

/** Pure: does the cell say that nothing is known? Blank, a dash, "н/д", "не указано" and their like. "нет" is an answer. */
export function saysNothing(folded: string): boolean {
  return nothing.has(folded);
}

/** Pure: the cell as a person would have seen it, for parsers of text and for the report. */
export function cellText(cell: Cell): string {
  if (cell === null) return "";
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? "Invalid Date" : cell.toISOString().slice(0, 10);
  return String(cell);
}
