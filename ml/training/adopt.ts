import type { MarketHistory } from "../facts.ts";
import { loadXgboost } from "../xgboost/library.ts";
import { finishModel, type Origin, type TrainedModel } from "./finish-model.ts";
import type { Heads } from "./fit-heads.ts";
import { holdOut } from "./hold-out.ts";
import { Laps } from "./laps.ts";
import { type MaterialWanted, matrixOf, prepareMaterial } from "./material.ts";
import { proveNeverRises } from "./never-rises.ts";
import type { TrainOptions } from "./train.ts";

/** Two heads that another engine fitted on the `fit` rows of a dataset, and that dataset's columns and borders. */
export interface TrainedElsewhere {
  heads: Heads;
  as: NonNullable<MaterialWanted["as"]>;
  origin: Origin;
}

/**
 * Makes a model of heads that were trained elsewhere, by the way our own take: calibration, threshold, export, parity,
 * report, canary rows. The very boosters that serve are judged on the held-out stretch, which they must not have seen.
 * Throws `ModelRefused` when the chance of a deal may rise with the rent, and what `train` throws.
 */
export async function adopt(
  history: MarketHistory,
  { heads, as, origin }: TrainedElsewhere,
  options: Omit<TrainOptions, "parameters" | "as">,
): Promise<TrainedModel> {
  const laps = new Laps(options.onProgress, options.signal);
  const library = loadXgboost(options.xgboostLibrary);
  laps.begin("prepare");
  const material = prepareMaterial(history, { asOfDay: options.asOfDay, seed: options.seed, as });
  const tools = { laps, library };
  proveNeverRises(material, heads.deal, library);
  const fitMatrix = matrixOf(material, material.split.fit);
  laps.lap("prepare", 0.3);
  laps.begin("hold_out");
  const findings = await holdOut(material, heads, fitMatrix, { ...tools, active: options.active });
  laps.lap("hold_out", 0.7);
  const matrix = matrixOf(material, material.sets);
  return finishModel(material, heads, findings, { ...tools, matrix, origin });
}
