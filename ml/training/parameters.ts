import { z } from "zod";
import { boosterParameters } from "../xgboost/parameters.ts";

const weight = z.number().positive().max(100);

/** Everything that a training is steered by; stored with the model, from which the next training takes it. */
export const trainingParameters = z.strictObject({
  booster: boosterParameters.partial(),
  suitabilityRounds: z.int().min(1).max(5000),
  dealRounds: z.int().min(1).max(5000),
  /** Free premises drawn for each set: at random, and near the positives in area and rent. */
  randomNegatives: z.int().min(1).max(500),
  hardNegatives: z.int().min(0).max(500),
  dealWeight: weight,
  judgedWeight: weight,
  /** A lease whose lead is known by the tenant's name only says less about wishes. */
  namelessWeight: z.number().min(0).max(100),
  /** Half of the weight is gone after so many days. */
  halfLifeDays: z.number().positive().max(1_000_000),
  alpha: z.number().gt(0).lt(1),
});

export type TrainingParameters = z.input<typeof trainingParameters>;

export const defaultParameters: TrainingParameters = {
  booster: {
    maxDepth: 5,
    eta: 0.06,
    subsample: 0.8,
    colsampleByTree: 0.4,
    minChildWeight: 8,
    lambda: 3,
    maxBin: 128,
    threads: 2,
  },
  suitabilityRounds: 350,
  dealRounds: 250,
  randomNegatives: 30,
  hardNegatives: 10,
  dealWeight: 1.5,
  judgedWeight: 3,
  namelessWeight: 0.5,
  halfLifeDays: 3650,
  alpha: 0.2,
};
