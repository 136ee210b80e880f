import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { wishBits } from "#/db/schema/leads.ts";
import type { Ctx } from "../../context.ts";
import { dayOfDate } from "../../days.ts";
import type { LeadField } from "../../leads/read-answer.ts";
import { authorize } from "../../permissions.ts";
import { cameWithin, leadInScope, type ReportSpan, reportScopeInput, spanOf } from "../report-scope.ts";

export const leadFields = Object.keys(wishBits) as LeadField[];

export const fillRateInput = reportScopeInput.extend({
  /** Rows of the table: the wishes by month; managers by wish; or, for one wish, managers by month. */
  rows: z.enum(["fields", "managers", "managersByMonth"]).default("fields"),
  /** The wish of `managersByMonth`. */
  field: z.enum(leadFields as [LeadField, ...LeadField[]]).default("area"),
});

/** Leads with the wish filled ÷ leads that came. */
export interface FillCell {
  row: string;
  column: string;
  filled: number;
  of: number;
}

export interface FillRate {
  /** Fields, or managers' ids; "" stands for leads that nobody has. Managers with the most leads first, at most `MANAGERS_MAX`. */
  rows: { key: string; name: string | null }[];
  /** Fields; or first days of months, YYYY-MM-DD, of years where the span is longer than `MONTHS_SPAN_DAYS`. */
  columns: string[];
  step: "month" | "year" | "field";
  cells: FillCell[];
  /** Of all leads asked for, whatever their month and manager. */
  whole: { field: LeadField; filled: number; of: number }[];
  /** Managers that are not shown because others have more leads. */
  more: number;
}

/** Longer spans are shown by years: a table of a hundred months reads nobody. */
const MONTHS_SPAN_DAYS = 400;
const MANAGERS_MAX = 40;

/**
 * How many of the leads that came have each wish filled, an answer given on being asked included. Counted as the leads are now:
 * a wish filled later counts in the month in which the lead came.
 */
export async function fillRate(ctx: Ctx, input: z.output<typeof fillRateInput>): Promise<FillRate> {
  authorize(ctx, "report:read");
  const span = spanOf(ctx, input);
  const step = stepOf(span);
  const groups = await countFilled(ctx, input, span, {
    manager: input.rows !== "fields",
    month: input.rows === "managers" ? null : step,
  });
  const total = leadFields.map((field) => ({
    field,
    filled: sum(groups, (one) => one.filled[field]),
    of: sum(groups, (one) => one.of),
  }));
  if (input.rows === "fields") {
    return {
      rows: leadFields.map((key) => ({ key, name: null })),
      columns: columnsOf(groups),
      step,
      cells: groups.flatMap(({ month, of, filled }) =>
        leadFields.map((field) => ({ row: field, column: month, filled: filled[field], of })),
      ),
      whole: total,
      more: 0,
    };
  }
  const byManager = Map.groupBy(groups, ({ manager }) => manager);
  const ranked = [...byManager]
    .map(([key, own]) => ({ key, of: sum(own, (one) => one.of) }))
    .toSorted((a, b) => b.of - a.of || (a.key < b.key ? -1 : 1));
  const shown = ranked.slice(0, MANAGERS_MAX).map(({ key }) => key);
  const names = await namesOf(ctx, shown);
  const own = shown.flatMap((key) => byManager.get(key)!);
  return {
    rows: shown.map((key) => ({ key, name: names.get(key) ?? null })),
    columns: input.rows === "managers" ? leadFields : columnsOf(own),
    step: input.rows === "managers" ? "field" : step,
    cells: own.flatMap(({ manager, month, of, filled }) =>
      input.rows === "managers"
        ? leadFields.map((field) => ({ row: manager, column: field, filled: filled[field], of }))
        : [{ row: manager, column: month, filled: filled[input.field], of }],
    ),
    whole: total,
    more: ranked.length - shown.length,
  };
}

interface Group {
  manager: string;
  month: string;
  of: number;
  filled: Record<LeadField, number>;
}

/** Leads that came in the span, and those of them with each wish filled, by manager and month as asked. */
async function countFilled(
  ctx: Ctx,
  scope: z.output<typeof reportScopeInput>,
  span: ReportSpan,
  by: { manager: boolean; month: "month" | "year" | null },
): Promise<Group[]> {
  // Days first, as the index brings them: to find the month of each of a million leads takes longer than to count them.
  const manager = by.manager ? sql`coalesce(l.manager_id, '')` : sql`''::text`;
  const day = by.month === null ? sql`null::date` : sql`l.created_on`;
  const part = (field: LeadField) => sql.identifier(`filled_${field}`);
  const counts = leadFields.map(
    (field) => sql`count(*) filter (where l.wishes_filled & ${bit(field)} > 0) as ${part(field)}`,
  );
  const sums = leadFields.map((field) => sql`${field}::text, sum(${part(field)})`);
  const month = sql`coalesce(date_trunc(${by.month ?? "month"}, day::timestamp)::date::text, '')`;
  return ctx.db.execute<Record<string, unknown> & Group>(sql`
    with days as (
      select ${day} as day, ${manager} as manager, count(*) as of, ${sql.join(counts, sql`, `)}
      from leads l where ${cameWithin(span)} and ${leadInScope(scope)} group by 1, 2
    )
    select manager, ${month} as month, sum(of)::int as of, json_build_object(${sql.join(sums, sql`, `)}) as filled
    from days group by 1, 2 order by 2, 1`);
}

function bit(field: LeadField): SQL {
  return sql.raw(String(wishBits[field]));
}

function stepOf({ fromOn, toOn }: ReportSpan): "month" | "year" {
  return dayOfDate(toOn) - dayOfDate(fromOn) > MONTHS_SPAN_DAYS ? "year" : "month";
}

function columnsOf(groups: readonly Group[]): string[] {
  return [...new Set(groups.map(({ month }) => month))].toSorted();
}

function sum(groups: readonly Group[], of: (group: Group) => number): number {
  return groups.reduce((all, group) => all + of(group), 0);
}

async function namesOf(ctx: Ctx, ids: string[]): Promise<Map<string, string>> {
  const rows = await ctx.db.execute<{ id: string; name: string }>(
    sql`select id, name from managers where id = any(${sql.param(ids)}::text[])`,
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
