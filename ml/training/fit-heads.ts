import type { CandidateSet } from "../candidates.ts";
import { trainBooster } from "../xgboost/booster.ts";
import type { Xgboost } from "../xgboost/library.ts";
import type { BoosterParameters } from "../xgboost/parameters.ts";
import type { Laps } from "./laps.ts";
import type { TrainingMaterial } from "./material.ts";
import { type HeadRows, labelRows } from "./training-rows.ts";

/** Two boosters in XGBoost's own JSON. */
export interface Heads {
  suitability: Uint8Array;
  deal: Uint8Array;
}

/** Probability that a head's first round starts from. */
const BASE_SCORE = 0.02;

type HeadMaterial = Pick<TrainingMaterial, "parameters" | "features" | "seed">;

/** What a head is trained with, here or elsewhere. */
export function headParameters(head: keyof Heads, { parameters, features, seed }: HeadMaterial): BoosterParameters {
  // A dearer rent must never raise the chance of a deal; what suits may well cost more.
  const monotone = head === "deal" ? features.map((feature) => feature.monotone) : [];
  return { ...parameters.booster, baseScore: BASE_SCORE, monotone, seed };
}

export function headRounds(head: keyof Heads, { parameters }: HeadMaterial): number {
  return head === "deal" ? parameters.dealRounds : parameters.suitabilityRounds;
}

/** A stretch of the whole way of a training, and what is needed to go it. */
export interface Stretch {
  laps: Laps;
  library: Xgboost;
  from: number;
  to: number;
}

/** Fits both heads on the sets, whose rows `matrix` holds. */
export async function fitHeads(
  material: TrainingMaterial,
  sets: readonly CandidateSet[],
  matrix: Float32Array,
  { from, to, ...tools }: Stretch,
): Promise<Heads> {
  const { suitability, deal } = labelRows(sets, material);
  const middle = from + 0.6 * (to - from);
  const first = await fitHead("suitability", material, matrix, suitability, { ...tools, from, to: middle });
  const second = await fitHead("deal", material, matrix, deal, { ...tools, from: middle, to });
  return { suitability: first, deal: second };
}

/** Fits one head on the rows of `matrix`. */
export async function fitHead(
  head: keyof Heads,
  material: TrainingMaterial,
  matrix: Float32Array,
  { labels, weights }: HeadRows,
  { laps, library, from, to }: Stretch,
): Promise<Uint8Array> {
  laps.begin(head);
  const { features } = material;
  const rounds = headRounds(head, material);
  const { modelJson } = await trainBooster({
    matrix,
    rows: labels.length,
    columns: features.length,
    labels,
    weights,
    rounds,
    parameters: headParameters(head, material),
    featureNames: features.map((_, column) => `f${column}`),
    library,
    onRound: ({ round }) => {
      if (round % 25 === 0) laps.tell(head, from + ((to - from) * round) / rounds);
    },
    ...(laps.signal ? { signal: laps.signal } : {}),
  });
  laps.lap(head, to);
  return modelJson;
}
