import { type Cell, cellText, type Reading, type RepairCode } from "./cell.ts";
import { parseAmount } from "./parse-number.ts";
import type { RecognisedHeader } from "./recognise-header.ts";
import type { Refusal, RefusalReason } from "./refusals.ts";
import type { Row, RowNotes, Value } from "./table.ts";

/** Where a reader of rows reports what it met. */
export interface RowSink {
  refused(refusal: Refusal): void;
  repaired(code: RepairCode): void;
}

/** Readings that are remembered per column: wishes, dates and names repeat a thousandfold. */
const REMEMBERED_MAX = 20_000;
/** Of a refused value so much is kept for the report. */
const SHOWN_LENGTH_MAX = 200;

/** Builds the reader of a file's rows; it answers null where the row is refused. Blank rows are the caller's to skip. */
export function rowReader(
  header: RecognisedHeader,
  sink: RowSink,
): (cells: readonly Cell[], line: number) => Row | null {
  const { table, places, width } = header;
  const headerOf = new Map(places.map((place) => [place.column.name, place.header]));
  const columns = places.map((place) => ({ ...place, read: remembering(place.column.read) }));
  const bounds = places.flatMap(({ column, index }) => (column.bound ? [{ column, index, bound: column.bound }] : []));

  return (cells, line) => {
    const refuse = (severity: "row" | "value", reason: RefusalReason, column: string | null, cell: Cell) =>
      sink.refused({
        severity,
        line,
        column: column === null ? null : (headerOf.get(column) ?? column),
        value: column === null ? null : shown(cell),
        reason,
      });

    if (cells.length !== width && (cells.length < width || cells.slice(width).some((cell) => cellText(cell) !== ""))) {
      refuse("row", "cellCount", null, null);
      return null;
    }
    if (cells.some((cell) => typeof cell === "string" && cell.includes("\0"))) {
      const place = places.find(({ index }) => cellText(cells[index] ?? null).includes("\0"));
      refuse("row", "nulByte", place?.column.name ?? null, place ? (cells[place.index] ?? null) : null);
      return null;
    }

    const row: Row = {};
    for (const { column, index, read } of columns) {
      const cell = cells[index] ?? null;
      const reading = read(cell);
      if ("refused" in reading) {
        if (column.bound && isTwoSided(cell)) {
          row[column.name] = null;
          continue;
        }
        const severity = column.required || column.strict ? "row" : "value";
        refuse(severity, reading.refused, column.name, cell);
        if (severity === "row") return null;
        row[column.name] = empty(column.sqlType);
      } else if (reading.value === null && column.required) {
        refuse("row", "missing", column.name, cell);
        return null;
      } else {
        row[column.name] = reading.value;
        if (reading.repaired) sink.repaired(reading.repaired);
      }
    }

    const notes: RowNotes = {
      repaired: (code) => sink.repaired(code),
      refuseValue: (column, reason) =>
        refuse(
          "value",
          reason,
          column,
          cells[places.find((place) => place.column.name === column)?.index ?? -1] ?? null,
        ),
    };
    for (const { column, index, bound } of bounds)
      placeBounds(row, column.name, bound, cells[index] ?? null, column.read, notes);
    table.finish?.(row, notes);
    return row;
  };
}

/** Does the cell hold "50-80" or the like, which one number's reader cannot take? */
function isTwoSided(cell: Cell): boolean {
  if (typeof cell !== "string") return false;
  const amount = parseAmount(cell, "area");
  return amount !== null && amount !== "unreadable" && "from" in amount && "to" in amount;
}

/**
 * Puts "50-80" into both bounds and "до 80" from the column of the lower bound into that of the upper one, where that is
 * empty or says the same; a contradiction refuses the value.
 */
function placeBounds(
  row: Row,
  name: string,
  bound: { side: "from" | "to"; other: string },
  cell: Cell,
  read: (cell: Cell) => Reading<Value>,
  notes: RowNotes,
): void {
  if (typeof cell !== "string" || !/[^\d\s.,]/.test(cell)) return;
  const amount = parseAmount(cell, "area");
  if (amount === null || amount === "unreadable" || "value" in amount) return;
  const otherSide = bound.side === "from" ? "to" : "from";
  const own = amount[bound.side];
  const other = amount[otherSide];
  if (other === undefined) return;

  row[name] = null;
  const readings = [own, other].map((value) => (value === undefined ? { value: null } : read(value)));
  const [ownReading, otherReading] = readings as [Reading<Value>, Reading<Value>];
  if ("refused" in ownReading || "refused" in otherReading) {
    notes.refuseValue(name, "outOfRange");
    return;
  }
  const there = row[bound.other];
  if (there !== null && there !== undefined && there !== otherReading.value) {
    notes.refuseValue(name, "boundsDisagree");
    return;
  }
  if (there === undefined) {
    // The file has no column for the other bound: half of the wish would be lost in silence.
    notes.refuseValue(name, "boundsDisagree");
    return;
  }
  row[name] = ownReading.value;
  row[bound.other] = otherReading.value;
  notes.repaired(own === undefined ? "boundMoved" : "rangeSplit");
}

function remembering(read: (cell: Cell) => Reading<Value>): (cell: Cell) => Reading<Value> {
  const readings = new Map<string, Reading<Value>>();
  return (cell) => {
    if (typeof cell !== "string") return read(cell);
    const known = readings.get(cell);
    if (known) return known;
    if (readings.size >= REMEMBERED_MAX) return read(cell);
    // A copy: a cell may be a slice of a chunk of the file, which it would keep in memory for as long as it is remembered.
    const own = Buffer.from(cell, "utf16le").toString("utf16le");
    const reading = read(own);
    readings.set(own, reading);
    return reading;
  };
}

function empty(sqlType: string): Value {
  return sqlType.endsWith("[]") ? [] : null;
}

function shown(cell: Cell): string {
  const text = cellText(cell).replaceAll("\0", "\u2400");
  return text.length > SHOWN_LENGTH_MAX ? `${text.slice(0, SHOWN_LENGTH_MAX)}…` : text;
}
