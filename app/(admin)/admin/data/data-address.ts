import { parseAsString, parseAsStringLiteral } from "nuqs/server";

export const fields = ["area", "budget", "bank", "districts", "trades", "network_size", "brand"] as const;

export const layouts = ["fields", "managers", "managersByMonth"] as const;

/** What the page shows beside its scope: how the table of wishes is laid, and whose rows are open. */
export const dataAddress = {
  rows: parseAsStringLiteral(layouts).withDefault("fields"),
  field: parseAsStringLiteral(fields).withDefault("area"),
  /** The check whose rows are open. */
  check: parseAsString,
  /** The wish whose empty leads are open; of one column and one manager where those are named. */
  empty: parseAsStringLiteral(fields),
  column: parseAsString,
  /** "-" stands for leads that nobody has. */
  row: parseAsString,
};

export const closed = { check: null, empty: null, column: null, row: null } as const;
