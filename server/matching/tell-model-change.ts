import { and, eq, gt, isNotNull } from "drizzle-orm";
import { z } from "zod";
import { modelPromotions, models, userPreferences, users } from "#/db/schema/index.ts";
import type { RankingModel } from "#/ml/rank.ts";
import type { ThresholdBasis } from "#/ml/training/choose-threshold.ts";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk, dayOfDate } from "../days.ts";
import { armOfLead } from "../experiments/arm-of-lead.ts";
import { crmId, getLead, type LeadCard } from "../leads/get-lead.ts";
import { type ActiveAlias, readActiveAlias } from "../models/active-alias.ts";
import { openArtifact } from "../models/open-artifact.ts";
import { atThreshold, inForce } from "../models/threshold-in-force.ts";
import { authorize } from "../permissions.ts";
import { leadFacts } from "./facts-from-rows.ts";
import { openMarket } from "./market-timeline.ts";

export const tellModelChangeInput = z.strictObject({ leadId: crmId });

export interface ModelChange {
  fromModelId: number;
  toModelId: number;
  /**
   * Premises of today on which the two models disagree for this lead, each by itself, without anybody's taste: those that
   * the new one keeps, and those that it removes. null: one of the two cannot be opened, so that nobody can say.
   */
  verdicts: { kept: string[]; removed: string[] } | null;
}

/** What the asker has not been told yet: another model answers than the one he knew. null: nothing new. */
export async function tellModelChange(
  ctx: Ctx,
  { leadId }: z.infer<typeof tellModelChangeInput>,
): Promise<ModelChange | null> {
  authorize(ctx, "match:run");
  const lead = await getLead(ctx, { leadId });
  // Of a lead that is compared without the model, nothing that a model says is told.
  if ((await armOfLead(ctx, leadId)) === "rules") return null;
  const alias = await readActiveAlias(ctx);
  const fromModelId = alias && (await knownBefore(ctx, alias));
  if (!alias || fromModelId === null || fromModelId === alias.modelId) return null;
  const [from, to] = [await opened(ctx, fromModelId), await opened(ctx, alias.modelId)];
  const verdicts = from && to ? await disagreement(ctx, lead, from, to) : null;
  return { fromModelId, toModelId: alias.modelId, verdicts };
}

/** The model of which he was told last; else the one before the latest swap, where he was here when that happened. */
async function knownBefore(ctx: Ctx, alias: ActiveAlias): Promise<number | null> {
  const { actor } = ctx;
  if (actor.kind !== "user") return null;
  const [said] = await ctx.db
    .select({ modelId: userPreferences.seenModelId })
    .from(userPreferences)
    .where(and(eq(userPreferences.userId, actor.userId), isNotNull(userPreferences.seenModelId)));
  if (said) return said.modelId;
  const [swap] = await ctx.db
    .select({ modelId: modelPromotions.fromModelId })
    .from(modelPromotions)
    .innerJoin(users, and(eq(users.id, actor.userId), gt(modelPromotions.at, users.createdAt)))
    .where(eq(modelPromotions.aliasVersion, alias.version));
  return swap?.modelId ?? null;
}

/** A model as it serves; null, and the log says why: it cannot be opened. */
async function opened(ctx: Ctx, modelId: number): Promise<RankingModel | null> {
  const [row] = await ctx.db
    .select({ sha256: models.artifactSha256, ...inForce })
    .from(models)
    .where(eq(models.id, modelId));
  if (!row) return null;
  try {
    const model = await openArtifact(ctx.home, row.sha256);
    return atThreshold(model, { threshold: row.threshold, basis: row.thresholdBasis as unknown as ThresholdBasis });
  } catch (error) {
    ctx.log.warn({ err: error, modelId }, "a model cannot be opened: what it would have said is not told");
    return null;
  }
}

async function disagreement(ctx: Ctx, lead: LeadCard, from: RankingModel, to: RankingModel) {
  const { timeline } = await openMarket(ctx);
  const request = {
    lead: leadFacts(lead.leadId, dayOfDate(lead.createdOn), lead),
    managerId: lead.managerId,
    asOfDay: dayOfDate(dateInNovosibirsk(ctx.now())),
  };
  const before = await from.suitabilities(timeline, request);
  const kept: string[] = [];
  const removed: string[] = [];
  for (const [premisesId, suitability] of await to.suitabilities(timeline, request)) {
    const was = (before.get(premisesId) ?? 0) >= from.threshold;
    const is = suitability >= to.threshold;
    if (was !== is) (is ? kept : removed).push(premisesId);
  }
  return { kept, removed };
}
