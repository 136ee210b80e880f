import { createHash } from "node:crypto";

export type Arm = "model" | "rules";

/** Leads of a stratum come in fours, two of each arm: however few a manager has, both arms get nearly the same number. */
const block: readonly Arm[] = ["model", "model", "rules", "rules"];

/**
 * The arm of the lead that is the `place`-th of its stratum, from 0: permuted blocks of four. The same for the same seed, stratum
 * and place, on any machine. Pure.
 */
export function drawArm(seed: number, stratum: string, place: number): Arm {
  const begins = place - (place % block.length);
  const weight = (i: number) =>
    createHash("sha256")
      .update(JSON.stringify([seed, stratum, begins + i]))
      .digest("hex");
  return block.map((arm, i) => ({ arm, weight: weight(i) })).toSorted((a, b) => (a.weight < b.weight ? -1 : 1))[
    place % block.length
  ]!.arm;
}
