import { expect, it } from "vitest";
import { learnableRows } from "../testing/learnable-rows.ts";
import { trainBooster } from "../xgboost/booster.ts";
import { parseTrees } from "../xgboost/trees.ts";
import { risingTree } from "./never-rises.ts";

const data = learnableRows(3000, 6, 5);
const train = async (monotone: (0 | -1)[]) => {
  const { modelJson } = await trainBooster({ ...data, rounds: 40, parameters: { maxDepth: 5, monotone, threads: 1 } });
  return parseTrees(modelJson);
};

it("finds the tree that rises with a column, and none in trees that were trained under the constraint", async () => {
  const free = await train([]);
  // Column 0 speaks for the label, column 1 against it; noise makes both rise somewhere.
  expect(risingTree(free, new Set([0]))).not.toBeNull();
  expect(risingTree(free, new Set())).toBeNull();
  expect(risingTree(await train([-1, -1, 0, 0, 0, 0]), new Set([0, 1]))).toBeNull();
  expect(risingTree(await train([0, -1, 0, 0, 0, 0]), new Set([0, 1]))).not.toBeNull();
});

it("looks at whole subtrees, not at neighbours only", () => {
  // Split on column 0; deeper, on the dearer side, column 1 reaches a leaf above the cheaper side.
  const trees = {
    columns: 2,
    featureNames: [],
    baseMargin: 0,
    roots: Int32Array.of(0, 5),
    feature: Int32Array.of(0, -1, 1, -1, -1),
    threshold: Float32Array.of(1, 0, 1, 0, 0),
    defaultLeft: new Uint8Array(5),
    left: Int32Array.of(1, -1, 3, -1, -1),
    right: Int32Array.of(2, -1, 4, -1, -1),
    value: Float32Array.of(0, 0.5, 0, -1, 0.6),
    cover: new Float32Array(5).fill(1),
  };
  expect(risingTree(trees, new Set([0]))).toBe(0);
  expect(risingTree(trees, new Set([1]))).toBe(0);
  trees.value[4] = 0.5;
  expect(risingTree(trees, new Set([0]))).toBeNull();
});
