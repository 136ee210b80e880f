import { describe, expect, it } from "vitest";
import { learnableRows } from "../testing/learnable-rows.ts";
import { predictContributions, predictMargins, trainBooster } from "../xgboost/booster.ts";
import type { BoosterParameters } from "../xgboost/parameters.ts";
import { parseTrees, type Trees } from "../xgboost/trees.ts";
import { gaussLegendre } from "./quadrature.ts";
import { explainTrees } from "./tree-shap.ts";

/** Depths on both sides of where tables end; few columns make a feature return on a path. */
const shapes: [string, number, number, BoosterParameters][] = [
  ["depth 1", 400, 5, { maxDepth: 1 }],
  ["depth 5, columns asked twice on a path", 1500, 3, { maxDepth: 5, minChildWeight: 0 }],
  ["depth 5, many columns", 1500, 30, { maxDepth: 5, colsampleByTree: 0.5, baseScore: 0.1 }],
  ["depth 6", 1500, 12, { maxDepth: 6, subsample: 0.7 }],
  ["depth 7, walked", 1500, 12, { maxDepth: 7 }],
  ["depth 10, walked, columns asked many times", 1500, 2, { maxDepth: 10, minChildWeight: 0, eta: 0.3 }],
];

describe("explainTrees", () => {
  it.each(shapes)(
    "%s: equals the library's own attributions and sums to the margin",
    async (_, rows, columns, more) => {
      const data = learnableRows(rows, columns, 3);
      const { modelJson } = await trainBooster({ ...data, parameters: { ...more, threads: 1 }, rounds: 25 });
      const count = Math.min(rows, 600);
      const matrix = data.matrix.slice(0, count * columns);
      const explained = explainTrees(parseTrees(modelJson)).attribute(matrix, count);
      const own = predictContributions(modelJson, matrix, count, columns);
      const margins = predictMargins(modelJson, matrix, count, columns);
      const width = columns + 1;
      let worst = 0;
      for (const [index, value] of explained.entries()) worst = Math.max(worst, Math.abs(value - own[index]!));
      expect(worst).toBeLessThan(1e-4);
      for (let row = 0; row < count; row++) {
        const sum = explained.subarray(row * width, (row + 1) * width).reduce((total, value) => total + value, 0);
        expect(Math.abs(sum - margins[row]!)).toBeLessThan(1e-4);
      }
      expect(Math.max(...explained.subarray(0, columns).map(Math.abs))).toBeGreaterThan(0.01);
    },
  );

  it("gives Shapley's values on a tree small enough to do by hand", () => {
    // x0 < 1 ? (x1 < 1 ? 8 : 0) : 0, half of the rows at each turn: of 8 − 2 each feature earned 3.
    const explainer = explainTrees(handMade({ feature: [0, 1, -1, -1, -1], value: [0, 0, 0, 8, 0] }));
    expect(explainer.expectedMargin).toBe(2);
    expect([...explainer.attribute(Float32Array.of(0, 0), 1)].map(round)).toEqual([3, 3, 2]);
    // x0 fails: nothing is left for x1 to give but its half of the way.
    expect([...explainer.attribute(Float32Array.of(2, 0), 1)].map(round)).toEqual([-3, 1, 2]);
    expect([...explainer.attribute(Float32Array.of(Number.NaN, Number.NaN), 1)].map(round)).toEqual([3, 3, 2]);
  });

  it("answers no rows with nothing, one row as in company, and refuses a matrix that does not fit", async () => {
    const data = learnableRows(1100, 7, 9);
    const { modelJson } = await trainBooster({ ...data, parameters: { threads: 1 }, rounds: 10 });
    const explainer = explainTrees(parseTrees(modelJson));
    const together = explainer.attribute(data.matrix, data.rows);
    expect(explainer.attribute(new Float32Array(0), 0)).toHaveLength(0);
    for (const row of [0, 511, 512, 1099]) {
      const alone = explainer.attribute(data.matrix.slice(row * 7, row * 7 + 7), 1);
      expect(alone).toEqual(together.slice(row * 8, row * 8 + 8));
    }
    expect(() => explainer.attribute(new Float32Array(8), 1)).toThrow(RangeError);
  });

  it("explains trees that are a single leaf by nothing", () => {
    const explainer = explainTrees(handMade({ feature: [-1], value: [0.5] }));
    expect([...explainer.attribute(Float32Array.of(1, 2), 1)]).toEqual([0, 0, 0.5]);
  });
});

describe("gaussLegendre", () => {
  it.each([1, 2, 3, 4, 8, 16])("takes polynomials of degree 2·%i − 1 exactly", (points) => {
    const { nodes, weights } = gaussLegendre(points);
    for (let degree = 0; degree < 2 * points; degree++) {
      const integral = nodes.reduce((sum, t, q) => sum + weights[q]! * t ** degree, 0);
      expect(integral).toBeCloseTo(1 / (degree + 1), 13);
    }
  });
});

/** One tree over two columns, split at 1, missing goes left; each right child is the node after its left subtree's root. */
function handMade({ feature, value }: { feature: number[]; value: number[] }): Trees {
  const nodes = feature.length;
  const leaf = nodes === 1;
  return {
    columns: 2,
    featureNames: [],
    baseMargin: 0,
    roots: Int32Array.of(0, nodes),
    feature: Int32Array.from(feature),
    threshold: new Float32Array(nodes).fill(1),
    defaultLeft: new Uint8Array(nodes).fill(1),
    left: leaf ? Int32Array.of(-1) : Int32Array.of(1, 3, -1, -1, -1),
    right: leaf ? Int32Array.of(-1) : Int32Array.of(2, 4, -1, -1, -1),
    value: Float32Array.from(value),
    cover: leaf ? Float32Array.of(4) : Float32Array.of(4, 2, 2, 1, 1),
  };
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
