import type { ReasonCode } from "../ranked.ts";
import type { Pair } from "./pair.ts";

/**
 * The one definition of a feature. `compute` is called by `vectorize` alone; training and serving share it.
 */
export interface Feature {
  /** Unique; the column's name in the matrix. */
  name: string;
  /** Of the value: "m²", "log ratio", "0..1", "days". */
  unit: string;
  /** Under which reason a manager would file it. */
  group: ReasonCode;
  /** When the value is missing (NaN), in words. Every missing value is NaN. */
  missing: string;
  /** -1: a higher value never raises the chance of a deal. Every feature that grows with the rent carries it. */
  monotone: 0 | -1;
  /**
   * What it hangs on, so that it is computed no more often than it changes. `lead`: the lead, the manager and the day, the
   * same for all premises. `premises`: the premises at its asking rent of that day, the same whoever asks. `pair`: both.
   */
  scope: "lead" | "premises" | "pair";
  /** Raised whenever `compute` changes its meaning: an artifact of the old meaning is then refused. */
  version: number;
  compute: (pair: Pair) => number;
}

/** States a feature; `version`, `monotone` and `scope` default to 1, 0 and "pair", which is always right. */
export function defineFeature(
  feature: Omit<Feature, "monotone" | "version" | "scope"> & Partial<Pick<Feature, "monotone" | "version" | "scope">>,
): Feature {
  return { monotone: 0, version: 1, scope: "pair", ...feature };
}
