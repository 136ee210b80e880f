import type { ManagerTaste } from "../ranked.ts";
import { type FittedLooks, fitLooks, type TastePrior } from "./fit-looks.ts";
import { tasteFeatureNames } from "./taste-features.ts";
import { gatherLooks, type TasteMark } from "./taste-mark.ts";

export type { TastePrior } from "./fit-looks.ts";

/** Mistakes are found among the best looking premises; what they teach is carried to the others with this reserve. */
const caution = 0.75;

/** The slope is never believed to be less: a model that is worse than that has other troubles. */
const slopeMin = 0.35;

/** What is believed while too few managers have marked: weights of a third either way. */
export const defaultTastePrior: TastePrior = {
  widths: tasteFeatureNames.map(() => 0.35),
  slope: 0.7,
  managers: 0,
};

/**
 * A manager's taste from all of his standing marks: the same marks give the same taste in whatever order they came, and
 * each further mark moves it by what it adds. No marks: no weights.
 */
export function learnTaste(marks: readonly TasteMark[], prior: TastePrior): ManagerTaste {
  const { looks, countedMarks } = gatherLooks(marks);
  const { weights, variances, slope } = fitLooks(looks, prior);
  const scale = caution / Math.max(1, slope);
  const named = (values: readonly number[]) =>
    Object.fromEntries(tasteFeatureNames.map((name, i) => [name, values[i]! * scale]));
  return { marks: marks.length, countedMarks, weights: named(weights), spreads: named(variances.map(Math.sqrt)) };
}

/** A manager with fewer counted marks says nothing about how managers differ. */
const markedEnough = 8;
/** The default speaks with the voice of so many managers. */
const defaultVoice = 3;
const widthBounds = { min: 0.05, max: 2 };
const roundsMax = 15;
/** Widths that move by less are settled. */
const settled = 0.01;
/** More managers would say no more: the widths are few. */
const managersMax = 60;

/**
 * How widely managers differ in each taste, from all their marks: empirical Bayes, the widths that make the marks most
 * probable by expectation and maximisation (Dempster, Laird, Rubin 1977) around Laplace's approximation. Every manager
 * counts once, however much he marked. Too few managers: near the default.
 */
export function learnPrior(marksByManager: ReadonlyMap<string, readonly TasteMark[]>): TastePrior {
  const managers = [...marksByManager.values()]
    .map((marks) => gatherLooks(marks))
    .filter(({ countedMarks }) => countedMarks >= markedEnough)
    .toSorted((a, b) => b.countedMarks - a.countedMarks)
    .slice(0, managersMax)
    .map(({ looks }) => looks);
  let prior: TastePrior = { ...defaultTastePrior, managers: managers.length };
  if (managers.length === 0) return prior;
  let fits: FittedLooks[] = [];
  for (let round = 0; round < roundsMax; round++) {
    fits = managers.map((looks, i) => fitLooks(looks, prior, fits[i]));
    const widths = widthsOf(fits);
    const moved = Math.max(...widths.map((width, i) => Math.abs(width - prior.widths[i]!)));
    prior = { ...prior, widths, slope: slopeOf(fits) };
    if (moved < settled) break;
  }
  return prior;
}

function widthsOf(fits: readonly FittedLooks[]): number[] {
  return tasteFeatureNames.map((_, i) => {
    const found = fits.reduce((sum, { weights, variances }) => sum + weights[i]! ** 2 + variances[i]!, 0);
    const supposed = defaultVoice * defaultTastePrior.widths[i]! ** 2;
    const width = Math.sqrt((found + supposed) / (fits.length + defaultVoice));
    return Math.min(widthBounds.max, Math.max(widthBounds.min, width));
  });
}

function slopeOf(fits: readonly FittedLooks[]): number {
  const found = fits.reduce((sum, { slope }) => sum + slope, 0);
  return Math.max(slopeMin, (found + defaultVoice * defaultTastePrior.slope) / (fits.length + defaultVoice));
}
