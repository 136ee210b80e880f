import { seededRandom } from "../candidates.ts";
import type { Pair } from "../features/pair.ts";
import { lowerBound } from "../timeline/running-sums.ts";
import type { MarketTimeline } from "../timeline.ts";
import { handRuleScore } from "./hand-rules.ts";
import { type LinearModel, linearMargins } from "./logistic.ts";

export type RankerName =
  | "candidate"
  | "active"
  | "logistic_regression"
  | "deals_only_trees"
  | "hand_rules"
  | "hot_list"
  | "random";

/** What a ranker says of each pair: 0..1, higher is better. */
export interface RankerScores {
  suitability: ArrayLike<number>;
  /** What the kept are ordered by; suitability where there is nothing else. */
  order?: ArrayLike<number>;
}

/** Scores pairs of any number of leads; the contract of every ranker, ours included. `matrix`: their features, row by row. */
export interface Ranker {
  name: RankerName;
  /** It has seen what happened before: it is asked of later days only. */
  fromDay?: number;
  score(pairs: readonly Pair[], matrix: Float32Array): RankerScores | Promise<RankerScores>;
}

/** Days that a manager keeps a premises in mind. */
const HOT_DAYS = 90;

export function randomRanker(seed: number): Ranker {
  const random = seededRandom(seed);
  return { name: "random", score: (pairs) => ({ suitability: pairs.map(() => random()) }) };
}

export const handRuleRanker: Ranker = {
  name: "hand_rules",
  score: (pairs) => ({ suitability: pairs.map((pair) => handRuleScore(pair).score) }),
};

export function logisticRanker(model: LinearModel): Ranker {
  return {
    name: "logistic_regression",
    score: (pairs, matrix) => ({ suitability: sigmoids(linearMargins(model, matrix, pairs.length)) }),
  };
}

/** What the manager, and then anybody, offered most in the last 90 days. */
export function hotListRanker(timeline: MarketTimeline): Ranker {
  const offered = new Map<string, number[]>();
  const note = (key: string, day: number) => {
    const days = offered.get(key);
    if (days) days.push(day);
    else offered.set(key, [day]);
  };
  for (const { premisesId, managerId, offeredDay } of timeline.offers) {
    note(premisesId, offeredDay);
    note(`${managerId}/${premisesId}`, offeredDay);
  }
  const lately = (key: string, day: number) => {
    const days = offered.get(key) ?? [];
    return lowerBound(days, day) - lowerBound(days, day - HOT_DAYS);
  };
  const heat = ({ premises: { premisesId }, scene: { managerId, day } }: Pair) =>
    10 * lately(`${managerId}/${premisesId}`, day) + lately(premisesId, day);
  return {
    name: "hot_list",
    score: (pairs) => ({ suitability: pairs.map((pair) => heat(pair) / (1 + heat(pair))) }),
  };
}

export function sigmoids(margins: ArrayLike<number>): Float64Array {
  return Float64Array.from(margins, (margin) => 1 / (1 + Math.exp(-margin)));
}
