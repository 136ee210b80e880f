import { desc, sql } from "drizzle-orm";
import { models } from "#/db/schema/index.ts";
import { type TrainingParameters, trainingParameters } from "#/ml/training/parameters.ts";
import type { Ctx } from "../context.ts";

/** What the latest search chose for this market; empty where none was made, or where this build knows other parameters. */
export async function standingParameters(ctx: Ctx): Promise<Partial<TrainingParameters>> {
  const [searched] = await ctx.db
    .select({ modelId: models.id, parameters: models.parameters })
    .from(models)
    .where(sql`${models.report} ? 'searchLog'`)
    .orderBy(desc(models.id))
    .limit(1);
  if (!searched) return {};
  const parsed = trainingParameters.safeParse(searched.parameters);
  if (parsed.success) return parsed.data;
  ctx.log.warn({ modelId: searched.modelId, err: parsed.error }, "what the search chose does not fit this build");
  return {};
}
