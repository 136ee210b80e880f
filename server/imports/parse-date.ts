import { type Cell, foldWord, type Reading, saysNothing } from "./cell.ts";

const dayMs = 86_400_000;

/** Days that may stand in a column, 'YYYY-MM-DD', both included. */
export interface DateBounds {
  earliest: string;
  latest: string;
}

/** Nothing in these records is older. */
const earliest = "1990-01-01";

/** For what has happened or is about to: at most a year ahead. `today` is 'YYYY-MM-DD'. */
export function eventDates(today: string): DateBounds {
  return { earliest, latest: plusYears(today, 1) };
}

/** For ends that are agreed in advance (a lease, a vacancy): at most fifty years ahead. */
export function plannedDates(today: string): DateBounds {
  return { earliest, latest: plusYears(today, 50) };
}

function plusYears(day: string, years: number): string {
  return `${String(Number(day.slice(0, 4)) + years).padStart(4, "0")}${day.slice(4)}`;
}

const russian = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:[ t,]+\d{1,2}:\d{2}(?::\d{2})?)?(?: ?г)?$/;
const iso =
  /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[ t]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?z| ?[+-]\d{2}:?\d{2})?)?$/;

/**
 * Reads a day: dd.mm.yyyy (also with / or -), yyyy-mm-dd, each with an optional time, which is cut off: the day is taken
 * as written. The day comes before the month; two-digit years are refused, for they say no century. A number in a sheet is Excel's
 * serial day. 'YYYY-MM-DD' out.
 */
export function parseDate(cell: Cell, bounds: DateBounds): Reading<string> {
  if (typeof cell === "boolean") return { refused: "notADate" };
  if (typeof cell === "number") return fromSerial(cell, bounds);
  if (cell instanceof Date)
    return Number.isNaN(cell.getTime()) ? { refused: "notADate" } : bounded(cell.toISOString().slice(0, 10), bounds);
  const text = foldWord(cell ?? "");
  if (saysNothing(text)) return { value: null };
  const dayFirst = russian.exec(text);
  if (dayFirst) return fromParts(dayFirst[3]!, dayFirst[2]!, dayFirst[1]!, bounds);
  const yearFirst = iso.exec(text);
  if (yearFirst) return fromParts(yearFirst[1]!, yearFirst[2]!, yearFirst[3]!, bounds);
  return { refused: "notADate" };
}

function fromParts(year: string, month: string, day: string, bounds: DateBounds): Reading<string> {
  const m = Number(month);
  const d = Number(day);
  const date = new Date(Date.UTC(Number(year), m - 1, d));
  // 31.02 would roll over into March.
  if (date.getUTCMonth() !== m - 1 || date.getUTCDate() !== d) return { refused: "notADate" };
  return bounded(`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`, bounds);
}

/** Excel counts days from 1899-12-30 (with its leap year of 1900 that never was, right from March 1900 on). */
export function excelSerialDay(serial: number): Date {
  return new Date(Math.round(serial * dayMs) + Date.UTC(1899, 11, 30));
}

function fromSerial(serial: number, bounds: DateBounds): Reading<string> {
  if (!(serial >= 61 && serial < 2_958_466)) return { refused: "notADate" };
  const reading = bounded(excelSerialDay(Math.floor(serial)).toISOString().slice(0, 10), bounds);
  return "value" in reading ? { ...reading, repaired: "excelSerialDate" } : reading;
}

function bounded(day: string, { earliest, latest }: DateBounds): Reading<string> {
  return day >= earliest && day <= latest ? { value: day } : { refused: "dateOutOfRange" };
}
