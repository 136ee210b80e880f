import { Random } from "./random.ts";

/** Labelled rows with missing values from which a few trees learn something. */
export interface LearnableRows {
  matrix: Float32Array;
  rows: number;
  columns: number;
  labels: Float32Array;
}

/**
 * Uniform numbers, a fifth of them missing, every third column only 0 or 1. The label follows columns 0 to 2 with noise:
 * column 0 speaks for it, column 1 against it, column 2 together with column 0.
 */
export function learnableRows(rows: number, columns: number, seed: number): LearnableRows {
  const random = new Random(seed, rows, columns);
  const matrix = new Float32Array(rows * columns);
  const labels = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = column % 3 === 2 ? Math.round(random.uniform()) : random.uniform();
      matrix[row * columns + column] = random.uniform() < 0.2 ? Number.NaN : value;
    }
    const [a = 0.5, b = 0.5, c = 0] = Array.from(matrix.subarray(row * columns, row * columns + 3), (value) =>
      Number.isNaN(value) ? 0.4 : value,
    );
    const odds = 4 * a - 3 * b + 2 * a * c - 0.8;
    labels[row] = random.uniform() < 1 / (1 + Math.exp(-odds)) ? 1 : 0;
  }
  return { matrix, rows, columns, labels };
}
