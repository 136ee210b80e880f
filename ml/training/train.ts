import { writeArtifact } from "../artifact.ts";
import { buildCandidateSets, type CandidateSet } from "../candidates.ts";
import { handRuleRanker, hotListRanker, type Ranker, randomRanker } from "../evaluation/baselines.ts";
import { type HeldOutList, heldOutList, type OfferedPair } from "../evaluation/held-out.ts";
import { fitLogistic, linearMargins } from "../evaluation/logistic.ts";
import { mean } from "../evaluation/metrics.ts";
import { recordedDealFigures } from "../evaluation/recorded-deals.ts";
import { type EvaluationReport, writeReport } from "../evaluation/report.ts";
import type { MarketHistory } from "../facts.ts";
import { catalog, featureSetId } from "../features/catalog.ts";
import type { Feature } from "../features/define-feature.ts";
import { pairOf, Scene } from "../features/pair.ts";
import { vectorize } from "../features/vectorize.ts";
import { learnVocabulary } from "../features/vocabulary.ts";
import type { ModelSettings } from "../model-settings.ts";
import { checkParity } from "../onnx/parity.ts";
import { openSession } from "../onnx/session.ts";
import { treesToOnnx } from "../onnx/to-onnx.ts";
import { MarketTimeline } from "../timeline.ts";
import { predictMargins, trainBooster } from "../xgboost/booster.ts";
import { loadXgboost, type Xgboost } from "../xgboost/library.ts";
import { parseTrees } from "../xgboost/trees.ts";
import { historyAsOf } from "./as-of.ts";
import { calibrated, chooseCalibration } from "./calibrate.ts";
import { chooseThreshold, type ThresholdBasis } from "./choose-threshold.ts";
import { defaultParameters, type TrainingParameters } from "./parameters.ts";
import { type RecordingRate, recordingRate } from "./recording-rate.ts";
import { CALIBRATION_LEADS_MIN, refuseTooLittle, TrainingRefused } from "./refuse.ts";
import { splitByTime } from "./split-by-time.ts";
import { type HeadRows, labelRows } from "./training-rows.ts";

export type { EvaluationReport } from "../evaluation/report.ts";
export { TrainingRefused } from "./refuse.ts";

export interface TrainOptions {
  /** The last day whose records may be looked at. */
  asOfDay: number;
  seed: number;
  /** Path of libxgboost; by default where the system keeps it. */
  xgboostLibrary?: string;
  onProgress?: (progress: { stage: string; fraction: number }) => void;
  signal?: AbortSignal;
  /** For experiments; what is left out stays as it is. */
  parameters?: Partial<TrainingParameters>;
}

export interface TrainedModel {
  artifact: Uint8Array;
  featureSetId: string;
  threshold: number;
  thresholdBasis: ThresholdBasis;
  /** Row counts of the records that were looked at, and their last day. */
  snapshot: Record<string, number>;
  parameters: Record<string, unknown>;
  report: EvaluationReport;
}

/** Newest sets first where there are more than a machine can hold. */
const SETS_MAX = 20_000;
/** Held-out lists that are scored whole, and the free premises of one list that are looked at. */
const HELD_OUT_MAX = 700;
const LISTS_AT_ONCE = 40;
const CANARY_ROWS = 64;
const PARITY_ROWS = 1500;

/**
 * Trains both heads on a market's records up to `asOfDay` and proves them on the last stretch. First on the past alone:
 * threshold, calibration and report come from the stretch after it. Then, with the same parameters, on everything.
 * The same history, day and seed give the same bytes. Throws `TrainingRefused` on too little data, `XgboostMissing`, and the
 * signal's reason.
 */
export async function train(history: MarketHistory, options: TrainOptions): Promise<TrainedModel> {
  const run = new TrainingRun(history, options);
  return run.train();
}

class TrainingRun {
  private readonly options: TrainOptions;
  private readonly parameters: TrainingParameters;
  private readonly library: Xgboost;
  private readonly timeline: MarketTimeline;
  private readonly sets: CandidateSet[];
  private readonly features: Feature[];
  private readonly vocabulary: ModelSettings["vocabulary"];
  private readonly seconds: Record<string, number> = {};
  private clock = performance.now();

