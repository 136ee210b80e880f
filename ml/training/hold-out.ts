import { handRuleRanker, hotListRanker, type Ranker, randomRanker } from "../evaluation/baselines.ts";
import { type HeldOutList, heldOutList, type OfferedPair } from "../evaluation/held-out.ts";
import { fitLogistic, linearMargins } from "../evaluation/logistic.ts";
import { mean } from "../evaluation/metrics.ts";
import { pairOf, Scene } from "../features/pair.ts";
import { vectorize } from "../features/vectorize.ts";
import type { ModelSettings } from "../model-settings.ts";
import { predictMargins } from "../xgboost/booster.ts";
import type { Xgboost } from "../xgboost/library.ts";
import { type Calibration, calibrated, chooseCalibration } from "./calibrate.ts";
import { chooseThreshold, type Threshold } from "./choose-threshold.ts";
import type { Heads } from "./fit-heads.ts";
import type { Laps } from "./laps.ts";
import type { TrainingMaterial } from "./material.ts";
import { type RecordingRate, recordingRate } from "./recording-rate.ts";
import { labelRows } from "./training-rows.ts";

/** What the last stretch of the records says of heads that were not fitted on it. */
export interface HeldOutFindings {
  rankerNames: string[];
  testLists: HeldOutList[];
  recording: RecordingRate;
  /** Chosen on the first part of the stretch: the report tells on the second what they are worth. */
  tuned: { threshold: number; calibration: Calibration };
  reliabilityRows: { probability: number; happened: boolean; weight: number }[];
  /** Chosen on the whole stretch: what serves. */
  calibration: Calibration;
  threshold: Threshold;
  surelySuitsOdds: ModelSettings["surelySuitsOdds"];
}

/** Held-out lists that are scored whole, and the free premises of one list that are looked at. */
const HELD_OUT_MAX = 700;
const LISTS_AT_ONCE = 40;

/** Judges heads on the held-out leads; they must not have seen that stretch. `fitMatrix` holds the rows of `split.fit`. */
export function holdOut(
  material: TrainingMaterial,
  heads: Heads,
  fitMatrix: Float32Array,
  { laps, library }: { laps: Laps; library: Xgboost },
): HeldOutFindings {
  const { judged, rankerNames } = judge();
  const { parameters, split } = material;
  const recording = recordingRate(material.timeline);
  const calibrationRows = (lists: readonly HeldOutList[]) =>
    weighToPrior(
      lists.flatMap(({ offered }) => offered),
      recording,
    );
  const tuneLists = judged.filter((list) => list.set.day < split.testFromDay);
  const testLists = judged.filter((list) => list.set.day >= split.testFromDay);
  const tuned = chooseCalibration(calibrationRows(tuneLists)).calibration;
  return {
    rankerNames,
    testLists,
    recording,
    tuned: { threshold: chooseThreshold(lowestOf(tuneLists), parameters.alpha).threshold, calibration: tuned },
    reliabilityRows: calibrationRows(testLists).map((row) => ({ ...row, probability: calibrated(tuned, row.margin) })),
    calibration: chooseCalibration(calibrationRows(judged)).calibration,
    threshold: chooseThreshold(lowestOf(judged), parameters.alpha),
    surelySuitsOdds: surelySuits(judged.flatMap((list) => list.knownOdds)),
  };

  /** Every ranker on every free premises of the held-out leads; ours first. */
  function judge(): { judged: HeldOutList[]; rankerNames: string[] } {
    const { seed, features, timeline, split, parameters } = material;
    const columns = features.length;
    const sets = material.heldOut.slice(-HELD_OUT_MAX);
    const { suitability } = labelRows(split.fit, parameters, timeline.snapshotDay);
    const logistic = fitLogistic(fitMatrix, columns, suitability.labels, suitability.weights, seed);
    const baselines: Ranker[] = [
      { name: "logistic_regression", score: (_, pairs, m) => linearMargins(logistic, m, pairs.length) },
      handRuleRanker,
      hotListRanker(timeline),
      randomRanker(seed),
    ];
    const judged: HeldOutList[] = [];
    for (let from = 0; from < sets.length; from += LISTS_AT_ONCE) {
      // The library reads the whole model anew for each call: many lists to a call.
      const scenes = sets.slice(from, from + LISTS_AT_ONCE).map((set) => {
        const scene = new Scene(timeline, set.lead, set.managerId, set.day);
        return { set, scene, pairs: Array.from({ length: scene.standing.free.count }, (_, at) => pairOf(scene, at)) };
      });
      const all = vectorize(
        features,
        scenes.flatMap(({ pairs }) => pairs),
      );
      const rows = all.length / columns;
      const margins = predictMargins(heads.suitability, all, rows, columns, library);
      const dealMargins = predictMargins(heads.deal, all, rows, columns, library);
      let row = 0;
      for (const { set, scene, pairs } of scenes) {
        const end = row + pairs.length;
        const matrix = all.subarray(row * columns, end * columns);
        const scores = [margins.slice(row, end), ...baselines.map((ranker) => ranker.score(scene, pairs, matrix))];
        judged.push(heldOutList(set, scores, dealMargins.slice(row, end)));
        row = end;
      }
      laps.signal?.throwIfAborted();
    }
    return { judged, rankerNames: ["candidate", ...baselines.map((ranker) => ranker.name)] };
  }
}

/**
 * The odds at which nearly every premises suits, from the odds of those known to suit (Elkan and Noto 2008). Their mean
 * (estimator e1) is too low where the classes overlap, their maximum (e3; here but for the topmost hundredth) too high
 * where the odds are noisy: the truth lies between, and its geometric middle is taken.
 */
function surelySuits(odds: readonly number[]): number {
  const highest = [...odds].sort((a, b) => a - b)[Math.floor(0.99 * (odds.length - 1))] ?? 1;
  return Math.sqrt(mean(odds) * highest) || 1;
}

/**
 * Offered pairs weighed so that their odds of success are those of the whole records, corrected for what was not recorded
 * (Elkan 2001, theorem 2): one stretch has too few successes to tell the prior.
 */
function weighToPrior(offered: readonly OfferedPair[], { successes, failuresRecorded, failureWeight }: RecordingRate) {
  const won = offered.filter(({ deal }) => deal).length;
  const failures = (offered.length - won) * failureWeight;
  const odds = successes / (Math.max(1, failuresRecorded) * failureWeight);
  const successWeight = won === 0 ? 1 : (odds * Math.max(failureWeight, failures)) / won;
  return offered.map(({ dealMargin: margin, deal: happened }) => ({
    margin,
    happened,
    weight: happened ? successWeight : failureWeight,
  }));
}

function lowestOf(lists: readonly HeldOutList[]) {
  const told = lists.filter(({ set }) => set.candidates.some((candidate) => candidate.suitable));
  return {
    reviewed: told.filter(({ set }) => set.reviewed).map((list) => list.lowestSuitability),
    recorded: told.map((list) => list.lowestSuitability),
    recordedPerLead:
      told.reduce((sum, { set }) => sum + set.candidates.filter((one) => one.suitable).length, 0) / told.length,
  };
}
