import { buildCandidateSets, type CandidateSet } from "../candidates.ts";
import type { MarketHistory } from "../facts.ts";
import { catalog } from "../features/catalog.ts";
import type { Feature } from "../features/define-feature.ts";
import { pairOf, Scene } from "../features/pair.ts";
import { vectorize } from "../features/vectorize.ts";
import { learnVocabulary, type Vocabulary } from "../features/vocabulary.ts";
import { hashHistory } from "../hash-history.ts";
import { MarketTimeline } from "../timeline.ts";
import { historyAsOf } from "./as-of.ts";
import { defaultParameters, type TrainingParameters } from "./parameters.ts";
import { CALIBRATION_LEADS_MIN, refuseTooLittle, TrainingRefused } from "./refuse.ts";
import { splitAt, splitByTime, type TimeSplit } from "./split-by-time.ts";

/** What heads are fitted on and judged by: the records as of a day, the columns that they give, the sets to learn from. */
export interface TrainingMaterial {
  asOfDay: number;
  seed: number;
  parameters: TrainingParameters;
  timeline: MarketTimeline;
  vocabulary: Vocabulary;
  features: Feature[];
  /** In the order of days. */
  sets: CandidateSet[];
  split: TimeSplit<CandidateSet>;
  /** Row counts of the records that were looked at, their last day, and the SHA-256 of their content. */
  snapshot: Record<string, number | string>;
  /** Sets of the last stretch that calibrate and judge: a lead that was offered something. */
  heldOut: CandidateSet[];
  /** Of offers made later than this it is not known yet which become deals. */
  dealsKnownUntilDay: number;
}

export interface MaterialWanted {
  /** The last day whose records may be looked at. */
  asOfDay: number;
  seed: number;
  /** For experiments; what is left out stays as it is. */
  parameters?: Partial<TrainingParameters>;
  /** Columns and borders of a material that was prepared before: of these or of older records. */
  as?: { vocabulary: Vocabulary; tuneFromDay: number; testFromDay: number };
}

/** Newest sets first where there are more than a machine can hold. */
const SETS_MAX = 20_000;

/** The same history, day, seed and parameters give the same material. Throws `TrainingRefused` on too little data. */
export function prepareMaterial(history: MarketHistory, wanted: MaterialWanted): TrainingMaterial {
  const { asOfDay, seed } = wanted;
  const parameters = { ...defaultParameters, ...wanted.parameters };
  const timeline = new MarketTimeline(historyAsOf(history, asOfDay));
  const vocabulary = wanted.as?.vocabulary ?? learnVocabulary(timeline);
  const { randomNegatives: random, hardNegatives: hard } = parameters;
  const sets = buildCandidateSets(timeline, { seed, random, hard }).slice(-SETS_MAX);
  refuseTooLittle(timeline, sets);
  const split = wanted.as ? splitAt(sets, wanted.as) : splitByTime(sets);
  const heldOut = [...split.tune, ...split.test].filter((set) => !set.fromLease && set.leadId !== null);
  if (heldOut.length < CALIBRATION_LEADS_MIN)
    throw new TrainingRefused(
      "too_few_leads_to_calibrate",
      `${heldOut.length} leads were offered something in the last stretch of the records, calibration takes ${CALIBRATION_LEADS_MIN}.`,
      { leads: heldOut.length, needed: CALIBRATION_LEADS_MIN },
    );
  const features = catalog(vocabulary);
  const dealsKnownUntilDay = dealsKnownUntil(timeline);
  const snapshot = snapshotOf(timeline.history, asOfDay);
  return {
    ...{ asOfDay, seed, parameters, timeline, vocabulary, features, sets, split, heldOut, snapshot },
    dealsKnownUntilDay,
  };
}

function snapshotOf(history: MarketHistory, asOfDay: number): TrainingMaterial["snapshot"] {
  const { premises, vacancies, leases, offers, judgements, leads, managers, districts } = history;
  const counted = { premises, vacancies, leases, offers, judgements, leads, managers, districts };
  const counts = Object.fromEntries(Object.entries(counted).map(([name, rows]) => [name, rows.length]));
  return { asOfDay, ...counts, sha256: hashHistory(history) };
}

/** So large a share of the deals is closed within the time that is given them. */
const CLOSED_SHARE = 0.95;

/** The last day whose offers had, by the pace of all won ones, the time to become deals. */
function dealsKnownUntil({ offers, snapshotDay }: MarketTimeline): number {
  const took = offers
    .filter(({ outcome, closedDay }) => outcome === "won" && Number.isFinite(closedDay))
    .map(({ offeredDay, closedDay }) => Math.max(0, closedDay - offeredDay))
    .sort((a, b) => a - b);
  return snapshotDay - (took[Math.floor(CLOSED_SHARE * took.length)] ?? 0);
}

/** The rows of the sets, one after another, a column a feature. */
export function matrixOf({ timeline, features }: TrainingMaterial, sets: readonly CandidateSet[]): Float32Array {
  const columns = features.length;
  const matrix = new Float32Array(sets.reduce((sum, set) => sum + set.candidates.length, 0) * columns);
  let row = 0;
  for (const set of sets) {
    const scene = new Scene(timeline, set.lead, set.managerId, set.day);
    const pairs = set.candidates.map((candidate) => pairOf(scene, candidate.at));
    vectorize(features, pairs, matrix.subarray(row * columns, (row + pairs.length) * columns));
    row += pairs.length;
  }
  return matrix;
}