  constructor(history: MarketHistory, options: TrainOptions) {
    this.options = options;
    this.parameters = { ...defaultParameters, ...options.parameters };
    this.library = loadXgboost(options.xgboostLibrary);
    this.timeline = new MarketTimeline(historyAsOf(history, options.asOfDay));
    this.vocabulary = learnVocabulary(this.timeline);
    this.features = catalog(this.vocabulary);
    const { randomNegatives: random, hardNegatives: hard } = this.parameters;
    this.sets = buildCandidateSets(this.timeline, { seed: options.seed, random, hard }).slice(-SETS_MAX);
    refuseTooLittle(this.timeline, this.sets);
  }

  async train(): Promise<TrainedModel> {
    const split = splitByTime(this.sets);
    const heldOut = [...split.tune, ...split.test].filter((set) => !set.fromLease && set.leadId !== null);
    if (heldOut.length < CALIBRATION_LEADS_MIN)
      throw new TrainingRefused(
        "too_few_leads_to_calibrate",
        `${heldOut.length} leads were offered something in the last stretch of the records, calibration takes ${CALIBRATION_LEADS_MIN}.`,
        { leads: heldOut.length, needed: CALIBRATION_LEADS_MIN },
      );
    const fitMatrix = this.matrixOf(split.fit);
    this.lap("prepare", 0.15);
    const past = await this.fitHeads(split.fit, fitMatrix, 0.15, 0.45);
    const judged = this.judgeHeldOut(heldOut.slice(-HELD_OUT_MAX), split.fit, fitMatrix, past);
    this.lap("hold_out", 0.55);

    const recording = recordingRate(this.timeline);
    const calibrationRows = (lists: readonly HeldOutList[]) =>
      weighToPrior(
        lists.flatMap(({ offered }) => offered),
        recording,
      );
    const tuneLists = judged.filter((list) => list.set.day < split.testFromDay);
    const testLists = judged.filter((list) => list.set.day >= split.testFromDay);
    const testRows = calibrationRows(testLists);
    const tuned = chooseCalibration(calibrationRows(tuneLists));
    const calibration = chooseCalibration(calibrationRows(judged)).calibration;
    const tunedThreshold = chooseThreshold(lowestOf(tuneLists), this.parameters.alpha);
    const { threshold, basis } = chooseThreshold(lowestOf(judged), this.parameters.alpha);

    const allMatrix = this.matrixOf(this.sets);
    const heads = await this.fitHeads(this.sets, allMatrix, 0.55, 0.9);
    const onnx = { suitability: this.exportHead(heads.suitability), deal: this.exportHead(heads.deal) };
    const probe = this.probeRows(allMatrix);
    const parity = await this.checkBoth(heads, onnx, probe, threshold);
    this.lap("export", 0.93);

    const report = writeReport({
      seed: this.options.seed,
      judged: testLists,
      rankerNames: this.rankerNames,
      threshold: tunedThreshold.threshold,
      testFromDay: split.testFromDay,
      calibrationFromDay: split.tuneFromDay,
      calibration: tuned.calibration.kind,
      reliabilityRows: testRows.map((row) => ({ ...row, probability: calibrated(tuned.calibration, row.margin) })),
      recordedDeals: await recordedDealFigures({
        sets: this.sets,
        matrix: allMatrix,
        columns: this.features.length,
        testFromDay: split.tuneFromDay,
        seed: this.options.seed,
        library: this.library,
      }),
      parity,
      rows: this.countRows(),
      recording: { ...recording },
    });
    this.lap("report", 1);
    report.seconds = this.seconds;

    const snapshot = this.snapshot();
    const parameters = { ...this.parameters } as unknown as Record<string, unknown>;
    const settings: ModelSettings = {
      vocabulary: this.vocabulary,
      calibration,
      surelySuitsOdds: surelySuits(judged.flatMap((list) => list.knownOdds)),
      seenRents: this.seenRents(),
    };
    const artifact = writeArtifact({
      featureSetId,
      featureNames: this.features.map((feature) => feature.name),
      heads: {
        suitability: { modelJson: heads.suitability, onnx: onnx.suitability },
        deal: { modelJson: heads.deal, onnx: onnx.deal },
      },
      settings,
      threshold,
      thresholdBasis: { ...basis },
      canary: await this.canary(onnx, probe),
      made: {
        asOfDay: this.options.asOfDay,
        seed: this.options.seed,
        libraries: { xgboost: this.library.version },
        parameters,
        snapshot,
      },
    });
    return { artifact, featureSetId, threshold, thresholdBasis: basis, snapshot, parameters, report };
  }

