import { createHash } from "node:crypto";
import { and, asc, eq, gt } from "drizzle-orm";
import { z } from "zod";
import { models, modelThresholds, pilotCases, pilotLeads, pilots } from "#/db/schema/index.ts";
import { lowestToKeep, type ReviewedLead, thresholdFromReviews } from "#/ml/training/threshold-from-reviews.ts";
import { audit } from "../audit.ts";
import { actorName, type Ctx, inTransaction } from "../context.ts";
import { dayOfDate } from "../days.ts";
import { invariant } from "../errors.ts";
import { leadFactsFromJson } from "../matching/facts-from-rows.ts";
import { openMarket } from "../matching/market-timeline.ts";
import { authorize } from "../permissions.ts";
import { findModel } from "./find-model.ts";
import { openArtifact } from "./open-artifact.ts";
import { latestThreshold, thresholdInForce } from "./threshold-in-force.ts";

export const recalibrateThresholdInput = z.strictObject({ modelId: z.number().int().positive() });

export interface Recalibration {
  modelId: number;
  /** Reviewed leads that told something. */
  reviewed: number;
  changed: boolean;
  /** In force afterwards. */
  threshold: number;
}

/**
 * Moves a model's threshold to what all reviewed leads of later than its own last day promise; the next request serves with it, in
 * every process. Before there are enough of them the threshold stands. The same reviews change nothing.
 */
export async function recalibrateThreshold(
  ctx: Ctx,
  { modelId }: z.infer<typeof recalibrateThresholdInput>,
): Promise<Recalibration> {
  authorize(ctx, "model:calibrate");
  const row = await findModel(ctx, modelId);
  const inForce = await thresholdInForce(ctx.db, modelId);
  invariant(inForce, "a model that was found has a threshold");
  const leads = await scoredLeads(ctx, row);
  const told = leads.flatMap((lead) => lowestToKeep(lead) ?? []);
  const found = thresholdFromReviews(leads, inForce.basis.alpha);
  const stands = { modelId, reviewed: told.length, changed: false, threshold: inForce.threshold };
  if (!found) return stands;
  const reviewsSha256 = createHash("sha256").update(JSON.stringify(told)).digest("hex");
  return inTransaction(ctx, async (ctx) => {
    await ctx.db.select({ id: models.id }).from(models).where(eq(models.id, modelId)).for("update");
    if ((await latestThreshold(ctx.db, modelId))?.reviewsSha256 === reviewsSha256) return stands;
    await ctx.db.insert(modelThresholds).values({
      ...{ modelId, threshold: found.threshold, basis: { ...found.basis }, reviewsSha256 },
      at: ctx.now(),
      by: actorName(ctx.actor),
    });
    const from = { threshold: inForce.threshold, ...inForce.basis };
    await audit(ctx, "model:calibrate", `model:${modelId}`, {
      from,
      to: { threshold: found.threshold, ...found.basis },
    });
    return { ...stands, changed: true, threshold: found.threshold };
  });
}

/** The reviewed leads of decided pilots that the model cannot have learned from, scored by it. */
async function scoredLeads(
  ctx: Ctx,
  model: { id: number; artifactSha256: string; asOf: string },
): Promise<ReviewedLead[]> {
  const rows = await ctx.db
    .select({
      pilotId: pilotLeads.pilotId,
      place: pilotLeads.place,
      asOf: pilotLeads.asOf,
      managerId: pilotLeads.managerId,
      leadFacts: pilotLeads.leadFacts,
    })
    .from(pilotLeads)
    .innerJoin(pilots, and(eq(pilots.id, pilotLeads.pilotId), eq(pilots.status, "decided")))
    .where(gt(pilotLeads.asOf, model.asOf))
    .orderBy(asc(pilotLeads.asOf), asc(pilotLeads.leadId));
  if (rows.length === 0) return [];
  const [market, opened] = [await openMarket(ctx), await openArtifact(ctx.home, model.artifactSha256)];
  const scored: ReviewedLead[] = [];
  for (const { pilotId, place, asOf, managerId, leadFacts } of rows) {
    const cases = await ctx.db
      .select({ premisesId: pilotCases.premisesId, answer: pilotCases.answer })
      .from(pilotCases)
      .where(and(eq(pilotCases.pilotId, pilotId), eq(pilotCases.place, place)));
    const suitabilities = await opened.suitabilities(market.timeline, {
      lead: leadFactsFromJson(leadFacts),
      ...{ managerId, asOfDay: dayOfDate(asOf) },
    });
    const idsOf = (suits: boolean) =>
      new Set(cases.filter(({ answer }) => (answer === "suitable") === suits).map(({ premisesId }) => premisesId));
    scored.push({ suitabilities, suitable: idsOf(true), unsuitable: idsOf(false) });
  }
  return scored;
}
