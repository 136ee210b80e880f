import { eq, isNull } from "drizzle-orm";
import { models, shadows } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import { inForce } from "../models/threshold-in-force.ts";

/** The shadow that runs now, with what its candidate is opened by; null: none does. */
export async function runningShadow(ctx: Ctx) {
  const [running] = await ctx.db
    .select({
      shadowId: shadows.id,
      modelId: shadows.modelId,
      againstModelId: shadows.againstModelId,
      startedAt: shadows.startedAt,
      sha256: models.artifactSha256,
      asOf: models.asOf,
      ...inForce,
    })
    .from(shadows)
    .innerJoin(models, eq(models.id, shadows.modelId))
    .where(isNull(shadows.endedAt));
  return running ?? null;
}

export type RunningShadow = NonNullable<Awaited<ReturnType<typeof runningShadow>>>;
