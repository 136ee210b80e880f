import { setImmediate as nextTurn } from "node:timers/promises";
import koffi from "koffi";
import { type Handle, loadXgboost, type Xgboost, XgboostError } from "./library.ts";
import { type BoosterParameters, nativeParameters } from "./parameters.ts";

/** Labelled rows. `matrix` is row-major, a missing value is NaN; labels are 0 or 1, weights finite and not negative. */
interface LabelledRows {
  matrix: Float32Array;
  rows: number;
  labels: Float32Array;
  weights?: Float32Array;
}

export interface TrainBoosterInput extends LabelledRows {
  columns: number;
  parameters: BoosterParameters;
  /** Trees to grow at most. */
  rounds: number;
  /** Kept in the model, so that a model file tells its columns by name. */
  featureNames?: string[];
  validation?: LabelledRows;
  /** Stop when `parameters.evalMetric` on `validation` did not improve for so many rounds; the best round's model is kept. */
  earlyStoppingRounds?: number;
  /** After each round, counted from 1. */
  onRound?: (progress: { round: number; rounds: number; metric: number | null }) => void;
  /** Looked at before each round; the promise rejects with its reason. */
  signal?: AbortSignal;
  library?: Xgboost;
}

export interface TrainedBooster {
  /** XGBoost's own JSON: what other tools of the family read too. */
  modelJson: Uint8Array;
  /** Rounds in the model. */
  rounds: number;
  /** The metric on `validation` after each round; empty without it. */
  evals: number[];
}

/**
 * Trains by XGBoost. The same input gives the same bytes. Rounds run on this thread, with a turn of the event loop between
 * them: a training of minutes belongs into a process of its own.
 */
export async function trainBooster(input: TrainBoosterInput): Promise<TrainedBooster> {
  const library = input.library ?? loadXgboost();
  const native = nativeParameters(input.parameters, input.columns);
  if (!Number.isInteger(input.rounds) || input.rounds < 1) throw new RangeError(`rounds is ${input.rounds}`);
  if (input.rows < 1) throw new RangeError("there is no row to train on");
  const early = input.earlyStoppingRounds;
  if (early !== undefined && !input.validation) throw new TypeError("earlyStoppingRounds needs validation");

  const matrices: Handle[] = [];
  let booster: Handle | null = null;
  try {
    const training = createLabelled(library, input, input.columns, "training", matrices);
    const validation = input.validation
      ? createLabelled(library, input.validation, input.columns, "validation", matrices)
      : null;
    booster = createBooster(library, matrices);
    if (input.featureNames) nameFeatures(library, booster, input.featureNames, input.columns);
    for (const [name, value] of Object.entries(native)) {
      library.check(library.api.XGBoosterSetParam(booster, name, value));
    }

    const evals: number[] = [];
    const best = { round: -1, metric: Number.NaN };
    const higherIsBetter = native.eval_metric?.startsWith("auc") ?? false;
    for (let round = 0; round < input.rounds; round++) {
      await nextTurn();
      input.signal?.throwIfAborted();
      library.check(library.api.XGBoosterUpdateOneIter(booster, round, training));
      const metric = validation ? evaluate(library, booster, round, validation) : null;
      if (metric !== null) {
        evals.push(metric);
        if (best.round < 0 || (higherIsBetter ? metric > best.metric : metric < best.metric)) {
          best.round = round;
          best.metric = metric;
        }
      }
      input.onRound?.({ round: round + 1, rounds: input.rounds, metric });
      if (early !== undefined && round - best.round >= early) break;
    }
    if (early === undefined) return { modelJson: saveJson(library, booster), rounds: input.rounds, evals };
    return { modelJson: saveFirstRounds(library, booster, best.round + 1), rounds: best.round + 1, evals };
  } finally {
    if (booster) library.api.XGBoosterFree(booster);
    for (const matrix of matrices) library.api.XGDMatrixFree(matrix);
  }
}

/** The library's own raw margins (before the sigmoid), one a row: what the exported model is held against. */
export function predictMargins(
  modelJson: Uint8Array,
  matrix: Float32Array,
  rows: number,
  columns: number,
  library: Xgboost = loadXgboost(),
): Float32Array {
  return predict(library, [modelJson], matrix, rows, columns, { type: 1, width: 1 })[0]!;
}

/** Margins of two models of the same columns, which the library is given once. */
export function predictMarginsOfBoth(
  { suitability, deal }: { suitability: Uint8Array; deal: Uint8Array },
  matrix: Float32Array,
  rows: number,
  columns: number,
  library: Xgboost = loadXgboost(),
): { suitability: Float32Array; deal: Float32Array } {
  const [first, second] = predict(library, [suitability, deal], matrix, rows, columns, { type: 1, width: 1 });
  return { suitability: first!, deal: second! };
}

/**
 * The library's own attributions (path-dependent TreeSHAP), rows × (columns + 1), the base margin last. Slow: for tests of
 * `explain/tree-shap`.
 */
export function predictContributions(
  modelJson: Uint8Array,
  matrix: Float32Array,
  rows: number,
  columns: number,
  library: Xgboost = loadXgboost(),
): Float32Array {
  return predict(library, [modelJson], matrix, rows, columns, { type: 2, width: columns + 1 })[0]!;
}

