import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { matchRuns } from "#/db/schema/matching.ts";
import { wordRemedy } from "#/ml/explain/word-reason.ts";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk, dayOfDate } from "../days.ts";
import { crmId, getLead } from "../leads/get-lead.ts";
import { activeModel } from "../models/active-model.ts";
import { atThreshold } from "../models/threshold-in-force.ts";
import { authorize } from "../permissions.ts";
import { managerTaste } from "../personalization/manager-taste.ts";
import { leadFactsFromJson, valueOrNull } from "./facts-from-rows.ts";
import { openMarket } from "./market-timeline.ts";

export const weighPremisesInput = z.strictObject({
  leadId: crmId,
  /** The board on which the premises stands. */
  runId: z.uuid(),
  premisesId: crmId,
});

export interface PremisesWeighing {
  price: {
    askingRubMonth: number | null;
    /** The rent with the highest expected income among those that were seen; null: nothing to advise. */
    bestRubMonth: number | null;
    /** By rising rent; empty where nothing is asked. `beyondSeen`: nobody has paid so much or so little, the figure is a guess. */
    curve: { rentRubMonth: number; probability: number; beyondSeen: boolean }[];
  };
  /** null: kept, or no single change would keep it. */
  remedy: string | null;
}

/**
 * What a model says of one premises of a board beyond its verdict: the chance of a deal at other rents, and what would have
 * to change for it to be kept. Seen with the very lead, manager and day of that board. null where there is nothing to say:
 * the board is another lead's, the hand rules or another model made it, or the premises was not on it.
 */
export async function weighPremises(
  ctx: Ctx,
  { leadId, runId, premisesId }: z.infer<typeof weighPremisesInput>,
): Promise<PremisesWeighing | null> {
  authorize(ctx, "match:run");
  await getLead(ctx, { leadId });
  const [run] = await ctx.db
    .select({
      leadFacts: matchRuns.leadFacts,
      managerId: matchRuns.managerId,
      modelId: matchRuns.modelId,
      asOf: matchRuns.asOf,
      threshold: matchRuns.threshold,
    })
    .from(matchRuns)
    .where(and(eq(matchRuns.id, runId), eq(matchRuns.leadId, leadId)));
  const [market, active] = await Promise.all([openMarket(ctx), activeModel(ctx)]);
  if (!run || !active || run.modelId !== active.modelId) return null;
  const { managerId, asOf, threshold } = run;
  // A verdict may have moved the threshold since: what would keep a premises is said by the board's own.
  const model = atThreshold(active.model, { threshold, basis: active.model.thresholdBasis });
  const ownTaste = managerId !== null && asOf === dateInNovosibirsk(ctx.now());
  const ranking = await model.rank(market.timeline, {
    lead: leadFactsFromJson(run.leadFacts),
    managerId,
    asOfDay: dayOfDate(asOf),
    taste: ownTaste ? await managerTaste(ctx, managerId, { market, active: { ...active, model } }) : null,
  });
  const ranked = ranking.premises.find((one) => one.premisesId === premisesId);
  if (!ranked) return null;
  const { askingRubMonth, bestRubMonth, curve } = ranked.price;
  return {
    price: { askingRubMonth: valueOrNull(askingRubMonth), bestRubMonth: valueOrNull(bestRubMonth), curve },
    remedy: ranked.remedy && wordRemedy(ranked.remedy, ctx.locale),
  };
}
