import type { Trees } from "../xgboost/trees.ts";
import { gaussLegendre } from "./quadrature.ts";

/**
 * Trees cut into pieces for attribution. Which leaf of which value a row would reach under any coalition of features is
 * decided by the yes-or-no answers along a path, so the attributions of all leaves under one node depend on the answers at
 * its ancestors and at its own inner nodes: a word of a few bits. For every such word the piece keeps a ready sum.
 */
export interface Pieces {
  /**
   * What to do, in order, as in a walk of the trees; each step is `stepWidth` integers:
   * ask: [0, bit, column, node]: extend the word of `bit` answers by this node's answer (1 goes left).
   * add: [1, bits, first feature slot, number of features]: look up each feature's sum under the word of `bits` answers.
   */
  steps: Int32Array;
  /** Column of a feature slot, and where its table of 2^bits sums starts. */
  slotColumn: Int32Array;
  slotTable: Int32Array;
  tables: Float32Array;
  /** Mean margin of these trees over their training rows. */
  expected: number;
}

export const stepWidth = 4;
export const ask = 0;
const add = 1;

/** Bits of a word: a byte holds it, and a leaf on a path of so many nodes is a piece by itself. */
export const bitsMax = 8;
/** Larger pieces mean fewer look-ups and larger tables; measured best for depth 5. */
const bitsAimed = 6;

/** Cuts the given trees, none deeper than `bitsMax`. */
export function cutIntoPieces(trees: Trees, roots: number[]): Pieces {
  const steps: number[] = [];
  const slotColumn: number[] = [];
  const slotTable: number[] = [];
  const tables: Float32Array[] = [];
  let tableSize = 0;
  let expected = 0;

  function walk(node: number, path: PathNode[], inner: Int32Array): void {
    if (trees.feature[node] !== -1 && path.length + inner[node - path0]! > bitsAimed) {
      steps.push(ask, path.length, trees.feature[node]!, node);
      walk(trees.left[node]!, [...path, { node, left: true }], inner);
      walk(trees.right[node]!, [...path, { node, left: false }], inner);
      return;
    }
    const below = innerNodes(trees, node);
    for (const [offset, each] of below.entries()) {
      steps.push(ask, path.length + offset, trees.feature[each]!, each);
    }
    const asked = [...path.map((step) => step.node), ...below];
    if (asked.length === 0) return;
    const piece = tabulate(trees, node, path, asked);
    steps.push(add, asked.length, slotColumn.length, piece.columns.length);
    for (const [index, column] of piece.columns.entries()) {
      slotColumn.push(column);
      slotTable.push(tableSize + (index << asked.length));
    }
    tables.push(piece.sums);
    tableSize += piece.sums.length;
  }

  let path0 = 0;
  for (const root of roots) {
    path0 = root;
    const inner = countInner(trees, root);
    walk(root, [], inner);
    expected += meanMargin(trees, root);
  }
  const joined = new Float32Array(tableSize);
  let at = 0;
  for (const table of tables) {
    joined.set(table, at);
    at += table.length;
  }
  return {
    steps: Int32Array.from(steps),
    slotColumn: Int32Array.from(slotColumn),
    slotTable: Int32Array.from(slotTable),
    tables: joined,
    expected,
  };
}

interface PathNode {
  node: number;
  left: boolean;
}

/** Mean margin of a tree over its training rows. */
export function meanMargin(trees: Trees, node: number): number {
  if (trees.feature[node] === -1) return trees.value[node]!;
  const [left, right] = [trees.left[node]!, trees.right[node]!];
  return (
    coverShare(trees, node, left) * meanMargin(trees, left) + coverShare(trees, node, right) * meanMargin(trees, right)
  );
}

/** Share of a node's training rows that went on to the child; halves where nothing ever came by. */
export function coverShare(trees: Trees, node: number, child: number): number {
  const cover = trees.cover[node]!;
  return cover > 0 ? trees.cover[child]! / cover : 0.5;
}

/** Inner nodes at and below each node, by node − root; children stand after their parents. */
function countInner(trees: Trees, root: number): Int32Array {
  let end = root + 1;
  for (let node = root; node < end; node++) {
    if (trees.feature[node] !== -1) end = Math.max(end, trees.left[node]! + 1, trees.right[node]! + 1);
  }
  const counts = new Int32Array(end - root);
  for (let node = end - 1; node >= root; node--) {
    if (trees.feature[node] !== -1) {
      counts[node - root] = 1 + counts[trees.left[node]! - root]! + counts[trees.right[node]! - root]!;
    }
  }
  return counts;
}

