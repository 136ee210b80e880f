import { desc } from "drizzle-orm";
import { z } from "zod";
import { models } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import { authorize } from "../permissions.ts";
import { inForce } from "./threshold-in-force.ts";

export const listModelsInput = z.strictObject({ limit: z.number().int().min(1).max(200).default(50) });

export interface ModelRow {
  modelId: number;
  status: (typeof models.status.enumValues)[number];
  trainingId: number | null;
  artifactSha256: string;
  artifactBytes: number;
  featureSetId: string;
  /** YYYY-MM-DD. */
  asOf: string;
  /** In force now: its own, or what reviewed leads gave it since. */
  threshold: number;
  /** n, source, alpha. */
  thresholdBasis: Record<string, unknown>;
  snapshot: Record<string, unknown>;
  parameters: Record<string, unknown>;
  seed: number | null;
  libraries: Record<string, string>;
  report: Record<string, unknown>;
  createdAt: Date;
  createdBy: string;
}

/** Models, newest first. */
export async function listModels(
  ctx: Ctx,
  { limit }: z.infer<typeof listModelsInput> = { limit: 50 },
): Promise<ModelRow[]> {
  authorize(ctx, "model:read");
  return ctx.db
    .select({
      modelId: models.id,
      status: models.status,
      trainingId: models.trainingId,
      artifactSha256: models.artifactSha256,
      artifactBytes: models.artifactBytes,
      featureSetId: models.featureSetId,
      asOf: models.asOf,
      ...inForce,
      snapshot: models.snapshot,
      parameters: models.parameters,
      seed: models.seed,
      libraries: models.libraries,
      report: models.report,
      createdAt: models.createdAt,
      createdBy: models.createdBy,
    })
    .from(models)
    .orderBy(desc(models.id))
    .limit(limit);
}
