import type { ManagerTaste } from "../ranked.ts";
import { applyTaste } from "./apply-taste.ts";
import type { TasteList } from "./taste-mark.ts";

/** Indexes into a list of the premises whose verdict a taste turned, each side in the list's own order. */
export interface MovedByTaste {
  /** Removed by the model alone, kept with the taste. */
  rescued: number[];
  /** Kept by the model alone, removed with the taste. */
  removed: number[];
}

/** Which verdicts of one list a taste turns: the same that `rank` gives with it and does not give without it. */
export function movedByTaste(list: TasteList, taste: ManagerTaste): MovedByTaste {
  const rescued: number[] = [];
  const removed: number[] = [];
  for (const [index, marginAboveThreshold] of list.margins.entries()) {
    const kept = marginAboveThreshold >= 0;
    const keptWithTaste =
      marginAboveThreshold + applyTaste(taste, list.features[index]!, { marginAboveThreshold }) >= 0;
    if (kept === keptWithTaste) continue;
    (kept ? removed : rescued).push(index);
  }
  return { rescued, removed };
}
