import { desc, eq, sql } from "drizzle-orm";
import { pilotLeads, pilots, pilotVerdicts } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import { authorize } from "../permissions.ts";
import { wilson } from "../share.ts";
import type { PilotVerdict } from "./count-verdict.ts";

/** Leads without loss of all weeks so far, this one included. */
export interface Cumulative {
  leads: number;
  lossless: number;
  /** Wilson 95 %. */
  low: number;
  high: number;
}

export interface PilotRow {
  pilotId: string;
  status: "open" | "decided" | "abandoned";
  /** YYYY-MM-DD, a Monday. */
  weekOn: string;
  modelId: number;
  openedAt: Date;
  abandonReason: string | null;
  /** Leads all of whose premises have an answer. */
  leadsDone: number;
  leads: number;
  verdict: Pick<PilotVerdict, "leads" | "lossless" | "low" | "high" | "passed" | "secondPassed"> | null;
  cumulative: Cumulative | null;
}

/** Verdicts with the count over all weeks up to each. */
export const withCumulative = (ctx: Ctx) => {
  const upTo = sql`over (order by ${pilotVerdicts.decidedAt}, ${pilotVerdicts.pilotId})`;
  const [lossless, leads] = [sql`sum(${pilotVerdicts.lossless}) ${upTo}`, sql`sum(${pilotVerdicts.leads}) ${upTo}`];
  return ctx.db
    .select({
      pilotId: pilotVerdicts.pilotId,
      leads: sql<number>`(${leads})::int`.as("all_leads"),
      lossless: sql<number>`(${lossless})::int`.as("all_lossless"),
      low: wilson("low", lossless, leads).as("all_low"),
      high: wilson("high", lossless, leads).as("all_high"),
    })
    .from(pilotVerdicts)
    .as("cumulative");
};

/** Every pilot there was, the given up ones among them, newest first. */
export async function listPilots(ctx: Ctx): Promise<PilotRow[]> {
  authorize(ctx, "pilot:read");
  const cumulative = withCumulative(ctx);
  const rows = await ctx.db
    .select({
      pilotId: pilots.id,
      status: pilots.status,
      weekOn: pilots.weekOn,
      modelId: pilots.modelId,
      openedAt: pilots.openedAt,
      abandonReason: pilots.abandonReason,
      leads: sql<number>`(select count(*)::int from ${pilotLeads} where ${pilotLeads.pilotId} = ${pilots.id})`,
      leadsDone: sql<number>`(select count(*)::int from ${pilotLeads} where ${pilotLeads.pilotId} = ${pilots.id}
        and not exists (select from pilot_cases c where c.pilot_id = ${pilotLeads.pilotId} and c.place = ${pilotLeads.place}
          and c.answer is null))`,
      verdict: {
        leads: pilotVerdicts.leads,
        lossless: pilotVerdicts.lossless,
        low: pilotVerdicts.low,
        high: pilotVerdicts.high,
        passed: pilotVerdicts.passed,
        secondPassed: pilotVerdicts.secondPassed,
      },
      cumulative: {
        leads: cumulative.leads,
        lossless: cumulative.lossless,
        low: cumulative.low,
        high: cumulative.high,
      },
    })
    .from(pilots)
    .leftJoin(pilotVerdicts, eq(pilotVerdicts.pilotId, pilots.id))
    .leftJoin(cumulative, eq(cumulative.pilotId, pilots.id))
    .orderBy(desc(pilots.openedAt), desc(pilots.id));
  return rows.map((row) => ({ ...row, cumulative: row.verdict && row.cumulative }));
}
