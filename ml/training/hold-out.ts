import { chanceOfDeal } from "../chance-of-deal.ts";
import { openActiveRanker } from "../evaluation/active-ranker.ts";
import {
  handRuleRanker,
  hotListRanker,
  logisticRanker,
  type Ranker,
  type RankerName,
  randomRanker,
} from "../evaluation/baselines.ts";
import type { ReliabilityRow } from "../evaluation/calibration-figures.ts";
import { dealsOnlyRanker } from "../evaluation/fit-recorded-deals.ts";
import { type HeldOut, judgeHeldOut, type RankerAnswers } from "../evaluation/held-out.ts";
import { fitLogistic } from "../evaluation/logistic.ts";
import { mean } from "../evaluation/metrics.ts";
import type { EvaluationReport } from "../evaluation/report.ts";
import type { ModelSettings } from "../model-settings.ts";
import { predictMarginsOfBoth } from "../xgboost/booster.ts";
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
  /** Every lead of the stretch, in the order of days; those from `testFrom` on are tested, those before it tune. */
  heldOut: HeldOut;
  testFrom: number;
  recording: RecordingRate;
  /** Chosen on the first part of the stretch: the report tells on the second what they are worth. */
  tuned: { threshold: Threshold; calibration: Calibration; surelySuitsOdds: number };
  /** By the same promise, each on the first part; the active model's own. */
  thresholds: Map<RankerName, number>;
  active: EvaluationReport["active"];
  reliabilityRows: ReliabilityRow[];
  /** Chosen on the whole stretch: what serves. */
  calibration: Calibration;
  threshold: Threshold;
  surelySuitsOdds: ModelSettings["surelySuitsOdds"];
}

/** The model that serves now, to be held against the new one. */
export interface ActiveArtifact {
  sha256: string;
  artifact: Uint8Array;
}

/** Held-out lists that are scored whole: the newest. */
const HELD_OUT_MAX = 700;
/** The active model is asked of the leads after its own last day; of fewer nothing can be said. */
const ACTIVE_LEADS_MIN = 20;

/** Judges heads on the held-out leads; they must not have seen that stretch. `fitMatrix` holds the rows of `split.fit`. */
export async function holdOut(
  material: TrainingMaterial,
  heads: Heads,
  fitMatrix: Float32Array,
  { laps, library, active }: { laps: Laps; library: Xgboost; active?: ActiveArtifact | undefined },
): Promise<HeldOutFindings> {
  const { parameters, split, timeline, features, seed } = material;
  const opened = active && (await openActiveRanker(active.artifact));
  const heldOut = await judgeHeldOut({
    timeline,
    features,
    sets: material.heldOut.slice(-HELD_OUT_MAX),
    heads: (matrix, rows) => predictMarginsOfBoth(heads, matrix, rows, features.length, library),
    rankers: [...(opened && "ranker" in opened ? [opened.ranker] : []), ...(await baselines())],
    signal: laps.signal,
  });
  if (opened && "ranker" in opened) await opened.close();
  const firstTest = heldOut.leads.findIndex(({ set }) => set.day >= split.testFromDay);
  const testFrom = firstTest < 0 ? heldOut.leads.length : firstTest;
  const all = { from: 0, to: heldOut.leads.length };
  const tune = { from: 0, to: testFrom };
  const recording = recordingRate(timeline);
  const known = material.dealsKnownUntilDay;
  const thresholdOf = (part: Part, suitability: HeldOut["suitability"]) =>
    chooseThreshold(lowestOf(heldOut, part, suitability), parameters.alpha);
  const calibration = chooseCalibration(weighToPrior(offeredIn(heldOut, tune, known), recording)).calibration;
  const tested = weighToPrior(offeredIn(heldOut, { from: testFrom, to: all.to }, known), recording);
  return {
    heldOut,
    testFrom,
    recording,
    tuned: {
      threshold: thresholdOf(tune, heldOut.suitability),
      calibration,
      surelySuitsOdds: surelySuits(offeredOdds(heldOut, tune)),
    },
    thresholds: new Map(
      heldOut.others.flatMap(({ name, suitability }): [RankerName, number][] => {
        if (name === "active") return opened && "threshold" in opened ? [[name, opened.threshold]] : [];
        return [[name, thresholdOf(tune, suitability as Float64Array[]).threshold]];
      }),
    ),
    active: active ? { sha256: active.sha256, ...whyLeftOut() } : null,
    reliabilityRows: tested.map(({ lead, margin, happened, weight }) => ({
      lead: lead - testFrom,
      probability: calibrated(calibration, margin),
      happened,
      weight,
    })),
    calibration: chooseCalibration(weighToPrior(offeredIn(heldOut, all, known), recording)).calibration,
    threshold: thresholdOf(all, heldOut.suitability),
    surelySuitsOdds: surelySuits(offeredOdds(heldOut, all)),
  };

  async function baselines(): Promise<Ranker[]> {
    const columns = features.length;
    const { suitability } = labelRows(split.fit, material);
    const logistic = fitLogistic(fitMatrix, columns, suitability.labels, suitability.weights, seed);
    const dealsOnly = await dealsOnlyRanker({ sets: split.fit, matrix: fitMatrix, columns, seed, library });
    return [
      logisticRanker(logistic),
      ...(dealsOnly ? [dealsOnly] : []),
      handRuleRanker,
      hotListRanker(timeline),
      randomRanker(seed),
    ];
  }

  function whyLeftOut(): Pick<NonNullable<EvaluationReport["active"]>, "leftOut" | "message"> {
    if (opened && "leftOut" in opened) return { leftOut: opened.leftOut, message: opened.message };
    const asked = heldOut.others.find(({ name }) => name === "active")?.suitability.slice(testFrom);
    const leads = asked?.filter((scores) => scores !== null).length ?? 0;
    if (leads >= ACTIVE_LEADS_MIN) return { leftOut: null, message: null };
    return { leftOut: "too_few_leads", message: `It has not seen ${leads} of the tested leads.` };
  }
}

