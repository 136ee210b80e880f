import { eq, inArray } from "drizzle-orm";
import { modelAliases, models } from "#/db/schema/index.ts";
import type { RankingModel } from "#/ml/rank.ts";
import type { ThresholdBasis } from "#/ml/training/choose-threshold.ts";
import type { Ctx } from "../context.ts";
import { swapsUpTo } from "./active-alias.ts";
import { openArtifact } from "./open-artifact.ts";
import { previouslyActive } from "./previously-active.ts";
import { atThreshold, inForce } from "./threshold-in-force.ts";

export interface ActiveModel {
  modelId: number;
  sha256: string;
  model: RankingModel;
  /** YYYY-MM-DD: it knows nothing dated later. */
  asOf: string;
  /** What the threshold that is in force rests on; `model` serves with it. */
  thresholdBasis: Record<string, unknown>;
}

const columns = {
  modelId: models.id,
  sha256: models.artifactSha256,
  asOf: models.asOf,
  ...inForce,
};

/**
 * The model that answers now. The alias and the threshold are read anew each time, so that a swap and a verdict act on the
 * next request in every process.
 * Where its file is broken: the last good one of those that were active before, and an error in the log.
 * null: no model was ever promoted, or none of them can be opened.
 */
export async function activeModel(ctx: Ctx): Promise<ActiveModel | null> {
  const [active] = await ctx.db
    .select({ ...columns, version: modelAliases.version })
    .from(modelAliases)
    .innerJoin(models, eq(models.id, modelAliases.modelId))
    .where(eq(modelAliases.name, "active"));
  if (!active) return null;
  const { version, ...row } = active;
  return (await opened(ctx, row)) ?? (await lastGood(ctx, row.modelId, version));
}

async function lastGood(ctx: Ctx, brokenId: number, version: number): Promise<ActiveModel | null> {
  const before = [...new Set(previouslyActive(await swapsUpTo(ctx, version)))].filter((id) => id !== brokenId);
  if (before.length === 0) return null;
  const rows = await ctx.db.select(columns).from(models).where(inArray(models.id, before));
  for (const modelId of before) {
    const row = rows.find((one) => one.modelId === modelId);
    const good = row && (await opened(ctx, row));
    if (good) return good;
  }
  return null;
}

async function opened(
  ctx: Ctx,
  { threshold, ...row }: Omit<ActiveModel, "model"> & { threshold: number },
): Promise<ActiveModel | null> {
  try {
    const model = await openArtifact(ctx.home, row.sha256);
    const basis = row.thresholdBasis as unknown as ThresholdBasis;
    return { ...row, model: atThreshold(model, { threshold, basis }) };
  } catch (error) {
    ctx.log.error(
      { err: error, modelId: row.modelId },
      "a promoted model cannot be opened: one before it answers, or the hand rules",
    );
    return null;
  }
}
