import { models } from "#/db/schema/index.ts";
import type { TrainedModel } from "#/ml/training/train.ts";
import { audit } from "../audit.ts";
import { actorName, type Ctx, inTransaction } from "../context.ts";
import { dateOfDay } from "../days.ts";
import { authorize } from "../permissions.ts";
import { saveArtifact } from "./model-store.ts";
import { forgetArtifact, openArtifact } from "./open-artifact.ts";

export interface RegisterModel {
  trained: TrainedModel;
  /** The day up to which it was trained, in days since 1970-01-01. */
  asOfDay: number;
  trainingId: number | null;
  /** Goes into the audit log beside the artifact. */
  detail?: Record<string, unknown>;
}

/**
 * Keeps a trained model's artifact and enters it as a candidate. It is opened from its file first, as serving will: hash,
 * feature set and canary rows. Throws what `openArtifact` throws, and then nothing is registered.
 */
export async function registerModel(
  ctx: Ctx,
  { trained, asOfDay, trainingId, detail = {} }: RegisterModel,
): Promise<{ modelId: number }> {
  authorize(ctx, "model:train");
  const saved = await saveArtifact(ctx.home, trained.artifact);
  forgetArtifact(ctx.home, saved.sha256);
  await openArtifact(ctx.home, saved.sha256);
  return inTransaction(ctx, async (ctx) => {
    const [row] = await ctx.db
      .insert(models)
      .values({
        status: "candidate",
        trainingId,
        artifactSha256: saved.sha256,
        artifactBytes: saved.bytes,
        featureSetId: trained.featureSetId,
        asOf: dateOfDay(asOfDay),
        threshold: trained.threshold,
        thresholdBasis: { ...trained.thresholdBasis },
        snapshot: { ...trained.snapshot },
        parameters: { ...trained.parameters },
        seed: trained.seed,
        libraries: trained.libraries,
        report: { ...trained.report },
        createdAt: ctx.now(),
        createdBy: actorName(ctx.actor),
      })
      .returning({ modelId: models.id });
    await audit(ctx, "model:train", `model:${row!.modelId}`, { ...detail, trainingId, sha256: saved.sha256 });
    return row!;
  });
}
