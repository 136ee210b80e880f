import type { ManagerTaste } from "../ranked.ts";
import { tasteFeatureNames } from "./taste-features.ts";

/** From this many counted marks on a taste may also remove; before, it may rescue and re-rank only. Some months of work. */
export const marksToRemove = 200;

/** No taste moves a premises by more than this, in logit space. */
export const shiftMax = 2;

/** Where the model alone put the premises. */
export interface TasteStanding {
  /** logit(suitability) − logit(threshold), taste excluded: ≥ 0 is kept. Infinity where everything is kept. */
  marginAboveThreshold: number;
}

/**
 * How sure a removal must be: so many standard deviations kinder, the pull must still lie below the threshold. A lost
 * premises costs more than one kept in vain: at 3, with some 170 marks a manager, held-out leads without loss still fell.
 */
const kinder = 5;

/**
 * What a manager's taste adds to a premises' suitability, in logit space, within ±`shiftMax`. Null taste: 0.
 *
 * A taste may rescue and re-rank at once. It removes only when it rests on at least `marksToRemove` marks and is sure;
 * till then a kept premises sinks towards the threshold smoothly, so that the order among the sinking is not lost.
 */
export function applyTaste(taste: ManagerTaste | null, features: readonly number[], standing: TasteStanding): number {
  if (taste === null) return 0;
  const shift = tasteShift(taste, features);
  const above = standing.marginAboveThreshold;
  if (shift >= 0 || above < 0 || above === Number.POSITIVE_INFINITY) return shift;
  if (taste.countedMarks >= marksToRemove) {
    const kindest = bound(pullOf(taste, features) + kinder * spreadOf(taste, features));
    if (above + kindest < 0) return kindest;
  }
  // Lands on above² / (above − shift): as `shift` while small, and never so near to the threshold that rounding removes it.
  const landing = (above * above) / (above - shift);
  return Math.max(landing, Math.min(above, 1e-9)) - above;
}

/** The whole pull of a taste on a pair, bounded; also what the reason "taste" tells. */
export function tasteShift(taste: ManagerTaste, features: readonly number[]): number {
  return bound(pullOf(taste, features));
}

function bound(pull: number): number {
  return shiftMax * Math.tanh(pull / shiftMax);
}

function pullOf({ weights }: ManagerTaste, features: readonly number[]): number {
  return tasteFeatureNames.reduce((sum, name, i) => sum + (weights[name] ?? 0) * (features[i] ?? 0), 0);
}

/** Standard deviation of the pull, the weights taken as independent. */
function spreadOf({ spreads }: ManagerTaste, features: readonly number[]): number {
  return Math.sqrt(
    tasteFeatureNames.reduce((sum, name, i) => sum + ((spreads[name] ?? 0) * (features[i] ?? 0)) ** 2, 0),
  );
}
