import { lowerBound } from "../timeline/running-sums.ts";
import type { ScoredList } from "./metrics.ts";

/** What the strictest single cut that meets a goal keeps. */
export type Goal = { recall: number } | { lossless: number };

interface Step {
  score: number;
  lead: number;
  /** What this step adds to its lead's part of the goal. */
  gain: number;
}

/**
 * One cut for all leads, by every score at which a suitable premises would be lost: nothing between two of them changes
 * what is recalled, so that the strictest cut that meets a goal is one of them, exactly.
 */
export class Frontier {
  private readonly lists: readonly ScoredList[];
  private readonly rising: Float64Array[];
  /** Falling by score. */
  private readonly recalled: Step[];
  private readonly saved: Step[];

  constructor(lists: readonly ScoredList[]) {
    this.lists = lists;
    this.rising = lists.map(({ scores }) => Float64Array.from(scores).sort());
    const falling = (steps: Step[]) => steps.sort((a, b) => b.score - a.score);
    this.recalled = falling(
      lists.flatMap(({ scores, suits }, lead) =>
        suits.map((at) => ({ score: scores[at]!, lead, gain: 1 / suits.length })),
      ),
    );
    this.saved = falling(
      lists.flatMap(({ scores, suits }, lead) =>
        suits.length === 0 ? [] : [{ score: Math.min(...suits.map((at) => scores[at]!)), lead, gain: 1 }],
      ),
    );
  }

  /** Mean share kept by the strictest cut that meets the goal, each lead counted `counts` times; NaN: no lead to judge by. */
  keptAt(goal: Goal, counts: ArrayLike<number>): number {
    const [steps, share] = "recall" in goal ? [this.recalled, goal.recall] : [this.saved, goal.lossless];
    let needed = 0;
    for (let lead = 0; lead < this.lists.length; lead++)
      if (this.lists[lead]!.suits.length > 0) needed += counts[lead]! * share;
    // A draw may hold no lead of which anything is known.
    if (needed === 0) return Number.NaN;
    let reached = 0;
    for (let i = 0; i < steps.length; i++) {
      const { score, lead, gain } = steps[i]!;
      reached += counts[lead]! * gain;
      if (steps[i + 1]?.score !== score && reached >= needed - 1e-9) return this.keptBy(score, counts);
    }
    return Number.NaN;
  }

  /** Mean shares at one cut: kept, recalled, and leads that lose nothing. */
  at(cut: number): { kept: number; recall: number; lossless: number } {
    const counts = new Uint8Array(this.lists.length).fill(1);
    const judged = this.saved.length;
    const reached = (steps: Step[]) => steps.reduce((sum, { score, gain }) => sum + (score >= cut ? gain : 0), 0);
    return {
      kept: this.keptBy(cut, counts),
      recall: reached(this.recalled) / judged,
      lossless: reached(this.saved) / judged,
    };
  }

  /** `points` cuts from the strictest that keeps a suitable premises to the one that keeps them all. */
  curve(points: number): { kept: number; recall: number; lossless: number }[] {
    const last = this.recalled.length - 1;
    if (last < 0) return [];
    const places = new Set(Array.from({ length: points }, (_, i) => Math.round((i * last) / (points - 1))));
    return [...places].map((place) => this.at(this.recalled[place]!.score));
  }

  private keptBy(cut: number, counts: ArrayLike<number>): number {
    let [kept, weight] = [0, 0];
    for (let lead = 0; lead < this.rising.length; lead++) {
      const count = counts[lead]!;
      if (count === 0) continue;
      const rising = this.rising[lead]!;
      weight += count;
      if (rising.length > 0) kept += (count * (rising.length - lowerBound(rising, cut))) / rising.length;
    }
    return kept / weight;
  }
}
