import type { Cell, Reading, RepairCode } from "./cell.ts";
import type { RefusalReason } from "./refusals.ts";

/** What a column's value is once read; `undefined` in a row: the file has no such column. */
export type Value = string | number | boolean | string[] | null;

/** A row as read, by database column. */
export type Row = Record<string, Value | undefined>;

/** One column of an export: how its header may be spelled and how its cells are read. */
export interface Column {
  /** The database column it goes to. */
  name: string;
  sqlType: string;
  /** Spellings of the header, Russian and English; case, blanks, signs and ё do not matter. */
  headers: readonly string[];
  read: (cell: Cell) => Reading<Value>;
  /** An empty or unreadable cell refuses the row. */
  required?: true;
  /** Empty is fine, but an unreadable cell refuses the row: here missing has a meaning ("still free", "still active"). */
  strict?: true;
  /** For two-sided wishes: the column of the other bound, and the reader of "от 50", "50-80". */
  bound?: { side: "from" | "to"; other: string };
}

/** What a table's own check of a whole row may say. */
export interface RowNotes {
  repaired(code: RepairCode): void;
  refuseValue(column: string, reason: RefusalReason): void;
}

/** An export that we know: its columns, its key, and how its rows are put together. */
export interface ImportTable {
  name: TableName;
  columns: readonly Column[];
  /** Columns of the external id; an import of the same key changes the row. */
  key: readonly string[];
  /** The header must name these, and one of `signatureAny` where given. */
  signature: readonly string[];
  signatureAny?: readonly string[];
  /** Looks at a row whose cells are read: puts from and to in order, fills a name. May change the row. */
  finish?: (row: Row, notes: RowNotes) => void;
}

/** In the order in which they are taken: whoever is named comes first. */
export const tableOrder = ["managers", "districts", "premises", "vacancies", "leads", "deals", "leases"] as const;
export type TableName = (typeof tableOrder)[number];
