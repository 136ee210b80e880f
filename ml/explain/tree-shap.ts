import type { Trees } from "../xgboost/trees.ts";
import { ask, bitsMax, cutIntoPieces, meanMargin, type Pieces, stepWidth } from "./tree-pieces.ts";
import { explainDeepTree } from "./tree-shap-deep.ts";

/** Attributions of a forest, prepared once and asked often. */
export interface TreeExplainer {
  columns: number;
  /** Margin of a row of which nothing is known. */
  expectedMargin: number;
  /**
   * Exact path-dependent TreeSHAP (Lundberg et al. 2018) of a row-major matrix in which NaN is missing:
   * rows × (columns + 1) in logit space, the expected margin last; a row's sum is its margin. No rows, no values.
   */
  attribute(matrix: Float32Array, rows: number): Float64Array;
}

/** Rows worked on together: their sums stay in the processor's cache. */
const blockRows = 512;
/** Tables of deeper trees would take too much memory; they are walked row by row. */
const tableDepthMax = 6;

/**
 * Prepares the tables of a forest, once per model: about 0.2 s and 12 MB for 500 trees of depth 5.
 * After Fast TreeSHAP v2 (Yang 2021), with leaves that hang together in one table.
 */
export function explainTrees(trees: Trees): TreeExplainer {
  const shallow: number[] = [];
  const deep: { root: number; depth: number }[] = [];
  for (const root of trees.roots.subarray(0, -1)) {
    const depth = depthOf(trees, root);
    if (depth <= tableDepthMax) shallow.push(root);
    else deep.push({ root, depth });
  }
  const pieces = cutIntoPieces(trees, shallow);
  const deepTrees = deep.map(({ root, depth }) => explainDeepTree(trees, root, depth));
  const expectedMargin =
    trees.baseMargin + pieces.expected + deep.reduce((sum, { root }) => sum + meanMargin(trees, root), 0);
  const width = trees.columns + 1;
  return {
    columns: trees.columns,
    expectedMargin,
    attribute(matrix, rows) {
      if (matrix.length !== rows * trees.columns) {
        throw new RangeError(`The matrix holds ${matrix.length} values, not ${rows} rows of ${trees.columns}`);
      }
      const phi = new Float64Array(rows * width);
      const block = new Block(trees.columns, Math.min(rows, blockRows));
      for (let start = 0; start < rows; start += blockRows) {
        const count = Math.min(blockRows, rows - start);
        block.load(matrix, start, count);
        block.explain(trees, pieces);
        block.store(phi, start, expectedMargin);
      }
      for (const explainRow of deepTrees) {
        for (let row = 0; row < rows; row++) explainRow(matrix, row * trees.columns, phi, row * width);
      }
      return phi;
    },
  };
}

function depthOf(trees: Trees, node: number): number {
  if (trees.feature[node] === -1) return 0;
  return 1 + Math.max(depthOf(trees, trees.left[node]!), depthOf(trees, trees.right[node]!));
}

/** Some rows, column by column, so that every inner loop runs along memory. */
class Block {
  readonly columns: number;
  readonly capacity: number;
  count = 0;
  readonly values: Float32Array;
  readonly sums: Float64Array;
  /** Words of answers, by their length in bits. */
  readonly words: Uint8Array[];

  constructor(columns: number, capacity: number) {
    this.columns = columns;
    this.capacity = capacity;
    this.values = new Float32Array(columns * capacity);
    this.sums = new Float64Array(columns * capacity);
    this.words = Array.from({ length: bitsMax + 1 }, () => new Uint8Array(capacity));
  }

  load(matrix: Float32Array, start: number, count: number): void {
    const { columns, capacity, values } = this;
    this.count = count;
    this.sums.fill(0);
    for (let row = 0; row < count; row++) {
      const from = (start + row) * columns;
      for (let column = 0; column < columns; column++) values[column * capacity + row] = matrix[from + column]!;
    }
  }

  explain(trees: Trees, pieces: Pieces): void {
    const { steps, slotColumn, slotTable, tables } = pieces;
    const { capacity, count, words, sums, values } = this;
    for (let step = 0; step < steps.length; step += stepWidth) {
      const bits = steps[step + 1]!;
      const from = steps[step + 2]!;
      const what = steps[step + 3]!;
      if (steps[step] === ask) {
        const offset = from * capacity;
        const bit = 1 << bits;
        const split = trees.threshold[what]!;
        const [known, next] = [words[bits]!, words[bits + 1]!];
        if (trees.defaultLeft[what] === 1) askDefaultLeft(values, offset, count, split, bit, known, next);
        else askDefaultRight(values, offset, count, split, bit, known, next);
      } else {
        const word = words[bits]!;
        for (let slot = from; slot < from + what; slot++) {
          addSums(sums, slotColumn[slot]! * capacity, count, tables, slotTable[slot]!, word);
        }
      }
    }
  }

  store(phi: Float64Array, start: number, expected: number): void {
    const { columns, capacity, count, sums } = this;
    const width = columns + 1;
    for (let row = 0; row < count; row++) {
      const to = (start + row) * width;
      for (let column = 0; column < columns; column++) phi[to + column] = sums[column * capacity + row]!;
      phi[to + columns] = expected;
    }
  }
}

// The three loops below are where the time goes; each is a function of its own so that the compiler makes it tight.

function askDefaultLeft(
  values: Float32Array,
  offset: number,
  count: number,
  split: number,
  bit: number,
  known: Uint8Array,
  next: Uint8Array,
): void {
  // NaN is not ≥ anything, so a missing value goes left.
  for (let row = 0; row < count; row++) next[row] = known[row]! | (values[offset + row]! >= split ? 0 : bit);
}

function askDefaultRight(
  values: Float32Array,
  offset: number,
  count: number,
  split: number,
  bit: number,
  known: Uint8Array,
  next: Uint8Array,
): void {
  for (let row = 0; row < count; row++) next[row] = known[row]! | (values[offset + row]! < split ? bit : 0);
}

function addSums(
  sums: Float64Array,
  offset: number,
  count: number,
  tables: Float32Array,
  table: number,
  word: Uint8Array,
): void {
  for (let row = 0; row < count; row++) sums[offset + row]! += tables[table + word[row]!]!;
}
