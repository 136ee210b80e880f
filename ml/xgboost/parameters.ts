import { z } from "zod";

const share = z.number().gt(0).max(1);

/**
 * What a booster is trained with. Only log loss of two classes: that is the one objective whose margins the rest of `ml`
 * knows to read. Same parameters, same data and same `threads` give the same bytes.
 */
export const boosterParameters = z.strictObject({
  maxDepth: z.int().min(1).max(12).default(5),
  /** Learning rate. */
  eta: z.number().gt(0).max(1).default(0.05),
  /** Share of rows a tree sees. */
  subsample: share.default(1),
  colsampleByTree: share.default(1),
  colsampleByLevel: share.default(1),
  colsampleByNode: share.default(1),
  minChildWeight: z.number().min(0).default(1),
  /** L2 on leaf values. */
  lambda: z.number().min(0).default(1),
  /** L1 on leaf values. */
  alpha: z.number().min(0).default(0),
  /** Least loss reduction that a split must bring. */
  gamma: z.number().min(0).default(0),
  /** Bound of a leaf's value before eta; 0 is none. */
  maxDeltaStep: z.number().min(0).default(0),
  maxBin: z.int().min(2).max(65_536).default(256),
  scalePosWeight: z.number().gt(0).default(1),
  /** Probability that the first round starts from. */
  baseScore: z.number().gt(0).lt(1).default(0.5),
  /** For each column 1 (margin never falls with it), -1 (never rises) or 0; empty for none. */
  monotone: z.array(z.union([z.literal(-1), z.literal(0), z.literal(1)])).default([]),
  evalMetric: z.enum(["logloss", "auc", "aucpr", "error"]).default("logloss"),
  seed: z.int().min(0).max(2_147_483_647).default(1),
  threads: z.int().min(1).max(64).default(2),
});

export type BoosterParameters = z.input<typeof boosterParameters>;
type CheckedParameters = z.output<typeof boosterParameters>;

/** Checked parameters in the library's own names. Throws `ZodError`; throws when `monotone` does not fit the columns. */
export function nativeParameters(parameters: BoosterParameters, columns: number): Record<string, string> {
  const checked: CheckedParameters = boosterParameters.parse(parameters);
  if (checked.monotone.length > 0 && checked.monotone.length !== columns) {
    throw new RangeError(`monotone names ${checked.monotone.length} columns, the matrix has ${columns}`);
  }
  return {
    verbosity: "0",
    objective: "binary:logistic",
    tree_method: "hist",
    max_depth: String(checked.maxDepth),
    eta: String(checked.eta),
    subsample: String(checked.subsample),
    colsample_bytree: String(checked.colsampleByTree),
    colsample_bylevel: String(checked.colsampleByLevel),
    colsample_bynode: String(checked.colsampleByNode),
    min_child_weight: String(checked.minChildWeight),
    lambda: String(checked.lambda),
    alpha: String(checked.alpha),
    gamma: String(checked.gamma),
    max_delta_step: String(checked.maxDeltaStep),
    max_bin: String(checked.maxBin),
    scale_pos_weight: String(checked.scalePosWeight),
    base_score: String(checked.baseScore),
    eval_metric: checked.evalMetric,
    seed: String(checked.seed),
    // The library draws from one generator per thread of the process: seeded anew for each round, two trainings that take
    // turns on the event loop do not disturb each other's draws.
    seed_per_iteration: "1",
    nthread: String(checked.threads),
    ...(checked.monotone.length > 0 ? { monotone_constraints: `(${checked.monotone.join(",")})` } : {}),
  };
}
