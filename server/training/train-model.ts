import { z } from "zod";
import type { MarketHistory } from "#/ml/facts.ts";
import type { TrainedModel } from "#/ml/training/train.ts";
import type { Ctx } from "../context.ts";
import { dayOfDate } from "../days.ts";
import { loadFacts } from "../matching/load-facts.ts";
import { activeArtifact } from "../models/active-artifact.ts";
import { registerModel } from "../models/register-model.ts";
import { authorize } from "../permissions.ts";
import type { Words } from "../wording.ts";
import { runTraining } from "./run-training.ts";
import { standingParameters } from "./standing-parameters.ts";
import { trainApart } from "./train-apart.ts";

export const trainModelInput = z.strictObject({ trainingId: z.number().int().positive() });

export interface TrainingResult {
  modelId: number;
  report: TrainedModel["report"];
}

export interface TrainModelOptions {
  onProgress?: (progress: { stage: string; percent: number }) => void;
  signal?: AbortSignal;
  /** The same facts and seed give the same artifact. */
  seed?: number;
}

/** Where nobody asks for another one. */
export const DEFAULT_SEED = 1;
/** Loading the facts is the first stretch of the way, registering the last. */
const LOADED_PERCENT = 5;
const TRAINED_PERCENT = 97;

/**
 * Runs a training that was requested: collects the facts, trains in a process of its own, registers the model as a
 * candidate. Its row tells how it went, see `runTraining`. Refuses with `conflict` when it is run, or was, by somebody else;
 * with `invalid` when there is too little to learn from or the library is missing.
 */
export async function trainModel(
  ctx: Ctx,
  { trainingId }: z.infer<typeof trainModelInput>,
  options: TrainModelOptions = {},
): Promise<TrainingResult> {
  authorize(ctx, "model:train");
  return runTraining(ctx, trainingId, options, async ({ asOf, searchTrials, signal, advance, tell, complete }) => {
    advance("facts", 0);
    const history = await loadFacts(ctx, asOf === null ? {} : { asOf });
    const asOfDay = asOf === null ? history.snapshotDay : dayOfDate(asOf);
    advance("facts", LOADED_PERCENT);
    tell(wordHistory(history));
    const trained = await trainApart(history, {
      home: ctx.home,
      asOfDay,
      seed: options.seed ?? DEFAULT_SEED,
      searchTrials,
      parameters: await standingParameters(ctx),
      active: await activeArtifact(ctx),
      signal,
      onProgress: (stage, fraction) =>
        advance(stage, LOADED_PERCENT + Math.min(1, fraction) * (TRAINED_PERCENT - LOADED_PERCENT)),
    });
    advance("register", TRAINED_PERCENT);
    const { modelId } = await complete((ctx) => registerModel(ctx, { trained, asOfDay, trainingId }));
    return { modelId, report: trained.report };
  });
}

function wordHistory({ leads, premises, offers, leases }: MarketHistory): Words {
  return {
    ru: `Записей: лидов ${leads.length}, помещений ${premises.length}, сделок и предложений ${offers.length}, аренд ${leases.length}`,
    en: `Records: leads ${leads.length}, premises ${premises.length}, deals and offers ${offers.length}, leases ${leases.length}`,
  };
}
