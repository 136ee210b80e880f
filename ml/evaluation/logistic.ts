import { seededRandom } from "../candidates.ts";

/** A linear model on standardized columns, a missing value being the column's mean. Its margin is a score, no probability. */
export interface LinearModel {
  means: Float64Array;
  scales: Float64Array;
  weights: Float64Array;
  intercept: number;
}

const EPOCHS = 6;
const RATE = 0.05;
const L2 = 1e-4;

/** Logistic regression by stochastic gradients with a falling rate: the baseline of the original plan. */
export function fitLogistic(
  matrix: Float32Array,
  columns: number,
  labels: Float32Array,
  weights: Float32Array,
  seed: number,
): LinearModel {
  const rows = labels.length;
  const model = standardize(matrix, rows, columns);
  const scaled = scaledRows(model, matrix, rows);
  const beta = model.weights;
  const random = seededRandom(seed);
  let positive = 0;
  let total = 0;
  for (let row = 0; row < rows; row++) {
    positive += weights[row]! * labels[row]!;
    total += weights[row]!;
  }
  model.intercept = Math.log((positive + 1) / (total - positive + 1));
  for (let step = 0; step < EPOCHS * rows; step++) {
    const row = Math.floor(random() * rows);
    if (weights[row] === 0) continue;
    const from = row * columns;
    let margin = model.intercept;
    for (let c = 0; c < columns; c++) margin += beta[c]! * scaled[from + c]!;
    const rate = RATE / (1 + (9 * step) / (EPOCHS * rows));
    const pull = rate * weights[row]! * (labels[row]! - 1 / (1 + Math.exp(-margin)));
    model.intercept += pull;
    const shrink = 1 - rate * L2;
    for (let c = 0; c < columns; c++) beta[c] = shrink * beta[c]! + pull * scaled[from + c]!;
  }
  return model;
}

export function linearMargins(model: LinearModel, matrix: Float32Array, rows: number): Float32Array {
  const columns = model.weights.length;
  return Float32Array.from({ length: rows }, (_, row) => {
    let margin = model.intercept;
    for (let c = 0; c < columns; c++) margin += model.weights[c]! * scaled(model, c, matrix[row * columns + c]!);
    return margin;
  });
}

/** Scaled once, since every epoch reads each row again. */
function scaledRows(model: LinearModel, matrix: Float32Array, rows: number): Float32Array {
  const columns = model.weights.length;
  const out = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++)
    for (let c = 0; c < columns; c++) out[row * columns + c] = scaled(model, c, matrix[row * columns + c]!);
  return out;
}

function scaled({ means, scales }: LinearModel, column: number, value: number): number {
  return Number.isNaN(value) ? 0 : Math.max(-5, Math.min(5, (value - means[column]!) / scales[column]!));
}

function standardize(matrix: Float32Array, rows: number, columns: number): LinearModel {
  const [means, scales] = [new Float64Array(columns), new Float64Array(columns)];
  for (let c = 0; c < columns; c++) {
    let [n, sum, squares] = [0, 0, 0];
    for (let row = 0; row < rows; row++) {
      const value = matrix[row * columns + c]!;
      if (Number.isNaN(value)) continue;
      n++;
      sum += value;
      squares += value * value;
    }
    means[c] = n === 0 ? 0 : sum / n;
    scales[c] = n === 0 ? 1 : Math.sqrt(Math.max(1e-9, squares / n - means[c]! ** 2)) || 1;
  }
  return { means, scales, weights: new Float64Array(columns), intercept: 0 };
}
