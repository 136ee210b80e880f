import { createHash } from "node:crypto";
import { type CandidateSet, seededRandom } from "../candidates.ts";
import { auc, mean } from "../evaluation/metrics.ts";
import type { EvaluationReport } from "../evaluation/report.ts";
import type { MarketHistory } from "../facts.ts";
import { predictMargins } from "../xgboost/booster.ts";
import type { Xgboost } from "../xgboost/library.ts";
import { fitHead } from "./fit-heads.ts";
import { Laps } from "./laps.ts";
import { matrixOf, prepareMaterial, type TrainingMaterial } from "./material.ts";
import { defaultParameters, type TrainingParameters } from "./parameters.ts";
import { labelRows } from "./training-rows.ts";
import { ValidationLists } from "./validation-lists.ts";

/** One tried choice of parameters; AUC within a lead, NaN where it was not looked at. */
interface Trial {
  /** 0 is what stood before the search. */
  trial: number;
  parameters: TrainingParameters;
  /** Over every premises that was free, on the stretch after the one it was fitted on. */
  nextStretch: number;
  /** Over drawn candidates, by folds inside the part it is fitted on. */
  folds: number;
  seconds: number;
}

type SearchLog = NonNullable<EvaluationReport["searchLog"]>;

export interface SearchWanted {
  asOfDay: number;
  seed: number;
  /** How many choices are tried beside the one that stands; each costs one fit, the best two and the standing one 5 more. */
  trials: number;
  parameters?: Partial<TrainingParameters>;
}

const FOLDS = 5;
const FINALISTS = 2;

/** What a trial draws from. A half-life of a thousand years is none: all of it must be JSON. */
const space = {
  maxDepth: [4, 5, 6, 7],
  eta: [0.03, 0.05, 0.06, 0.08],
  /** How far the boosting goes, rounds × eta, against the standing choice. */
  travel: [0.6, 0.8, 1, 1.35],
  colsampleByTree: [0.25, 0.4, 0.6],
  minChildWeight: [4, 8, 16, 32],
  lambda: [1, 3, 10],
  negatives: [
    { randomNegatives: 30, hardNegatives: 10 },
    { randomNegatives: 40, hardNegatives: 0 },
    { randomNegatives: 20, hardNegatives: 20 },
    { randomNegatives: 60, hardNegatives: 15 },
  ],
  dealWeight: [1, 1.5, 2.5],
  halfLifeDays: [730, 1460, 3650, 365_000],
} as const;

/**
 * A seeded random search (Bergstra and Bengio 2012) for the parameters of the suitability head, the one that decides keep or
 * remove; the deal head goes equally far. Every trial is fitted on the past and judged on the next stretch; the best of them
 * and the standing choice are judged again by folds. What stands is left only for what is better in both. The last stretch, on which the report is made, is never looked at.
 * The same history, day, seed and number of trials give the same choice.
 */
export async function searchParameters(
  history: MarketHistory,
  wanted: SearchWanted,
  { laps, library, to }: { laps: Laps; library: Xgboost; to: number },
): Promise<{ parameters: TrainingParameters; log: SearchLog }> {
  const standing = { ...defaultParameters, ...wanted.parameters };
  const random = seededRandom(wanted.seed);
  const drawn = [standing, ...Array.from({ length: wanted.trials }, () => drawParameters(standing, random))];
  const fits = drawn.length + FOLDS * (FINALISTS + 1);
  let done = 0;
  const step = () => laps.tell("search", (to * ++done) / fits);

  const lists = new ValidationLists();
  const found: Trial[] = [];
  // Trials that draw the same negatives share their rows.
  const order = [...drawn.entries()].sort(([i, a], [j, b]) => negativesOf(a) - negativesOf(b) || i - j);
  let material: TrainingMaterial | null = null;
  let matrix: Float32Array = new Float32Array(0);
  for (const [trial, parameters] of order) {
    const began = performance.now();
    if (!material || negativesOf(material.parameters) !== negativesOf(parameters)) {
      material = prepareMaterial(history, { ...wanted, parameters });
      matrix = matrixOf(material, material.split.fit);
      lists.takeFrom(material);
    }
    material = { ...material, parameters };
    const booster = await fitSuitability(material, material.split.fit, matrix, library, laps);
    const nextStretch = mean(lists.aucs(booster, library));
    found.push({ trial, parameters, nextStretch, folds: Number.NaN, seconds: secondsSince(began) });
    step();
  }
  found.sort((a, b) => a.trial - b.trial);
  const [stood, ...tried] = found as [Trial, ...Trial[]];
  const finalists = [stood, ...tried.sort((a, b) => b.nextStretch - a.nextStretch).slice(0, FINALISTS)];
  // All are judged by the same candidates, whatever negatives they learnt from.
  const judged = prepareMaterial(history, { ...wanted, parameters: stood.parameters });
  for (const finalist of finalists) {
    const began = performance.now();
    const own = finalist === stood ? judged : prepareMaterial(history, { ...wanted, parameters: finalist.parameters });
    finalist.folds = mean(await foldAucs(own, judged, library, laps, step));
    finalist.seconds += secondsSince(began);
  }
  const sum = (one: Trial) => one.nextStretch + one.folds;
  const best = finalists
    .filter((one) => one.nextStretch >= stood.nextStretch && one.folds >= stood.folds)
    .reduce((a, b) => (sum(b) > sum(a) ? b : a), stood);
  laps.lap("search", to);
  return { parameters: best.parameters, log: found.map((one) => logRow(one, one === best)) };
}