function predict(
  library: Xgboost,
  models: readonly Uint8Array[],
  matrix: Float32Array,
  rows: number,
  columns: number,
  output: { type: 1 | 2; width: number },
): Float32Array[] {
  if (rows === 0) return models.map(() => new Float32Array(0));
  const matrices: Handle[] = [];
  try {
    const data = createMatrix(library, matrix, rows, columns, matrices);
    return models.map((modelJson) => answer(library, modelJson, data, rows, output));
  } finally {
    for (const handle of matrices) library.api.XGDMatrixFree(handle);
  }
}

function answer(
  library: Xgboost,
  modelJson: Uint8Array,
  data: Handle,
  rows: number,
  output: { type: 1 | 2; width: number },
): Float32Array {
  const booster = createBooster(library, []);
  try {
    library.check(library.api.XGBoosterSetParam(booster, "verbosity", "0"));
    // Left alone it takes every core, and its threads spin while they wait for each other on a busy machine.
    library.check(library.api.XGBoosterSetParam(booster, "nthread", "1"));
    library.check(library.api.XGBoosterLoadModelFromBuffer(booster, modelJson, modelJson.length));
    const config = JSON.stringify({
      type: output.type,
      training: false,
      iteration_begin: 0,
      iteration_end: 0,
      strict_shape: false,
    });
    const [shape, dimensions, out]: [[Handle | null], [number], [Handle | null]] = [[null], [0], [null]];
    library.check(library.api.XGBoosterPredictFromDMatrix(booster, data, config, shape, dimensions, out));
    // Copied: the library owns that memory and frees it with the booster.
    return koffi.decode(out[0], koffi.array("float", rows * output.width, "Typed")).slice();
  } finally {
    library.api.XGBoosterFree(booster);
  }
}

function createMatrix(library: Xgboost, matrix: Float32Array, rows: number, columns: number, owned: Handle[]): Handle {
  // The library would read past the end of a short array.
  if (matrix.length !== rows * columns) {
    throw new RangeError(`The matrix holds ${matrix.length} values, ${rows} rows of ${columns} need ${rows * columns}`);
  }
  const out: [Handle | null] = [null];
  library.check(library.api.XGDMatrixCreateFromMat(matrix, rows, columns, Number.NaN, out));
  const handle = given(out);
  owned.push(handle);
  return handle;
}

function createLabelled(library: Xgboost, data: LabelledRows, columns: number, name: string, owned: Handle[]): Handle {
  if (data.labels.length !== data.rows)
    throw new RangeError(`${name}: ${data.labels.length} labels, ${data.rows} rows`);
  const wrong = data.labels.findIndex((label) => label !== 0 && label !== 1);
  if (wrong >= 0) throw new RangeError(`${name}: label ${data.labels[wrong]} in row ${wrong} is neither 0 nor 1`);
  const handle = createMatrix(library, data.matrix, data.rows, columns, owned);
  library.check(library.api.XGDMatrixSetFloatInfo(handle, "label", data.labels, data.rows));
  if (data.weights) {
    if (data.weights.length !== data.rows) {
      throw new RangeError(`${name}: ${data.weights.length} weights, ${data.rows} rows`);
    }
    const bad = data.weights.findIndex((weight) => !(weight >= 0 && Number.isFinite(weight)));
    if (bad >= 0) throw new RangeError(`${name}: weight ${data.weights[bad]} in row ${bad} is not a finite number ≥ 0`);
    library.check(library.api.XGDMatrixSetFloatInfo(handle, "weight", data.weights, data.rows));
  }
  return handle;
}

function nameFeatures(library: Xgboost, booster: Handle, names: string[], columns: number): void {
  if (names.length !== columns) throw new RangeError(`${names.length} feature names, ${columns} columns`);
  library.check(library.api.XGBoosterSetStrFeatureInfo(booster, "feature_name", names, names.length));
}

function createBooster(library: Xgboost, matrices: Handle[]): Handle {
  const out: [Handle | null] = [null];
  library.check(library.api.XGBoosterCreate(matrices, matrices.length, out));
  return given(out);
}

/** The metric of the last round; the library answers in text: "[7]\tvalidation-logloss:0.41". */
function evaluate(library: Xgboost, booster: Handle, round: number, validation: Handle): number {
  const out: [string | null] = [null];
  library.check(library.api.XGBoosterEvalOneIter(booster, round, [validation], ["validation"], 1, out));
  const metric = Number(out[0]?.split(":").at(-1));
  if (!Number.isFinite(metric)) throw new XgboostError(`The validation metric is not a number: ${out[0]}`);
  return metric;
}

function saveFirstRounds(library: Xgboost, booster: Handle, rounds: number): Uint8Array {
  const out: [Handle | null] = [null];
  library.check(library.api.XGBoosterSlice(booster, 0, rounds, 1, out));
  const slice = given(out);
  try {
    return saveJson(library, slice);
  } finally {
    library.api.XGBoosterFree(slice);
  }
}

function saveJson(library: Xgboost, booster: Handle): Uint8Array {
  const [length, out]: [[number], [Handle | null]] = [[0], [null]];
  library.check(library.api.XGBoosterSaveModelToBuffer(booster, '{"format":"json"}', length, out));
  return koffi.decode(out[0], koffi.array("uint8_t", Number(length[0]), "Typed")).slice();
}

function given(out: [Handle | null]): Handle {
  if (!out[0]) throw new XgboostError("The library gave no handle");
  return out[0];
}
