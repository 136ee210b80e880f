import { seededRandom } from "../candidates.ts";
import type { Pair, Scene } from "../features/pair.ts";
import { lowerBound } from "../timeline/running-sums.ts";
import type { MarketTimeline } from "../timeline.ts";
import { handRuleScore } from "./hand-rules.ts";

/** Scores all free premises of a scene; higher is better. The contract of every ranker, ours included. */
export interface Ranker {
  name: string;
  score(scene: Scene, pairs: readonly Pair[], matrix: Float32Array): ArrayLike<number>;
}

/** Days that a manager keeps a premises in mind. */
const HOT_DAYS = 90;

export function randomRanker(seed: number): Ranker {
  const random = seededRandom(seed);
  return { name: "random", score: (_, pairs) => pairs.map(() => random()) };
}

export const handRuleRanker: Ranker = {
  name: "hand_rules",
  score: (_, pairs) => pairs.map((pair) => handRuleScore(pair).score),
};

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
  return {
    name: "hot_list",
    score: ({ managerId, day }, pairs) =>
      pairs.map(
        ({ premises: { premisesId } }) => 10 * lately(`${managerId}/${premisesId}`, day) + lately(premisesId, day),
      ),
  };
}
