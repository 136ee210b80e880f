import { eq, inArray } from "drizzle-orm";
import { modelAliases, models } from "#/db/schema/index.ts";
import type { RankingModel } from "#/ml/rank.ts";
import type { Ctx } from "../context.ts";
import { swapsUpTo } from "./active-alias.ts";
import { openArtifact } from "./open-artifact.ts";
import { previouslyActive } from "./previously-active.ts";

export interface ActiveModel {
  modelId: number;
  sha256: string;
  model: RankingModel;
  /** YYYY-MM-DD: it knows nothing dated later. */
  asOf: string;
  thresholdBasis: Record<string, unknown>;
}

const columns = {
  modelId: models.id,
  sha256: models.artifactSha256,
  asOf: models.asOf,
  thresholdBasis: models.thresholdBasis,
};

/**
 * The model that answers now. The alias is read anew each time, so that a swap acts on the next request in every process.
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

async function opened(ctx: Ctx, row: Omit<ActiveModel, "model">): Promise<ActiveModel | null> {
  try {
    return { ...row, model: await openArtifact(ctx.home, row.sha256) };
  } catch (error) {
    ctx.log.error(
      { err: error, modelId: row.modelId },
      "a promoted model cannot be opened: one before it answers, or the hand rules",
    );
    return null;
  }
}