/** The heads and every other ranker on the tested leads, as the report wants them. */
export function testedRankers({ heldOut, testFrom, tuned, thresholds, active }: HeldOutFindings) {
  const { calibration, surelySuitsOdds } = tuned;
  const suitability = heldOut.suitability.slice(testFrom);
  const order = suitability.map((shares, lead) => {
    const margins = heldOut.dealMargins[testFrom + lead]!;
    return shares.map((share, at) =>
      chanceOfDeal(calibrated(calibration, margins[at]!), Math.log(share / (1 - share)), surelySuitsOdds),
    );
  });
  const answers: RankerAnswers = { name: "candidate", suitability, order };
  return {
    candidate: { answers, threshold: tuned.threshold.threshold },
    others: heldOut.others
      .filter(({ name }) => name !== "active" || active?.leftOut === null)
      .map(({ name, suitability, order }) => ({
        answers: { name, suitability: suitability.slice(testFrom), order: order.slice(testFrom) },
        threshold: thresholds.get(name)!,
      })),
  };
}

/** Leads [from, to). */
interface Part {
  from: number;
  to: number;
}

/** Offered premises and how they ended; those offered later than `knownUntilDay` had no time to end. */
function offeredIn({ leads, dealMargins }: HeldOut, { from, to }: Part, knownUntilDay: number): OfferedRow[] {
  return leads
    .slice(from, to)
    .flatMap(({ set, offered }, i) =>
      set.day > knownUntilDay
        ? []
        : offered.map(({ at, deal }) => ({ lead: from + i, margin: dealMargins[from + i]![at]!, happened: deal })),
    );
}

interface OfferedRow {
  lead: number;
  margin: number;
  happened: boolean;
}

/** Suitability odds of each premises that was offered: what marks add was chosen for being low. */
function offeredOdds({ leads, suitability }: HeldOut, { from, to }: Part): number[] {
  return leads.slice(from, to).flatMap(({ offered }, i) =>
    offered.map(({ at }) => {
      const share = suitability[from + i]![at]!;
      return share / (1 - share);
    }),
  );
}

/**
 * The odds at which nearly every premises suits, from the odds of those that were offered (Elkan and Noto 2008). Their mean
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
function weighToPrior(offered: readonly OfferedRow[], { successes, failuresRecorded, failureWeight }: RecordingRate) {
  const won = offered.filter(({ happened }) => happened).length;
  const failures = (offered.length - won) * failureWeight;
  const odds = successes / (Math.max(1, failuresRecorded) * failureWeight);
  const successWeight = won === 0 ? 1 : (odds * Math.max(failureWeight, failures)) / won;
  return offered.map((row) => ({ ...row, weight: row.happened ? successWeight : failureWeight }));
}

/** For each lead of the part the lowest score among the premises known to suit it. */
function lowestOf({ leads }: HeldOut, { from, to }: Part, scores: HeldOut["suitability"]) {
  const part = leads.slice(from, to);
  const told = part.flatMap(({ set, suits }, i) => {
    if (suits.length === 0) return [];
    return [{ set, lowest: Math.min(...suits.map((at) => scores[from + i]![at]!)) }];
  });
  const offers = part.map(({ offered }) => offered.length).filter((count) => count > 0);
  return {
    reviewed: told.filter(({ set }) => set.reviewed).map(({ lowest }) => lowest),
    recorded: told.map(({ lowest }) => lowest),
    recordedPerLead: mean(offers) || 1,
  };
}
