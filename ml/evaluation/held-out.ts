import type { CandidateSet } from "../candidates.ts";
import type { ScoredList } from "./metrics.ts";

/** A premises that the records say was offered, and how it ended. */
export interface OfferedPair {
  dealMargin: number;
  deal: boolean;
}

/** A held-out lead: all rankers' scores of what was free, and what the records say. */
export interface HeldOutList {
  set: CandidateSet;
  /** In the order of the rankers' names. */
  lists: ScoredList[];
  dealList: ScoredList;
  lowestSuitability: number;
  /** Suitability odds of each premises known to suit. */
  knownOdds: number[];
  offered: OfferedPair[];
}

/** `scores`: of each ranker, ours first, over all that was free, as `dealMargins`. */
export function heldOutList(set: CandidateSet, scores: ArrayLike<number>[], dealMargins: Float32Array): HeldOutList {
  const suits = Array.from(dealMargins, () => false);
  const deals = suits.slice();
  for (const { at, suitable, deal } of set.candidates) {
    suits[at] = suitable;
    deals[at] = deal;
  }
  const known = set.candidates.filter((candidate) => candidate.suitable);
  const lowest = Math.min(...known.map(({ at }) => scores[0]![at]!));
  return {
    set,
    lists: scores.map((each) => ({ scores: each, suits, deals })),
    dealList: { scores: dealMargins, suits: deals, deals },
    lowestSuitability: 1 / (1 + Math.exp(-lowest)),
    knownOdds: known.map(({ at }) => Math.exp(scores[0]![at]!)),
    offered: known.filter((one) => !one.judged).map(({ at, deal }) => ({ dealMargin: dealMargins[at]!, deal })),
  };
}
