import { beforeAll, describe, expect, it } from "vitest";
import { learnableRows } from "../testing/learnable-rows.ts";
import { predictMargins, trainBooster } from "./booster.ts";
import { ModelUnreadable, parseTrees, type Trees } from "./trees.ts";

const data = learnableRows(800, 6, 5);
let modelJson: Uint8Array;

beforeAll(async () => {
  ({ modelJson } = await trainBooster({
    ...data,
    parameters: { gamma: 1, maxDepth: 6, baseScore: 0.3, threads: 1 },
    rounds: 12,
  }));
});

// biome-ignore lint/suspicious/noExplicitAny: the tests break another program's file in ways that no type foresees.
function changed(change: (learner: any) => void): Uint8Array {
  const json = JSON.parse(new TextDecoder().decode(modelJson));
  change(json.learner);
  return new TextEncoder().encode(JSON.stringify(json));
}

describe("parseTrees", () => {
  it("walks to the library's own margins, missing values included", () => {
    const trees = parseTrees(modelJson);
    const margins = predictMargins(modelJson, data.matrix, data.rows, data.columns);
    for (let row = 0; row < data.rows; row++) {
      expect(marginByWalk(trees, data.matrix.subarray(row * 6, row * 6 + 6))).toBeCloseTo(margins[row]!, 4);
    }
  });

  it("keeps a threshold to the last bit of float32", () => {
    const json = JSON.parse(new TextDecoder().decode(modelJson));
    const trees = parseTrees(modelJson);
    const first = json.learner.gradient_booster.model.trees[0];
    expect(trees.threshold[0]).toBe(Math.fround(first.split_conditions[0]));
    expect(trees.feature[0]).toBe(first.split_indices[0]);
  });

  it("drops what pruning left behind", () => {
    const trees = parseTrees(
      changed((learner) => {
        const tree = learner.gradient_booster.model.trees[0];
        const size = tree.left_children.length;
        for (const field of Object.values(tree)) {
          if (Array.isArray(field) && field.length === size) field.push(field[0]);
        }
      }),
    );
    expect(trees).toEqual(parseTrees(modelJson));
  });

  it.each([
    ["5E-1", 0],
    ["[5E-1]", 0],
    ["2.5E-1", Math.log(0.25 / 0.75)],
    ["[2.5E-1]", Math.log(0.25 / 0.75)],
  ])("reads base score %s as newer and older versions write it", (base, margin) => {
    const trees = parseTrees(changed((learner) => (learner.learner_model_param.base_score = base)));
    expect(trees.baseMargin).toBeCloseTo(margin, 6);
  });

  it("tolerates what newer versions add and leave out", () => {
    const trees = parseTrees(
      changed((learner) => {
        learner.learner_model_param.boost_from_average = "1";
        learner.gradient_booster.model.iteration_indptr = [0, 1];
        learner.gradient_booster.model.cats = { enc: [] };
        delete learner.learner_model_param.num_target;
        for (const tree of learner.gradient_booster.model.trees) {
          tree.default_left = tree.default_left.map((flag: number) => flag === 1);
        }
      }),
    );
    expect(trees).toEqual(parseTrees(modelJson));
  });

  // biome-ignore lint/suspicious/noExplicitAny: as above.
  const treeWith = (change: (tree: any) => void) => (learner: any) => change(learner.gradient_booster.model.trees[3]);
  it.each([
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    ["several classes", (l: any) => (l.learner_model_param.num_class = "3"), /several classes/],
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    ["another objective", (l: any) => (l.objective.name = "rank:ndcg"), /rank:ndcg.*binary:logistic/],
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    ["a linear booster", (l: any) => (l.gradient_booster = { name: "gblinear" }), /gblinear/],
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    ["a base score of 0", (l: any) => (l.learner_model_param.base_score = "0"), /base_score/],
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    ["no trees", (l: any) => (l.gradient_booster.model.trees = []), /no trees/],
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    ["a foreign file", (l: any) => delete l.objective, /objective/],
    ["categorical splits", treeWith((t) => (t.split_type[0] = 1)), /Tree 3 splits on categories/],
    ["a loop", treeWith((t) => (t.left_children[0] = 0)), /Tree 3, node 0: child 0/],
    ["a stray child", treeWith((t) => (t.right_children[0] = 9999)), /child 9999/],
    ["half a split", treeWith((t) => (t.right_children[0] = -1)), /child -1/],
    ["a stray column", treeWith((t) => (t.split_indices[0] = 6)), /column 6 of 6/],
    ["a leaf beyond float32", treeWith((t) => (t.split_conditions[t.left_children.indexOf(-1)] = 1e300)), /finite/],
    ["a cover below 0", treeWith((t) => (t.sum_hessian[0] = -1)), /cover/],
    ["an array cut short", treeWith((t) => t.default_left.pop()), /differ in length/],
  ])("refuses %s in a clear sentence", (_, change, message) => {
    const broken = changed(change);
    expect(() => parseTrees(broken)).toThrow(ModelUnreadable);
    expect(() => parseTrees(broken)).toThrow(message);
  });

  it("refuses NaN weights, a cut file and no file", () => {
    const text = new TextDecoder().decode(modelJson).replace(/"split_conditions":\[[^,]+,/, '"split_conditions":[NaN,');
    expect(() => parseTrees(new TextEncoder().encode(text))).toThrow(/holds NaN/);
    expect(() => parseTrees(modelJson.slice(0, -100))).toThrow(ModelUnreadable);
    expect(() => parseTrees(new Uint8Array(0))).toThrow(ModelUnreadable);
  });
});

function marginByWalk(trees: Trees, row: Float32Array): number {
  let margin = trees.baseMargin;
  for (let tree = 0; tree + 1 < trees.roots.length; tree++) {
    let node = trees.roots[tree]!;
    while (trees.feature[node] !== -1) {
      const x = row[trees.feature[node]!]!;
      const left = Number.isNaN(x) ? trees.defaultLeft[node] === 1 : x < trees.threshold[node]!;
      node = left ? trees.left[node]! : trees.right[node]!;
    }
    margin += trees.value[node]!;
  }
  return margin;
}
