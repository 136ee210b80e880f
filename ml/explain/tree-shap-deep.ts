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

  /** Adds the tree's attributions of the row at `matrix[start…]` to `phi[at…]`. */
  return (matrix: Float32Array, start: number, phi: Float64Array, at: number): void => {
    const taken = new Map<number, { satisfied: number; share: number }>();

    function walk(node: number, product: Float64Array): Float64Array {
      const feature = trees.feature[node]!;
      if (feature === -1) return product.map((factor) => factor * trees.value[node]!);
      const x = matrix[start + feature]!;
      const goesLeft = Number.isNaN(x) ? trees.defaultLeft[node] === 1 : x < trees.threshold[node]!;
      const sum = new Float64Array(points);
      for (const left of [true, false]) {
        const child = left ? trees.left[node]! : trees.right[node]!;
        const before = taken.get(feature);
        const now = {
          satisfied: (before?.satisfied ?? 1) * Number(left === goesLeft),
          share: (before?.share ?? 1) * Math.max(coverShare(trees, node, child), shareMin),
        };
        taken.set(feature, now);
        const below = walk(
          child,
          product.map((factor, q) => (factor / factorAt(before, nodes[q]!)) * factorAt(now, nodes[q]!)),
        );
        if (before) taken.set(feature, before);
        else taken.delete(feature);
        let pull = 0;
        for (let q = 0; q < points; q++) {
          sum[q]! += below[q]!;
          const weighted = weights[q]! * below[q]!;
          pull += ((now.satisfied - now.share) * weighted) / factorAt(now, nodes[q]!);
          // The feature was asked before on this path: that split must not count these leaves as its own.
          if (before) pull -= ((before.satisfied - before.share) * weighted) / factorAt(before, nodes[q]!);
        }
        phi[at + feature]! += pull;
      }
      return sum;
    }
    walk(root, new Float64Array(points).fill(1));
  };
}

function factorAt(condition: { satisfied: number; share: number } | undefined, t: number): number {
  return condition ? t * condition.satisfied + (1 - t) * condition.share : 1;
}
