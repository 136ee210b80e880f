import type { Feature } from "./define-feature.ts";
import type { Pair } from "./pair.ts";

/**
 * The feature matrix, row-major Float32: one row a pair, one column a feature, NaN where missing. Infinite values (the log
 * of a zero) are missing too. The only caller of `compute`.
 */
export function vectorize(features: readonly Feature[], pairs: readonly Pair[], into?: Float32Array): Float32Array {
  const columns = features.length;
  const matrix = into ?? new Float32Array(pairs.length * columns);
  for (let row = 0; row < pairs.length; row++) fillRow(features, pairs[row]!, matrix, row * columns);
  return matrix;
}

function fillRow(features: readonly Feature[], pair: Pair, matrix: Float32Array, offset: number): void {
  for (let column = 0; column < features.length; column++) {
    const value = features[column]!.compute(pair);
    matrix[offset + column] = Number.isFinite(value) ? value : Number.NaN;
  }
}