  private matrixOf(sets: readonly CandidateSet[]): Float32Array {
    const columns = this.features.length;
    const matrix = new Float32Array(sets.reduce((sum, set) => sum + set.candidates.length, 0) * columns);
    let row = 0;
    for (const set of sets) {
      const scene = new Scene(this.timeline, set.lead, set.managerId, set.day);
      const pairs = set.candidates.map((candidate) => pairOf(scene, candidate.at));
      vectorize(this.features, pairs, matrix.subarray(row * columns, (row + pairs.length) * columns));
      row += pairs.length;
    }
    return matrix;
  }

  private async fitHeads(
    sets: readonly CandidateSet[],
    matrix: Float32Array,
    from: number,
    to: number,
  ): Promise<Heads> {
    const { suitability, deal } = labelRows(sets, this.parameters, this.timeline.snapshotDay);
    const { suitabilityRounds, dealRounds } = this.parameters;
    const middle = from + 0.6 * (to - from);
    const first = await this.fitHead("suitability", matrix, suitability, suitabilityRounds, from, middle);
    const second = await this.fitHead("deal", matrix, deal, dealRounds, middle, to);
    return { suitability: first, deal: second };
  }

  private async fitHead(
    head: keyof Heads,
    matrix: Float32Array,
    { labels, weights }: HeadRows,
    rounds: number,
    from: number,
    to: number,
  ): Promise<Uint8Array> {
    // A dearer rent must never raise the chance of a deal; what suits may well cost more.
    const monotone = head === "deal" ? this.features.map((feature) => feature.monotone) : [];
    const { modelJson } = await trainBooster({
      matrix,
      rows: labels.length,
      columns: this.features.length,
      labels,
      weights,
      rounds,
      parameters: { ...this.parameters.booster, baseScore: 0.02, monotone, seed: this.options.seed },
      featureNames: this.features.map((_, column) => `f${column}`),
      library: this.library,
      onRound: ({ round }) => {
        if (round % 25 === 0)
          this.options.onProgress?.({ stage: head, fraction: from + ((to - from) * round) / rounds });
      },
      ...(this.options.signal ? { signal: this.options.signal } : {}),
    });
    this.lap(head, to);
    return modelJson;
  }

  private rankerNames: string[] = [];

  /** Every ranker on every free premises of the held-out leads; ours first. */
  private judgeHeldOut(
    sets: readonly CandidateSet[],
    fit: readonly CandidateSet[],
    matrix: Float32Array,
    heads: Heads,
  ): HeldOutList[] {
    const columns = this.features.length;
    const { seed } = this.options;
    const { suitability } = labelRows(fit, this.parameters, this.timeline.snapshotDay);
    const logistic = fitLogistic(matrix, columns, suitability.labels, suitability.weights, seed);
    const baselines: Ranker[] = [
      { name: "logistic_regression", score: (_, pairs, m) => linearMargins(logistic, m, pairs.length) },
      handRuleRanker,
      hotListRanker(this.timeline),
      randomRanker(seed),
    ];
    this.rankerNames = ["candidate", ...baselines.map((ranker) => ranker.name)];
    const judged: HeldOutList[] = [];
    for (let from = 0; from < sets.length; from += LISTS_AT_ONCE) {
      // The library reads the whole model anew for each call: many lists to a call.
      const scenes = sets.slice(from, from + LISTS_AT_ONCE).map((set) => {
        const scene = new Scene(this.timeline, set.lead, set.managerId, set.day);
        return { set, scene, pairs: Array.from({ length: scene.standing.free.count }, (_, at) => pairOf(scene, at)) };
      });
      const all = vectorize(
        this.features,
        scenes.flatMap(({ pairs }) => pairs),
      );
      const rows = all.length / columns;
      const margins = predictMargins(heads.suitability, all, rows, columns, this.library);
      const dealMargins = predictMargins(heads.deal, all, rows, columns, this.library);
      let row = 0;
      for (const { set, scene, pairs } of scenes) {
        const end = row + pairs.length;
        const matrix = all.subarray(row * columns, end * columns);
        const scores = [margins.slice(row, end), ...baselines.map((ranker) => ranker.score(scene, pairs, matrix))];
        judged.push(heldOutList(set, scores, dealMargins.slice(row, end)));
        row = end;
      }
      this.options.signal?.throwIfAborted();
    }
    return judged;
  }

