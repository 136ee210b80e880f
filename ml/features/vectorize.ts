import type { Feature } from "./define-feature.ts";
import type { Pair } from "./pair.ts";

/** Rows that are filled column by column before the next ones are: they stay in the processor's cache. */
const ROWS_AT_ONCE = 128;

/**
 * The feature matrix, row-major Float32: one row a pair, one column a feature, NaN where missing. Infinite values (the log
 * of a zero) are missing too.
 */
export function vectorize(features: readonly Feature[], pairs: readonly Pair[], into?: Float32Array): Float32Array {
  const matrix = into ?? new Float32Array(pairs.length * features.length);
  fillColumns(features, [...features.keys()], pairs, matrix);
  return matrix;
}

/** Fills the columns `at` of the matrix, whose rows are the pairs' and whose width is all features'. The only caller of `compute`. */
export function fillColumns(
  features: readonly Feature[],
  at: readonly number[],
  pairs: readonly Pair[],
  matrix: Float32Array,
): void {
  const width = features.length;
  for (let from = 0; from < pairs.length; from += ROWS_AT_ONCE) {
    const to = Math.min(pairs.length, from + ROWS_AT_ONCE);
    for (const column of at) {
      const { compute } = features[column]!;
      for (let row = from; row < to; row++) {
        const value = compute(pairs[row]!);
        matrix[row * width + column] = Number.isFinite(value) ? value : Number.NaN;
      }
    }
  }
}
