import type { TastePull } from "../explain/reasons.ts";
import type { Pair, Scene } from "../features/pair.ts";
import { type TasteMarket, tasteFeatureNames, tasteFeatures } from "../personalize/taste-features.ts";
import type { ManagerTaste } from "../ranked.ts";

export function tasteFeaturesOf({ scene, lead, premises, rentRubMonth }: Pair): number[] {
  return tasteFeatures(lead, { ...premises, rentRubMonth }, tasteMarketOf(scene));
}

function tasteMarketOf(scene: Scene): TasteMarket {
  return {
    medianRentRubSqmMonth: scene.standing.rentSqmMedian,
    tradeAreaSqm: Math.exp(scene.typical.mean.logArea),
    bankOfDistrict: scene.timeline.bankOf,
  };
}

/** What the reason "taste" tells: the whole shift, and the taste that weighs most in its direction. */
export function tastePull(taste: ManagerTaste, pair: Pair, pull: number): TastePull {
  const features = tasteFeaturesOf(pair);
  const pulls = tasteFeatureNames.map((name, i) => ({ name, pull: (taste.weights[name] ?? 0) * features[i]! }));
  const strongest = pulls.reduce((a, b) => (b.pull * Math.sign(pull) > a.pull * Math.sign(pull) ? b : a));
  return { pull, marks: taste.marks, taste: strongest.name };
}
