import type { Cell } from "./cell.ts";
import type { RecognisedHeader } from "./recognise-header.ts";

/** One row below the header; `line` is where it begins in the file (in a workbook the row's number), from 1. */
export interface SheetRow {
  line: number;
  cells: readonly Cell[];
}

/** A file whose header was recognised and whose rows wait to be read, once. */
export interface FoundTable {
  header: RecognisedHeader;
  encoding: string;
  delimiter: string;
  /** What `onBytes` counts up to. */
  bytes: number;
  /** Blank rows are left out. `onBytes` hears how many of `bytes` are behind. */
  rows: (onBytes: (bytes: number) => void) => AsyncIterable<SheetRow>;
}
