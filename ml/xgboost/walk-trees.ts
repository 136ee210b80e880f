import type { Trees } from "./trees.ts";

/**
 * Margins of a forest, walked by ourselves: for a row that waits for another's answer, and for many rows that differ in few
 * columns. Bit for bit those of the runtime, which sums float32 tree by tree as well and adds the base at last.
 */
export class TreeWalker {
  private readonly trees: Trees;
  private readonly baseMargin: number;
  /** Place of a column among the moving ones; -1 for those that stand. */
  private readonly slotOf: Int16Array;
  private readonly slots: number;

  /** `moving`: the columns that change along a curve, see `marginsAlong`. */
  constructor(trees: Trees, moving: readonly number[] = []) {
    this.trees = trees;
    this.baseMargin = Math.fround(trees.baseMargin);
    this.slotOf = new Int16Array(trees.columns).fill(-1);
    this.slots = moving.length;
    for (const [slot, column] of moving.entries()) this.slotOf[column] = slot;
  }

  /** Of one row; NaN is missing. */
  margin(row: Float32Array): number {
    const { roots, feature, threshold, defaultLeft, left, right, value } = this.trees;
    let sum = 0;
    for (let tree = 0; tree + 1 < roots.length; tree++) {
      let node = roots[tree]!;
      for (let column = feature[node]!; column !== -1; column = feature[node]!) {
        const x = row[column]!;
        const goesLeft = Number.isNaN(x) ? defaultLeft[node] === 1 : x < threshold[node]!;
        node = goesLeft ? left[node]! : right[node]!;
      }
      sum = Math.fround(sum + value[node]!);
    }
    return Math.fround(sum + this.baseMargin);
  }

  /**
   * Of rows whose moving columns take several values each, rows × points: one walk of a tree serves all points of a row
   * until a split parts them. `matrix`: the rows. `moved`: rows × points × moving columns; from point to point each never
   * falls, or is missing at all of them.
   */
  marginsAlong(matrix: Float32Array, rows: number, moved: Float32Array, points: number): Float32Array {
    const { roots, columns } = this.trees;
    const sums = new Float32Array(rows * points);
    for (let tree = 0; tree + 1 < roots.length; tree++)
      for (let row = 0; row < rows; row++)
        this.descend(roots[tree]!, matrix, row * columns, moved, row * points, 0, points, sums);
    for (let i = 0; i < sums.length; i++) sums[i]! += this.baseMargin;
    return sums;
  }

  /** Adds the leaves that the points `from`..`to` of a row reach; `at` is where its points begin in `sums`. */
  private descend(
    root: number,
    matrix: Float32Array,
    start: number,
    moved: Float32Array,
    at: number,
    from: number,
    to: number,
    sums: Float32Array,
  ): void {
    const { feature, threshold, defaultLeft, left, right, value } = this.trees;
    let node = root;
    let first = from;
    for (let column = feature[node]!; column !== -1; column = feature[node]!) {
      const slot = this.slotOf[column]!;
      const split = threshold[node]!;
      const x = slot < 0 ? matrix[start + column]! : moved[(at + first) * this.slots + slot]!;
      let goesLeft = Number.isNaN(x) ? defaultLeft[node] === 1 : x < split;
      if (slot >= 0 && goesLeft) {
        // The higher points are the ones that may part from the first.
        let end = first + 1;
        while (end < to && !(moved[(at + end) * this.slots + slot]! >= split)) end++;
        if (end < to) {
          this.descend(left[node]!, matrix, start, moved, at, first, end, sums);
          first = end;
          goesLeft = false;
        }
      }
      node = goesLeft ? left[node]! : right[node]!;
    }
    const leaf = value[node]!;
    for (let point = first; point < to; point++) sums[at + point]! += leaf;
  }
}
