import { sql } from "drizzle-orm";
import { z } from "zod";
import { leads } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk } from "../days.ts";
import { authorize } from "../permissions.ts";

/** Two-sided levels and powers that can be chosen, with their normal quantiles: of 1 − alpha / 2, and of the power. */
export const alphas = { "0.01": 2.5758293035489004, "0.05": 1.959963984540054, "0.1": 1.6448536269514722 } as const;
export const powers = { "0.8": 0.8416212335729143, "0.9": 1.2815515655446004 } as const;

/** As `RIPE_DAYS` of the conversion: what comes later counts nowhere. */
export const OUTCOME_DAYS = 90;

/** What is said before the first lead is drawn, and stands until the end. */
export const experimentPlanInput = z
  .strictObject({
    /** A deal with the lead; or that it became a tenant: a won deal or a paid lease. */
    outcome: z.enum(["deal", "tenant"]),
    /** 0..1, without the model. */
    baseShare: z.number().min(0.001).max(0.95),
    /** In shares: 0.02 is two percentage points. */
    minimalEffect: z.number().min(0.005).max(0.5),
    alpha: z.enum(["0.01", "0.05", "0.1"]),
    power: z.enum(["0.8", "0.9"]),
    weeksMax: z.number().int().min(1).max(156),
  })
  .refine(({ baseShare, minimalEffect }) => baseShare + minimalEffect < 1, {
    path: ["minimalEffect"],
    message: "baseShare + minimalEffect must stay below 1",
  });

export type ExperimentPlan = z.output<typeof experimentPlanInput>;

/**
 * Leads of one arm: the normal formula for two proportions, pooled under the null (Fleiss, Levin and Paik 2003, 4.14), rounded
 * up, without correction for continuity. Pure.
 */
export function leadsPerArm({
  baseShare,
  minimalEffect,
  alpha,
  power,
}: Omit<ExperimentPlan, "outcome" | "weeksMax">): number {
  const better = baseShare + minimalEffect;
  const mean = (baseShare + better) / 2;
  const underNull = alphas[alpha] * Math.sqrt(2 * mean * (1 - mean));
  const underEffect = powers[power] * Math.sqrt(baseShare * (1 - baseShare) + better * (1 - better));
  return Math.ceil(((underNull + underEffect) / minimalEffect) ** 2);
}

/** So many days back the present rate is taken from. */
const RATE_DAYS = 91;

export interface ExperimentForecast {
  leadsPerArm: number;
  /** Leads that came a week over the last 13 weeks, however many managers they have. */
  leadsPerWeek: number;
  /** Weeks until both arms are full at that rate; null: no leads come. The outcome's days follow. */
  weeks: number | null;
  outcomeDays: number;
}

/** What a plan would cost, before anybody starts it. */
export async function planExperiment(ctx: Ctx, plan: ExperimentPlan): Promise<ExperimentForecast> {
  authorize(ctx, "report:read");
  const perArm = leadsPerArm(plan);
  const perWeek = await leadsPerWeek(ctx);
  return {
    leadsPerArm: perArm,
    leadsPerWeek: perWeek,
    weeks: perWeek > 0 ? Math.ceil((2 * perArm) / perWeek) : null,
    outcomeDays: OUTCOME_DAYS,
  };
}

export async function leadsPerWeek(ctx: Ctx): Promise<number> {
  const today = dateInNovosibirsk(ctx.now());
  const [row] = await ctx.db.execute<{ came: number }>(sql`
    select count(*)::int as came from ${leads}
    where ${leads.createdOn} > ${today}::date - ${RATE_DAYS}::int and ${leads.createdOn} <= ${today}::date`);
  return row!.came / (RATE_DAYS / 7);
}
