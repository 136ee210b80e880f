import { createParser, parseAsArrayOf, parseAsBoolean, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { boardOrders } from "./split-board.ts";

/** `2026-09-10` of `?asOf=`; undefined for today and for what is no day. */
export function readAsOf(value: string | string[] | undefined): string | undefined {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return undefined;
  const day = new Date(`${value}T00:00:00Z`);
  return Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== value ? undefined : value;
}

/** What the board keeps in its address, so that a link and the back button show the same view. */
export const boardAddress = {
  asOf: createParser({ parse: (text) => readAsOf(text) ?? null, serialize: String }),
  /** The group of removals that is shown alone. */
  why: parseAsString,
  order: parseAsStringLiteral(boardOrders).withDefault("model"),
  /** The premises whose details are open. */
  open: parseAsString,
  /** Which column a narrow screen shows. */
  side: parseAsStringLiteral(["keep", "remove"] as const).withDefault("keep"),
  /** The premises that are ticked, while they are few. */
  picked: parseAsArrayOf(parseAsString).withDefault([]),
  /** The premises that stand side by side. */
  compare: parseAsArrayOf(parseAsString).withDefault([]),
  map: parseAsBoolean.withDefault(false),
};
