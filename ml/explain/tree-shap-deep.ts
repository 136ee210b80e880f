import type { Trees } from "../xgboost/trees.ts";
import { gaussLegendre } from "./quadrature.ts";
import { coverShare } from "./tree-pieces.ts";

/** A share of 0 would have us divide by 0 below; this one leaves no trace in a sum of doubles. */
const shareMin = 1e-20;

/**
 * Attributions of one tree of any depth, row by row: for trees that are too deep for tables, which only models trained
 * elsewhere have. The integral of `tree-pieces` is taken at fixed points for all leaves in one walk (the idea of Linear
 * TreeShap, Yu et al. 2022): down with the product of all factors, up with the sums of the leaves.
 */
export function explainDeepTree(trees: Trees, root: number, depth: number) {
  const { nodes, weights } = gaussLegendre(Math.ceil(depth / 2));
  const points = nodes.length;
  // By level of the walk: the condition that led there, the product of all factors so far, the sum of the leaves below.
  const asked = new Int32Array(depth + 1);
  const satisfied = new Uint8Array(depth + 1);
  const shares = new Float64Array(depth + 1);
  const products = new Float64Array((depth + 1) * points);
  const sums = new Float64Array((depth + 1) * points);

  const factor = (level: number, q: number) =>
    level < 0 ? 1 : satisfied[level]! * nodes[q]! + (1 - nodes[q]!) * shares[level]!;

  /** The condition on the same feature before this level's, which this level's stands in for; -1 where there is none. */
  function before(level: number): number {
    let at = level - 1;
    while (at > 0 && asked[at] !== asked[level]) at--;
    return at > 0 ? at : -1;
  }

  /** Adds the tree's attributions of the row at `matrix[start…]` to `phi[at…]`. */
  return (matrix: Float32Array, start: number, phi: Float64Array, at: number): void => {
    function walk(node: number, level: number): void {
      const here = level * points;
      const feature = trees.feature[node]!;
      if (feature === -1) {
        for (let q = 0; q < points; q++) sums[here + q] = products[here + q]! * trees.value[node]!;
        return;
      }
      const x = matrix[start + feature]!;
      const goesLeft = Number.isNaN(x) ? trees.defaultLeft[node] === 1 : x < trees.threshold[node]!;
      for (let q = 0; q < points; q++) sums[here + q] = 0;
      follow(node, trees.left[node]!, level, feature, goesLeft);
      follow(node, trees.right[node]!, level, feature, !goesLeft);
    }

    function follow(node: number, child: number, level: number, feature: number, goes: boolean): void {
      const next = level + 1;
      asked[next] = feature;
      const old = before(next);
      satisfied[next] = goes && (old < 0 || satisfied[old] === 1) ? 1 : 0;
      shares[next] = (old < 0 ? 1 : shares[old]!) * Math.max(coverShare(trees, node, child), shareMin);
      for (let q = 0; q < points; q++) {
        products[next * points + q] = (products[level * points + q]! / factor(old, q)) * factor(next, q);
      }
      walk(child, next);
      let pull = 0;
      for (let q = 0; q < points; q++) {
        const below = sums[next * points + q]!;
        sums[level * points + q]! += below;
        pull += ((satisfied[next]! - shares[next]!) * weights[q]! * below) / factor(next, q);
        // The feature was asked before on this path: that split must not count these leaves as its own.
        if (old >= 0) pull -= ((satisfied[old]! - shares[old]!) * weights[q]! * below) / factor(old, q);
      }
      phi[at + feature]! += pull;
    }

    products.fill(1, 0, points);
    walk(root, 0);
  };
}
