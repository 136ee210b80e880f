import { invertDefinite } from "./solve.ts";
import { tasteFeatureNames } from "./taste-features.ts";
import type { LookedAt } from "./taste-mark.ts";

/** What is believed of a manager's weights before his first mark. */
export interface TastePrior {
  /** Standard deviation of each weight across managers, in the order of `tasteFeatureNames`. */
  widths: number[];
  /** How much of a logit of the model is a logit of the managers' marks. */
  slope: number;
  /** How many managers' marks it rests on; 0 is the safe default. */
  managers: number;
}

export interface FittedLooks {
  /** Weights of the taste features in the logit of the marks. */
  weights: number[];
  /** Their posterior variances (Laplace). */
  variances: number[];
  slope: number;
  /** The level of each look. */
  levels: number[];
}

const slopeWidth = 0.5;
/** Each side of each list has a level of its own, so that only contrasts within it teach. */
const levelWidth = 3;
const stepsMax = 20;
/** A shorter move than this changes no verdict. */
const moveMin = 1e-4;

/**
 * Most probable weights given the looks: a logistic regression with the model's margin as offset and a free level for
 * each side of each list (fixed-effects logit, Chamberlain 1980), by Newton's method.
 *
 * Marks are mistakes only. A common intercept would learn nothing but that: all kept ones too good, all removed ones
 * too bad. With the levels free, a mark speaks against its neighbours in the same list that were left unmarked.
 * `start`: an earlier fit of the same looks, to be quicker.
 */
export function fitLooks(looks: readonly LookedAt[], prior: TastePrior, start?: FittedLooks): FittedLooks {
  const width = tasteFeatureNames.length;
  const means = [...prior.widths.map(() => 0), prior.slope];
  const precisions = [...prior.widths, slopeWidth].map((sd) => 1 / (sd * sd));
  let weights = start ? [...start.weights, start.slope] : [...means];
  const levels = start ? [...start.levels] : looks.map(({ marked }) => startLevel(marked));
  let inverse = invertDefinite(precisions.map((precision, i) => precisions.map((_, j) => (i === j ? precision : 0))));
  for (let step = 0; step < stepsMax; step++) {
    const gradient = means.map((mean, i) => precisions[i]! * (mean - weights[i]!));
    const curvature = precisions.map((precision, i) => precisions.map((_, j) => (i === j ? precision : 0)));
    const backSubstitutions = looks.map((look, l) => addLook(look, levels[l]!, weights, gradient, curvature));
    inverse = invertDefinite(curvature);
    const move = inverse.map((row) => row.reduce((sum, value, i) => sum + value * gradient[i]!, 0));
    // A long stride on few marks may overshoot: the curve is flat far out.
    const stride = Math.min(1, 1 / Math.max(...move.map(Math.abs)));
    weights = weights.map((weight, i) => weight + stride * move[i]!);
    let longest = Math.max(...move.map(Math.abs));
    for (const [l, { levelMove, cross }] of backSubstitutions.entries()) {
      const followed = levelMove - cross.reduce((sum, value, i) => sum + value * move[i]!, 0);
      levels[l] = levels[l]! + stride * Math.min(2, Math.max(-2, followed));
      longest = Math.max(longest, Math.abs(followed));
    }
    if (longest < moveMin) break;
  }
  return {
    weights: weights.slice(0, width),
    variances: inverse.slice(0, width).map((row, i) => row[i]!),
    slope: weights[width]!,
    levels,
  };
}

/** The level at which as many are marked as were, were all alike. */
function startLevel(marked: readonly boolean[]): number {
  const count = marked.filter(Boolean).length;
  return Math.log((count + 0.5) / (marked.length - count + 0.5));
}

/** Adds one look to the normal equations, its level eliminated; says how the level follows the weights. */
function addLook(
  { sign, margins, features, marked, weight }: LookedAt,
  level: number,
  weights: readonly number[],
  gradient: number[],
  curvature: number[][],
): { levelMove: number; cross: number[] } {
  const size = weights.length;
  let levelGradient = (-weight * level) / levelWidth ** 2;
  let levelCurvature = weight / levelWidth ** 2;
  const cross = new Array<number>(size).fill(0);
  for (const [row, feature] of features.entries()) {
    const x = [...feature, margins[row]!];
    let pull = 0;
    for (let i = 0; i < size; i++) pull += weights[i]! * x[i]!;
    const chance = 1 / (1 + Math.exp(-(level + sign * pull)));
    const error = weight * ((marked[row] ? 1 : 0) - chance);
    const bend = weight * chance * (1 - chance);
    levelGradient += error;
    levelCurvature += bend;
    for (let i = 0; i < size; i++) {
      gradient[i]! += sign * error * x[i]!;
      cross[i]! += sign * bend * x[i]!;
      for (let j = 0; j < size; j++) curvature[i]![j]! += bend * x[i]! * x[j]!;
    }
  }
  for (let i = 0; i < size; i++) {
    gradient[i]! -= (cross[i]! * levelGradient) / levelCurvature;
    for (let j = 0; j < size; j++) curvature[i]![j]! -= (cross[i]! * cross[j]!) / levelCurvature;
  }
  return { levelMove: levelGradient / levelCurvature, cross: cross.map((value) => value / levelCurvature) };
}
