import { and, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk, dateOfDay, dayOfDate, pastDate } from "../days.ts";

const periods = ["month", "quarter", "year", "all"] as const;
/** So many days, today among them; whole weeks, so that every weekday counts alike. */
const daysOf = { month: 28, quarter: 91, year: 364 } as const;
/** Before any record of such a market. */
const EVER = "1990-01-01";

const name = z.string().trim().min(1).max(100);

/** What a report is narrowed to; every report takes these and no others, so that one address narrows every page alike. */
export const reportScopeInput = z.strictObject({
  period: z.enum(periods).default("year"),
  /** Own bounds, both inclusive, YYYY-MM-DD; they win over the period. */
  from: pastDate.optional(),
  to: pastDate.optional(),
  /** By the lead's wish. */
  bank: z.enum(["left", "right"]).optional(),
  /** One of the lead's trades. */
  trade: name.optional(),
  /** The manager whose the lead is. */
  ofManager: z.string().trim().min(1).max(64).optional(),
});

export type ReportScopeInput = z.input<typeof reportScopeInput>;

/** Days of a report, both inclusive, YYYY-MM-DD in Novosibirsk. */
export interface ReportSpan {
  fromOn: string;
  toOn: string;
}

/** The days that are asked for, seen from today. A span whose end lies before its beginning is empty. */
export function spanOf(ctx: Pick<Ctx, "now">, { period = "year", from, to }: ReportScopeInput): ReportSpan {
  const toOn = to ?? dateInNovosibirsk(ctx.now());
  const fromOn = from ?? (period === "all" ? EVER : dateOfDay(dayOfDate(toOn) - daysOf[period] + 1));
  return { fromOn, toOn };
}

/** Is this row of `leads`, or of a table that has its columns by the same names, named `l`, of the bank, trade and manager that are asked for? Days are another question. */
export function leadInScope({ bank, trade, ofManager }: ReportScopeInput): SQL {
  return (
    and(
      bank === undefined ? undefined : sql`l.bank = ${bank}`,
      trade === undefined ? undefined : sql`l.trades @> array[${trade}]::text[]`,
      ofManager === undefined ? undefined : sql`l.manager_id = ${ofManager}`,
    ) ?? sql`true`
  );
}

/**
 * For a row whose `column` names a known lead: is it of the bank, trade and manager that are asked for? Where nothing is asked
 * for, no lead is looked at; where the lead is known to have a row there, a narrow table is asked instead of `leads`.
 */
export function ofLeadInScope(
  column: SQL,
  scope: ReportScopeInput,
  table: "leads" | "lead_ways" | "standing_marks" = "leads",
): SQL {
  if (scope.bank === undefined && scope.trade === undefined && scope.ofManager === undefined) return sql`true`;
  const id = sql.identifier(table === "leads" ? "id" : "lead_id");
  return sql`exists (select from ${sql.identifier(table)} l where l.${id} = ${column} and ${leadInScope(scope)})`;
}

/** Did the row of `leads` named `l` come within the span? */
export function cameWithin({ fromOn, toOn }: ReportSpan): SQL {
  return sql`l.created_on between ${fromOn}::date and ${toOn}::date`;
}

/** The Monday of the week of a day since 1970. Plain numbers: `date_trunc` would make of each of so many days a moment and back. */
export function mondayOf(day: SQL): SQL {
  return sql`(date '1970-01-05' + (${day} - date '1970-01-05') / 7 * 7)`;
}
