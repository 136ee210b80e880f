import { beforeAll, describe, expect, it } from "vitest";
import { learnableRows } from "../testing/learnable-rows.ts";
import { adoptModel, MODEL_BYTES_MAX, ModelRefused } from "./adopt-model.ts";
import { predictMargins, trainBooster } from "./booster.ts";
import { parseTrees } from "./trees.ts";

const data = learnableRows(800, 6, 5);
const columns = ["area", "rent", "bank:left", "floor", "trade:пекарня", "day"];
let modelJson: Uint8Array;

beforeAll(async () => {
  ({ modelJson } = await trainBooster({
    ...data,
    parameters: { gamma: 1, maxDepth: 5, baseScore: 0.02, threads: 1 },
    rounds: 12,
  }));
});

// biome-ignore lint/suspicious/noExplicitAny: another program's file, in the shapes of its versions.
type Learner = any;

function changed(change: (learner: Learner) => void, version = [1, 7, 4]): Uint8Array {
  const json = JSON.parse(new TextDecoder().decode(modelJson));
  change(json.learner);
  return new TextEncoder().encode(JSON.stringify({ ...json, version }));
}

const treesOf = (learner: Learner): Learner[] => learner.gradient_booster.model.trees;

const margins = (json: Uint8Array) => predictMargins(json, data.matrix, data.rows, data.columns);

describe("a model that says the same in another version's words", () => {
  it.each<[string, number[], (learner: Learner) => void]>([
    ["1.7", [1, 7, 6], () => {}],
    [
      "2.1: leaf vectors of one, a base score that was estimated",
      [2, 1, 4],
      (learner) => {
        learner.learner_model_param.boost_from_average = "1";
        learner.gradient_booster.model.iteration_indptr = Array.from({ length: 13 }, (_, i) => i);
        delete learner.gradient_booster.model.gbtree_model_param.size_leaf_vector;
        for (const tree of treesOf(learner)) tree.tree_param.size_leaf_vector = "1";
      },
    ],
    [
      "3.1: the base score in brackets, empty categories, flags as booleans",
      [3, 1, 0],
      (learner) => {
        learner.learner_model_param.base_score = "[2E-2]";
        learner.gradient_booster.model.cats = { enc: [], feature_segments: [], sorted_idx: [] };
        learner.feature_names = columns;
        learner.feature_types = columns.map(() => "float");
        for (const tree of treesOf(learner)) {
          tree.default_left = tree.default_left.map((flag: number) => flag === 1);
          delete tree.loss_changes;
          delete tree.base_weights;
        }
      },
    ],
    ["numbered columns", [2, 0, 3], (learner) => (learner.feature_names = columns.map((_, at) => `f${at}`))],
    ["stopped early and cut there", [2, 0, 3], (learner) => (learner.attributes = { best_iteration: "11" })],
  ])("%s: is taken with the same margins to the last bit", (_, version, change) => {
    const adopted = adoptModel(changed(change, version), columns);
    expect(adopted.version).toBe(version.join("."));
    expect(margins(adopted.modelJson)).toEqual(margins(modelJson));
    expect(parseTrees(adopted.modelJson)).toEqual({ ...adopted.trees, featureNames: columns.map((_, at) => `f${at}`) });
  });

  it("is written anew: nothing of the file is left but its trees", () => {
    const adopted = adoptModel(
      changed((learner) => (learner.attributes.note = "planted")),
      columns,
    );
    expect(new TextDecoder().decode(adopted.modelJson)).not.toContain("planted");
  });
});

describe("what cannot be served is refused in both languages", () => {
  it.each<[string, (learner: Learner) => void, RegExp]>([
    ["rank:ndcg", (l) => (l.objective.name = "rank:ndcg"), /rank:ndcg.*binary:logistic/],
    ["reg:logistic", (l) => (l.objective.name = "reg:logistic"), /reg:logistic.*binary:logistic/],
    ["dart", (l) => (l.gradient_booster = { name: "dart", gbtree: {} }), /dart.*gbtree/],
    ["gblinear", (l) => (l.gradient_booster = { name: "gblinear" }), /gblinear.*gbtree/],
    ["a categorical column", (l) => (l.feature_types = ["c", "float"]), /categorical columns/],
    ["encoded categories", (l) => (l.gradient_booster.model.cats = { enc: [{}] }), /categorical columns/],
    ["categorical splits", (l) => (treesOf(l)[3].split_type[0] = 1), /splits on categories/],
    ["vector leaves", (l) => (treesOf(l)[3].tree_param.size_leaf_vector = "2"), /vectors for leaves/],
    ["several classes", (l) => (l.learner_model_param.num_class = "3"), /several classes/],
    ["several base scores", (l) => (l.learner_model_param.base_score = "[5E-1,5E-1]"), /base_score/],
    ["a base score of 1", (l) => (l.learner_model_param.base_score = "[1E0]"), /base_score/],
    [
      "an infinite leaf",
      (l) => (treesOf(l)[0].split_conditions[treesOf(l)[0].left_children.indexOf(-1)] = 1e300),
      /not a finite number/,
    ],
    ["too few columns", (l) => (l.learner_model_param.num_feature = "5"), /column 5 of 5|5 columns.*has 6/],
    ["too many columns", (l) => (l.learner_model_param.num_feature = "7"), /7 columns.*has 6/],
    ["too many names", (l) => (l.feature_names = [...columns, "extra"]), /names 7 columns.*has 6/],
    [
      "another order",
      (l) => (l.feature_names = ["rent", "area", ...columns.slice(2)]),
      /another order: number 1 is "rent".*"area"/,
    ],
    ["a strange column", (l) => (l.feature_names = [...columns.slice(0, 5), "mood"]), /no column "mood"/],
    ["early stopping, uncut", (l) => (l.attributes = { best_iteration: "4" }), /round 4 was best.*booster\[:5\]/],
  ])("%s", (_, change, message) => {
    const refused = refusalOf(changed(change));
    expect(refused.words.en).toMatch(message);
    expect(refused.words.ru).toMatch(/[а-я]/);
  });

  it("no JSON, NaN among the leaves, another program's JSON, too large a file", () => {
    const nan = new TextDecoder().decode(modelJson).replace(/"split_conditions":\[[^,]+,/, '"split_conditions":[NaN,');
    expect(refusalOf(new TextEncoder().encode(nan)).words.en).toMatch(/holds NaN/);
    expect(refusalOf(modelJson.slice(0, -10)).words.en).toMatch(/cut short/);
    expect(refusalOf(new Uint8Array([0x7b, 0x4c, 0, 0, 0, 8])).words.en).toMatch(/UBJSON/);
    expect(refusalOf(new TextEncoder().encode('{"tree": []}')).words.en).toMatch(/no model of XGBoost: version/);
    expect(refusalOf(new Uint8Array(MODEL_BYTES_MAX + 1)).words.en).toMatch(/larger than 64 MB/);
  });

  function refusalOf(bytes: Uint8Array): ModelRefused {
    try {
      adoptModel(bytes, columns);
    } catch (error) {
      if (error instanceof ModelRefused) return error;
      throw error;
    }
    throw new Error("was taken");
  }
});
