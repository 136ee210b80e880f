import { eq } from "drizzle-orm";
import { modelAliases, models } from "#/db/schema/index.ts";
import type { ActiveArtifact } from "#/ml/training/train.ts";
import type { Ctx } from "../context.ts";
import { readArtifactBytes } from "./model-store.ts";

/** The active model's file, for a training to hold its own against. null: none is active, or the log says what is wrong with it. */
export async function activeArtifact(ctx: Ctx): Promise<ActiveArtifact | null> {
  const [active] = await ctx.db
    .select({ sha256: models.artifactSha256 })
    .from(modelAliases)
    .innerJoin(models, eq(models.id, modelAliases.modelId))
    .where(eq(modelAliases.name, "active"));
  if (!active) return null;
  try {
    return { ...active, artifact: await readArtifactBytes(ctx.home, active.sha256) };
  } catch (error) {
    ctx.log.warn({ err: error }, "the active model's file is broken: the new model is not held against it");
    return null;
  }
}
