import type { BoosterParameters } from "../xgboost/parameters.ts";

/** Everything that a training is steered by; stored with the model. */
export interface TrainingParameters {
  booster: BoosterParameters;
  suitabilityRounds: number;
  dealRounds: number;
  /** Free premises drawn for each set: at random, and near the positives in area and rent. */
  randomNegatives: number;
  hardNegatives: number;
  dealWeight: number;
  judgedWeight: number;
  /** A lease whose lead is known by the tenant's name only says less about wishes. */
  namelessWeight: number;
  /** Half of the weight is gone after so many days. */
  halfLifeDays: number;
  alpha: number;
}

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