function secondsSince(began: number): number {
  return Math.round(performance.now() - began) / 1000;
}

function logRow({ trial, parameters, nextStretch, folds, seconds }: Trial, chosen: boolean): SearchLog[number] {
  const { booster, ...others } = parameters;
  const flat = Object.entries({ ...others, ...booster }).filter(
    (entry): entry is [string, number] => typeof entry[1] === "number",
  );
  const metrics = { aucNextStretch: nextStretch, ...(Number.isNaN(folds) ? {} : { aucFolds: folds }), seconds };
  return { parameters: { trial, ...Object.fromEntries(flat) }, metrics, chosen };
}

function negativesOf({ randomNegatives, hardNegatives }: TrainingParameters): number {
  return 1000 * randomNegatives + hardNegatives;
}

function drawParameters(standing: TrainingParameters, random: () => number): TrainingParameters {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  const eta = pick(space.eta);
  const travel = pick(space.travel) * standing.suitabilityRounds * (standing.booster.eta ?? eta);
  const rounds = Math.max(1, Math.round(travel / eta));
  return {
    ...standing,
    booster: {
      ...standing.booster,
      eta,
      maxDepth: pick(space.maxDepth),
      colsampleByTree: pick(space.colsampleByTree),
      minChildWeight: pick(space.minChildWeight),
      lambda: pick(space.lambda),
    },
    suitabilityRounds: rounds,
    dealRounds: Math.round((rounds * standing.dealRounds) / standing.suitabilityRounds),
    ...pick(space.negatives),
    dealWeight: pick(space.dealWeight),
    halfLifeDays: pick(space.halfLifeDays),
  };
}

async function fitSuitability(
  material: TrainingMaterial,
  sets: TrainingMaterial["sets"],
  matrix: Float32Array,
  library: Xgboost,
  { signal }: Laps,
): Promise<Uint8Array> {
  const rows = labelRows(sets, material);
  return fitHead("suitability", material, matrix, rows.suitability, {
    laps: new Laps(undefined, signal),
    library,
    from: 0,
    to: 0,
  });
}

/** AUC within each set of the fitted part of `judged`, each by a booster that learnt from the sets of `own` of other leads. */
async function foldAucs(
  own: TrainingMaterial,
  judged: TrainingMaterial,
  library: Xgboost,
  laps: Laps,
  step: () => void,
): Promise<number[]> {
  const columns = own.features.length;
  const found: number[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const others = own.split.fit.filter((set) => foldOf(set, own.seed) !== fold);
    const held = judged.split.fit.filter((set) => foldOf(set, own.seed) === fold && !set.fromLease);
    const booster = await fitSuitability(own, others, matrixOf(own, others), library, laps);
    const matrix = matrixOf(judged, held);
    const margins = predictMargins(booster, matrix, matrix.length / columns, columns, library);
    let row = 0;
    for (const { candidates } of held) {
      const value = auc(
        margins.subarray(row, row + candidates.length),
        candidates.flatMap(({ suitable }, i) => (suitable ? [i] : [])),
      );
      row += candidates.length;
      if (Number.isFinite(value)) found.push(value);
    }
    step();
  }
  return found;
}

/** Sets of one lead are in one fold; those without a lead are told apart by their tenant. */
function foldOf({ leadId, lead, day }: CandidateSet, seed: number): number {
  const digest = createHash("sha256")
    .update(`${seed}/${leadId ?? `${lead.brand}@${day}`}`)
    .digest();
  return digest.readUInt32LE(0) % FOLDS;
}
