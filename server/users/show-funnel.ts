import { sql } from "drizzle-orm";
import { z } from "zod";
import { deals, leads, leases, matchRuns } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk } from "../days.ts";
import { authorize } from "../permissions.ts";

const spans = ["month", "quarter", "year"] as const;
export const showFunnelInput = z.strictObject({ span: z.enum(spans) });

/** How far one's own leads of a span have come: each number counts leads, those that came in the span. */
export interface Funnel {
  /** First day of the span, YYYY-MM-DD; the last is today. */
  from: string;
  to: string;
  /** Leads that came to this manager. */
  leads: number;
  /** Of them: a board was opened for or by him. */
  opened: number;
  /** Of them: at least one premises was offered. */
  offered: number;
  /** Of them: at least one offer was won. */
  won: number;
  /** Of them: a lease was signed, with a recorded deal or without. */
  leased: number;
}

/** One's own funnel of the calendar month, quarter or year that runs; null for whoever is no manager of the CRM. */
export async function showFunnel(ctx: Ctx, { span }: z.infer<typeof showFunnelInput>): Promise<Funnel | null> {
  authorize(ctx, "account:keep");
  const managerId = ctx.actor.kind === "user" ? ctx.actor.managerId : null;
  if (managerId === null) return null;
  const to = dateInNovosibirsk(ctx.now());
  const from = firstDayOf(span, to);
  const [row] = await ctx.db.execute<Omit<Funnel, "from" | "to"> & Record<string, unknown>>(sql`
    select count(*)::int as leads,
      count(*) filter (where exists (
        select from ${matchRuns} r where r.lead_id = l.id and r.manager_id = ${managerId}))::int as opened,
      count(*) filter (where exists (select from ${deals} d where d.lead_id = l.id))::int as offered,
      count(*) filter (where exists (select from ${deals} d where d.lead_id = l.id and d.stage = 'won'))::int as won,
      count(*) filter (where exists (select from ${leases} s where s.lead_id = l.id))::int as leased
    from ${leads} l
    where l.manager_id = ${managerId} and l.created_on between ${from}::date and ${to}::date`);
  const { leads: came, opened, offered, won, leased } = row!;
  return { from, to, leads: came, opened, offered, won, leased };
}

/** Pure: the first day of the calendar span in which `today` (YYYY-MM-DD) lies. */
export function firstDayOf(span: (typeof spans)[number], today: string): string {
  const year = today.slice(0, 4);
  const month = Number(today.slice(5, 7));
  const first = { month, quarter: month - ((month - 1) % 3), year: 1 }[span];
  return `${year}-${String(first).padStart(2, "0")}-01`;
}