  private exportHead(modelJson: Uint8Array): Uint8Array {
    return treesToOnnx(parseTrees(modelJson));
  }

  /** Rows of the training, and the same with classes never seen and facts missing. */
  private probeRows(matrix: Float32Array): Float32Array {
    const columns = this.features.length;
    const rows = matrix.length / columns;
    const probe = new Float32Array(PARITY_ROWS * columns);
    for (let i = 0; i < PARITY_ROWS; i++) {
      const from = Math.floor((i * rows) / PARITY_ROWS) * columns;
      probe.set(matrix.subarray(from, from + columns), i * columns);
      if (i % 3 === 0) for (let c = i % 7; c < columns; c += 7) probe[i * columns + c] = Number.NaN;
      if (i % 5 === 0)
        for (const [c, { name }] of this.features.entries()) if (name.includes(":")) probe[i * columns + c] = 0;
    }
    return probe;
  }

  private async checkBoth(heads: Heads, onnx: Heads, matrix: Float32Array, threshold: number) {
    const shape = { matrix, rows: PARITY_ROWS, columns: this.features.length, library: this.library };
    const thresholds = threshold > 0 ? [threshold] : [0.5];
    const one = await checkParity({ modelJson: heads.suitability, onnx: onnx.suitability, ...shape, thresholds });
    const other = await checkParity({ modelJson: heads.deal, onnx: onnx.deal, ...shape, thresholds: [0.5] });
    return {
      ok: one.ok && other.ok,
      rows: one.rows,
      maxAbsDiff: Math.max(one.maxAbsDiff, other.maxAbsDiff),
      flipped: one.flipped + other.flipped,
      reasons: [...one.reasons.map((r) => `suitability: ${r}`), ...other.reasons.map((r) => `deal: ${r}`)],
    };
  }

  private async canary(onnx: Heads, probe: Float32Array) {
    const columns = this.features.length;
    const matrix = new Float32Array(CANARY_ROWS * columns);
    for (let i = 0; i < CANARY_ROWS; i++) {
      const from = Math.floor((i * PARITY_ROWS) / CANARY_ROWS) * columns;
      matrix.set(probe.subarray(from, from + columns), i * columns);
    }
    const answer = async (bytes: Uint8Array) => {
      const session = await openSession(bytes);
      const margins = await session.margins(matrix, CANARY_ROWS, columns);
      await session.close();
      return margins;
    };
    return { matrix, margins: { suitability: await answer(onnx.suitability), deal: await answer(onnx.deal) } };
  }

  private seenRents(): ModelSettings["seenRents"] {
    const rents = this.timeline.history.vacancies
      .map(
        ({ premisesId, rentRubMonth }) =>
          rentRubMonth / (this.timeline.premises[this.timeline.indexOf(premisesId)]?.areaSqm ?? Number.NaN),
      )
      .filter((rent) => rent > 0 && Number.isFinite(rent))
      .sort((a, b) => a - b);
    const at = (share: number) => rents[Math.floor(share * (rents.length - 1))] ?? 0;
    return { lowestRubSqmMonth: at(0.01), highestRubSqmMonth: at(0.99) };
  }

  private countRows(): EvaluationReport["rows"] {
    const candidates = this.sets.flatMap((set) => set.candidates);
    return {
      training: candidates.length,
      positives: candidates.filter((candidate) => candidate.suitable).length,
      deals: candidates.filter((candidate) => candidate.deal).length,
      columns: this.features.length,
    };
  }

  private snapshot(): Record<string, number> {
    const { premises, vacancies, leases, offers, judgements, leads, managers, districts } = this.timeline.history;
    const counted = { premises, vacancies, leases, offers, judgements, leads, managers, districts };
    return {
      asOfDay: this.options.asOfDay,
      ...Object.fromEntries(Object.entries(counted).map(([name, rows]) => [name, rows.length])),
    };
  }

  private lap(stage: string, fraction: number): void {
    const now = performance.now();
    this.seconds[stage] = (this.seconds[stage] ?? 0) + Math.round(now - this.clock) / 1000;
    this.clock = now;
    this.options.onProgress?.({ stage, fraction });
    this.options.signal?.throwIfAborted();
  }
}

interface Heads {
  suitability: Uint8Array;
  deal: Uint8Array;
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