function innerNodes(trees: Trees, node: number): number[] {
  if (trees.feature[node] === -1) return [];
  return [node, ...innerNodes(trees, trees.left[node]!), ...innerNodes(trees, trees.right[node]!)];
}

function leavesBelow(trees: Trees, node: number, path: PathNode[]): { leaf: number; path: PathNode[] }[] {
  if (trees.feature[node] === -1) return [{ leaf: node, path }];
  return [
    ...leavesBelow(trees, trees.left[node]!, [...path, { node, left: true }]),
    ...leavesBelow(trees, trees.right[node]!, [...path, { node, left: false }]),
  ];
}

/** For each feature asked about and each word of answers: the attribution of all leaves under `node`. */
function tabulate(
  trees: Trees,
  node: number,
  path: PathNode[],
  asked: number[],
): { columns: number[]; sums: Float32Array } {
  const words = 1 << asked.length;
  const columns = [...new Set(asked.map((each) => trees.feature[each]!))];
  const sums = new Float64Array(columns.length * words);
  const bitOf = new Map(asked.map((each, bit) => [each, bit]));
  for (const { leaf, path: conditions } of leavesBelow(trees, node, path)) {
    const { features, share, care, want } = conditionsByFeature(trees, conditions, leaf, bitOf);
    const table = leafAttributions(trees.value[leaf]!, share);
    const slots = features.map((feature) => columns.indexOf(feature) * words);
    for (let word = 0; word < words; word++) {
      let satisfied = 0;
      for (let j = 0; j < features.length; j++) if ((word & care[j]!) === want[j]) satisfied |= 1 << j;
      for (let j = 0; j < features.length; j++) sums[slots[j]! + word]! += table[satisfied * features.length + j]!;
    }
  }
  return { columns, sums: Float32Array.from(sums) };
}

/** A leaf's path by feature: the share of rows that passes its splits, its bits in the word, and their wanted answers. */
function conditionsByFeature(trees: Trees, conditions: PathNode[], leaf: number, bitOf: Map<number, number>) {
  const features = [...new Set(conditions.map(({ node }) => trees.feature[node]!))];
  const share = features.map(() => 1);
  const care = features.map(() => 0);
  const want = features.map(() => 0);
  for (const [index, { node, left }] of conditions.entries()) {
    const j = features.indexOf(trees.feature[node]!);
    const next = conditions[index + 1]?.node ?? leaf;
    share[j]! *= coverShare(trees, node, next);
    care[j]! |= 1 << bitOf.get(node)!;
    if (left) want[j]! |= 1 << bitOf.get(node)!;
  }
  return { features, share, care, want };
}

const rules = Array.from({ length: bitsMax / 2 + 1 }, (_, points) => gaussLegendre(points));

/**
 * Shapley values of one leaf for every set of satisfied features, [set][feature]. Under a coalition the leaf's weight is
 * the product of 1 or 0 for its features in it and of their cover shares for the others (Lundberg et al. 2018), and the
 * mean over orders of joining is an integral: φ_i = v (o_i − z_i) ∫ Π_{j≠i} (t·o_j + (1−t)·z_j) dt over 0..1, a polynomial
 * that quadrature takes exactly.
 */
function leafAttributions(value: number, share: number[]): Float64Array {
  const d = share.length;
  const { nodes, weights } = rules[Math.ceil(d / 2)]!;
  const table = new Float64Array(d << d);
  for (let set = 0; set < 1 << d; set++) {
    for (let q = 0; q < nodes.length; q++) {
      const t = nodes[q]!;
      // Products of the factors before and after each feature: no division, so that a share of 0 is no trouble.
      let before = value * weights[q]!;
      for (let i = 0; i < d; i++) {
        const o = (set >> i) & 1;
        let product = before;
        for (let j = i + 1; j < d; j++) product *= t * ((set >> j) & 1) + (1 - t) * share[j]!;
        table[set * d + i]! += (o - share[i]!) * product;
        before *= t * o + (1 - t) * share[i]!;
      }
    }
  }
  return table;
}
