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
  offered: OfferedPair[];
}
