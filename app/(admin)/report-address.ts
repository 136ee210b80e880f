import { createParser, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { RouterInputs } from "#/server/trpc/root.ts";

const day = createParser({
  parse: (text) => (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : null),
  serialize: String,
});

export const periods = ["month", "quarter", "year", "all"] as const;

/** What the reports are narrowed to, the same on every page of them: the address goes along from tile to page. */
export const reportAddress = {
  period: parseAsStringLiteral(periods).withDefault("year"),
  from: day,
  to: day,
  bank: parseAsStringLiteral(["left", "right"] as const),
  trade: parseAsString,
  manager: parseAsString,
};

export type ReportAddress = {
  [Name in keyof typeof reportAddress]: ReturnType<(typeof reportAddress)[Name]["parseServerSide"]>;
};
export type ReportScope = RouterInputs["reports"]["conversionByMonth"];

/** The same address as a report's input; what narrows nothing is left out, so that server and browser ask alike. */
export function scopeOf({ period, from, to, bank, trade, manager }: ReportAddress): ReportScope {
  return {
    period,
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    ...(bank ? { bank } : {}),
    ...(trade ? { trade } : {}),
    ...(manager ? { ofManager: manager } : {}),
  };
}

/** The scope that a page's address names. */
export function readScope(search: Record<string, string | string[] | undefined>): ReportScope {
  return scopeOf(
    Object.fromEntries(
      Object.entries(reportAddress).map(([name, parser]) => [name, parser.parseServerSide(search[name])]),
    ) as ReportAddress,
  );
}
