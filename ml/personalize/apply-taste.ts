import type { ManagerTaste } from "../ranked.ts";
import { tasteFeatureNames } from "./taste-features.ts";

/** From this many counted marks on a taste may also remove; before, it may rescue and re-rank only. */
export const marksToRemove = 10;

/** No taste moves a premises by more than this, in logit space. */
export const shiftMax = 2;

/** Where the model alone put the premises. */
export interface TasteStanding {
  /** logit(suitability) − logit(threshold), taste excluded: ≥ 0 is kept. Infinity where everything is kept. */
  marginAboveThreshold: number;
}

/**
 * What a manager's taste adds to a premises' suitability, in logit space, within ±`shiftMax`.
 * Null taste: 0. While the taste rests on fewer than `marksToRemove` marks a kept premises stays kept: it sinks towards
 * the threshold smoothly, so that the order among the sinking ones is not lost in ties.
 */
export function applyTaste(taste: ManagerTaste | null, features: readonly number[], standing: TasteStanding): number {
  if (taste === null) return 0;
  const shift = tasteShift(taste, features);
  const above = standing.marginAboveThreshold;
  if (shift >= 0 || taste.countedMarks >= marksToRemove || above < 0) return shift;
  // above + result = above·e^(shift/above): as `shift` while small, never below the threshold.
  return above === 0 ? 0 : above === Number.POSITIVE_INFINITY ? shift : above * Math.expm1(shift / above);
}

/** The whole pull of a taste on a pair, bounded; also what the reason "taste" tells. */
export function tasteShift(taste: ManagerTaste, features: readonly number[]): number {
  let pull = 0;
  for (const [i, name] of tasteFeatureNames.entries()) pull += (taste.weights[name] ?? 0) * (features[i] ?? 0);
  return shiftMax * Math.tanh(pull / shiftMax);
}
