import { predictMargins } from "../xgboost/booster.ts";
import type { Xgboost } from "../xgboost/library.ts";
import { openSession } from "./session.ts";

/** Largest difference of a probability between the trainer and the runtime that still passes. */
const parityMaxAbsDiff = 1e-5;
const parityRowsMin = 1000;
/** So many of them must hold a missing value or a class never seen. */
const parityHardRowsMin = 300;

export interface ParityInput {
  modelJson: Uint8Array;
  onnx: Uint8Array;
  /** Row-major, NaN missing. At least 1,000 rows, at least 300 of them with a missing value. */
  matrix: Float32Array;
  rows: number;
  columns: number;
  /** What decides a verdict: the probability from which on a premises is kept; one or more that may come to be used. */
  thresholds: number[];
  library?: Xgboost;
}

export interface Parity {
  ok: boolean;
  maxAbsDiff: number;
  /** Rows whose verdict differs at one of the thresholds. */
  flipped: number;
  rows: number;
  /** Rows with a missing value. */
  hardRows: number;
  /** Why it is not ok, in words; empty when it is. */
  reasons: string[];
}

/**
 * The gate before registration: the exported model must answer as the library that trained it. Unseen classes are encoded
 * as missing or as all zeros, so that the caller's rows must hold both. Throws only when a model cannot be opened or run.
 */
export async function checkParity(input: ParityInput): Promise<Parity> {
  const session = await openSession(input.onnx);
  try {
    const exported = await session.margins(input.matrix, input.rows, input.columns);
    const trained = predictMargins(input.modelJson, input.matrix, input.rows, input.columns, input.library);
    return compareMargins(trained, exported, input);
  } finally {
    await session.close();
  }
}

/** Holds two sets of margins of the same rows against each other. */
export function compareMargins(
  trained: Float32Array,
  exported: Float32Array,
  { matrix, rows, columns, thresholds }: Pick<ParityInput, "matrix" | "rows" | "columns" | "thresholds">,
): Parity {
  let maxAbsDiff = 0;
  let flipped = 0;
  for (let row = 0; row < rows; row++) {
    const one = sigmoid(trained[row]!);
    const other = sigmoid(exported[row]!);
    const difference = Math.abs(one - other);
    // No number is the largest difference of all.
    maxAbsDiff = Math.max(maxAbsDiff, Number.isNaN(difference) ? 1 : difference);
    if (thresholds.some((threshold) => one >= threshold !== other >= threshold)) flipped++;
  }
  const hardRows = countRowsWithMissing(matrix, rows, columns);
  const reasons: string[] = [];
  if (rows < parityRowsMin) reasons.push(`${rows} rows were compared, ${parityRowsMin} are needed`);
  if (hardRows < parityHardRowsMin) {
    reasons.push(`${hardRows} rows hold a missing value, ${parityHardRowsMin} are needed`);
  }
  if (!(maxAbsDiff <= parityMaxAbsDiff)) {
    reasons.push(`a probability differs by ${maxAbsDiff}, ${parityMaxAbsDiff} is allowed`);
  }
  if (flipped > 0) reasons.push(`${flipped} verdicts differ`);
  return { ok: reasons.length === 0, maxAbsDiff, flipped, rows, hardRows, reasons };
}

function sigmoid(margin: number): number {
  return 1 / (1 + Math.exp(-margin));
}

function countRowsWithMissing(matrix: Float32Array, rows: number, columns: number): number {
  let count = 0;
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    let column = 0;
    while (column < columns && !Number.isNaN(matrix[start + column]!)) column++;
    if (column < columns) count++;
  }
  return count;
}
