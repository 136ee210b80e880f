import { writeArtifact } from "../artifact.ts";
import type { CandidateSet } from "../candidates.ts";
import { recordedShuffled } from "../evaluation/fit-recorded-deals.ts";
import { type EvaluationReport, writeReport } from "../evaluation/report.ts";
import { featureSetId } from "../features/catalog.ts";
import type { ModelSettings } from "../model-settings.ts";
import { checkParity } from "../onnx/parity.ts";
import { openSession, runtimeVersions } from "../onnx/session.ts";
import { exportVersions, treesToOnnx } from "../onnx/to-onnx.ts";
import type { MarketTimeline } from "../timeline.ts";
import type { Xgboost } from "../xgboost/library.ts";
import { parseTrees } from "../xgboost/trees.ts";
import type { ThresholdBasis } from "./choose-threshold.ts";
import type { Heads } from "./fit-heads.ts";
import { type HeldOutFindings, testedRankers } from "./hold-out.ts";
import type { Laps } from "./laps.ts";
import { levelOfServing } from "./level-of-serving.ts";
import type { TrainingMaterial } from "./material.ts";

export interface TrainedModel {
  artifact: Uint8Array;
  featureSetId: string;
  threshold: number;
  thresholdBasis: ThresholdBasis;
  snapshot: TrainingMaterial["snapshot"];
  parameters: Record<string, unknown>;
  seed: number;
  /** Versions by name: trainer, runtime, format of the export. */
  libraries: Record<string, string>;
  report: EvaluationReport;
}

const CANARY_ROWS = 64;
const PARITY_ROWS = 1500;

/** Heads that another engine fitted: what is to be known of it beside our own parameters. */
export interface Origin {
  /** As in "xgboost 3.1.0", for the report. */
  trainer: string;
  parameters: Record<string, unknown>;
  libraries: Record<string, string>;
}

/**
 * Makes a model of two heads, whoever fitted them: export, parity, report, canary rows, artifact. `matrix` holds the rows
 * of all sets; `findings` come from heads that had not seen the last stretch.
 */
export async function finishModel(
  material: TrainingMaterial,
  heads: Heads,
  findings: HeldOutFindings,
  { matrix, laps, library, origin }: { matrix: Float32Array; laps: Laps; library: Xgboost; origin?: Origin },
): Promise<TrainedModel> {
  laps.begin("export");
  const { asOfDay, seed, features, split, sets, snapshot } = material;
  const { threshold, basis } = findings.threshold;
  const onnx = { suitability: exportHead(heads.suitability), deal: exportHead(heads.deal) };
  const probe = probeRows(material, matrix);
  const parity = await checkBoth(heads, onnx, probe, threshold, library);
  laps.lap("export", 0.93);
  laps.begin("report");

  const { tuned, testFrom, heldOut } = findings;
  const rows = { sets, matrix, columns: features.length, seed, library };
  const level = origin ? null : await levelOfServing(material, heads, findings, { laps, library });
  const report = writeReport({
    asOfDay,
    seed,
    trainer: origin?.trainer ?? `xgboost ${library.version}`,
    testFromDay: split.testFromDay,
    calibrationFromDay: split.tuneFromDay,
    leads: heldOut.leads.slice(testFrom),
    ...testedRankers(findings),
    active: findings.active,
    promise: { tested: tuned.threshold, serving: findings.threshold },
    dealMargins: heldOut.dealMargins.slice(testFrom),
    calibration: tuned.calibration.kind,
    reliabilityRows: findings.reliabilityRows,
    shuffled: await recordedShuffled(rows),
    parity,
    ...(level && { level }),
    rows: countRows(origin ? split.fit : sets, features.length),
    recording: { ...findings.recording },
    seconds: laps.seconds,
  });
  laps.lap("report", 1);

  const parameters = { ...material.parameters, ...origin?.parameters };
  const libraries = { xgboost: library.version, ...runtimeVersions, ...exportVersions, ...origin?.libraries };
  const settings: ModelSettings = {
    vocabulary: material.vocabulary,
    calibration: findings.calibration,
    surelySuitsOdds: findings.surelySuitsOdds,
    seenRents: seenRents(material.timeline),
  };
  const artifact = writeArtifact({
    featureSetId,
    featureNames: features.map((feature) => feature.name),
    heads: {
      suitability: { modelJson: heads.suitability, onnx: onnx.suitability },
      deal: { modelJson: heads.deal, onnx: onnx.deal },
    },
    settings,
    threshold,
    thresholdBasis: { ...basis },
    canary: await canaryOf(onnx, probe),
    made: { asOfDay, seed, libraries, parameters, snapshot },
  });
  return { artifact, featureSetId, threshold, thresholdBasis: basis, snapshot, parameters, seed, libraries, report };
}

function exportHead(modelJson: Uint8Array): Uint8Array {
  return treesToOnnx(parseTrees(modelJson));
}

/** Rows of the training, and the same with classes never seen and facts missing. */
function probeRows({ features }: TrainingMaterial, matrix: Float32Array): Float32Array {
  const columns = features.length;
  const rows = matrix.length / columns;
  const probe = new Float32Array(PARITY_ROWS * columns);
  for (let i = 0; i < PARITY_ROWS; i++) {
    const from = Math.floor((i * rows) / PARITY_ROWS) * columns;
    probe.set(matrix.subarray(from, from + columns), i * columns);
    if (i % 3 === 0) for (let c = i % 7; c < columns; c += 7) probe[i * columns + c] = Number.NaN;
    if (i % 5 === 0) for (const [c, { name }] of features.entries()) if (name.includes(":")) probe[i * columns + c] = 0;
  }
  return probe;
}

async function checkBoth(heads: Heads, onnx: Heads, matrix: Float32Array, threshold: number, library: Xgboost) {
  const shape = { matrix, rows: PARITY_ROWS, columns: matrix.length / PARITY_ROWS, library };
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

async function canaryOf(onnx: Heads, probe: Float32Array) {
  const columns = probe.length / PARITY_ROWS;
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

function seenRents(timeline: MarketTimeline): ModelSettings["seenRents"] {
  const rents = timeline.history.vacancies
    .map(
      ({ premisesId, rentRubMonth }) =>
        rentRubMonth / (timeline.premises[timeline.indexOf(premisesId)]?.areaSqm ?? Number.NaN),
    )
    .filter((rent) => rent > 0 && Number.isFinite(rent))
    .sort((a, b) => a - b);
  const at = (share: number) => rents[Math.floor(share * (rents.length - 1))] ?? 0;
  return { lowestRubSqmMonth: at(0.01), highestRubSqmMonth: at(0.99) };
}

function countRows(sets: readonly CandidateSet[], columns: number): EvaluationReport["rows"] {
  const candidates = sets.flatMap((set) => set.candidates);
  return {
    training: candidates.length,
    positives: candidates.filter((candidate) => candidate.suitable).length,
    deals: candidates.filter((candidate) => candidate.deal).length,
    columns,
  };
}
