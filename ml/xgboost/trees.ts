import { z } from "zod";

/**
 * A boosted forest in flat arrays, one entry a node, all trees one after another; a child stands after its parent.
 * Row's margin = baseMargin + the value of the leaf it reaches in every tree. At an inner node a row goes left where
 * `x < threshold`, right where not, and by `defaultLeft` where x is NaN.
 */
export interface Trees {
  columns: number;
  /** Names as the model file has them; empty where it names none. */
  featureNames: string[];
  baseMargin: number;
  /** First node of each tree, and the number of all nodes at the end: length trees + 1. */
  roots: Int32Array;
  /** Column of an inner node's split; -1 marks a leaf. */
  feature: Int32Array;
  /** Split of an inner node, the exact float32 that the trainer compared with; 0 at a leaf. */
  threshold: Float32Array;
  /** 1 where a missing value goes left. */
  defaultLeft: Uint8Array;
  /** Children by their place in these arrays; -1 at a leaf. */
  left: Int32Array;
  right: Int32Array;
  /** Leaf value, learning rate included; 0 at an inner node. */
  value: Float32Array;
  /** Sum of hessians of the training rows that came by: what attributions weigh with. */
  cover: Float32Array;
}

/** The file is no XGBoost model that we can read; the message says why. */
export class ModelUnreadable extends Error {
  override name = "ModelUnreadable";
}

const flags = z.array(z.union([z.number(), z.boolean()]).transform(Number));
const tree = z.object({
  left_children: z.array(z.int()),
  right_children: z.array(z.int()),
  split_indices: z.array(z.int()),
  split_conditions: z.array(z.number()),
  default_left: flags,
  sum_hessian: z.array(z.number()),
  split_type: flags.optional(),
  categories_nodes: z.array(z.unknown()).optional(),
  tree_param: z.object({ size_leaf_vector: z.string().optional() }).optional(),
});

// Newer versions add fields; only those that we read are held to a shape.
const model = z.object({
  learner: z.object({
    feature_names: z.array(z.string()).default([]),
    gradient_booster: z.object({
      name: z.string(),
      model: z.object({ trees: z.array(tree), tree_info: z.array(z.int()).default([]) }).optional(),
    }),
    learner_model_param: z.object({
      base_score: z.string(),
      num_class: z.string().default("0"),
      num_feature: z.string(),
      num_target: z.string().default("1"),
    }),
    objective: z.object({ name: z.string() }),
  }),
  version: z.array(z.int()),
});
type TreeJson = z.output<typeof tree>;

/**
 * Reads a model in XGBoost's JSON, written by 1.7 or newer, here or elsewhere.
 * Throws `ModelUnreadable` for what is no such model and for what we do not serve: several classes or targets, categorical
 * splits, DART and linear boosters, objectives other than logistic; and for leaf values that are no finite numbers.
 */
export function parseTrees(modelJson: Uint8Array): Trees {
  const { learner } = readJson(modelJson);
  const parameters = learner.learner_model_param;
  const booster = learner.gradient_booster;
  if (booster.name !== "gbtree" || !booster.model) {
    throw new ModelUnreadable(`The booster is "${booster.name}"; only "gbtree" is served`);
  }
  if (Number(parameters.num_class) > 1 || Number(parameters.num_target) > 1) {
    throw new ModelUnreadable("The model has several classes or targets; train one with a single yes-or-no label");
  }
  if (learner.objective.name !== "binary:logistic" && learner.objective.name !== "reg:logistic") {
    throw new ModelUnreadable(`The objective is "${learner.objective.name}"; train with "binary:logistic"`);
  }
  if (booster.model.tree_info.some((group) => group !== 0)) {
    throw new ModelUnreadable("The model has trees of several output groups; train one with a single yes-or-no label");
  }
  if (booster.model.trees.length === 0) throw new ModelUnreadable("The model has no trees");
  const columns = Number(parameters.num_feature);
  if (!Number.isInteger(columns) || columns < 1) {
    throw new ModelUnreadable(`num_feature is "${parameters.num_feature}"`);
  }
  if (learner.feature_names.length > 0 && learner.feature_names.length !== columns) {
    throw new ModelUnreadable(`The model names ${learner.feature_names.length} features and counts ${columns}`);
  }
  return {
    columns,
    featureNames: learner.feature_names,
    baseMargin: baseMargin(parameters.base_score),
    ...flatten(booster.model.trees, columns),
  };
}

function readJson(modelJson: Uint8Array): z.output<typeof model> {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(modelJson));
  } catch (error) {
    throw new ModelUnreadable(
      "The model is not JSON, or is cut short, or holds NaN (XGBoost writes JSON to a file named *.json)",
      {
        cause: error,
      },
    );
  }
  const read = model.safeParse(json);
  if (!read.success) throw new ModelUnreadable(`The model is not XGBoost's: ${firstIssue(read.error)}`);
  return read.data;
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue ? `${issue.path.join(".")}: ${issue.message}` : error.message;
}

/** "5E-1" up to 2.x, "[5E-1]" since 3.1: a probability, which the library turns into a margin in single precision. */
function baseMargin(baseScore: string): number {
  const probability = Math.fround(Number(baseScore.replace(/^\[(.*)\]$/, "$1")));
  if (!(probability > 0 && probability < 1))
    throw new ModelUnreadable(`base_score is "${baseScore}", not within 0 and 1`);
  return Math.fround(-Math.fround(Math.log(Math.fround(Math.fround(1 / probability) - 1))));
}

/** Walks every tree from its root, so that nodes that pruning left behind are dropped; rejects loops and stray indices. */
function flatten(trees: TreeJson[], columns: number): Omit<Trees, "columns" | "featureNames" | "baseMargin"> {
  const nodes = trees.map((json, index) => reachable(json, index, columns));
  const total = nodes.reduce((sum, order) => sum + order.length, 0);
  const flat = {
    roots: new Int32Array(trees.length + 1),
    feature: new Int32Array(total).fill(-1),
    threshold: new Float32Array(total),
    defaultLeft: new Uint8Array(total),
    left: new Int32Array(total).fill(-1),
    right: new Int32Array(total).fill(-1),
    value: new Float32Array(total),
    cover: new Float32Array(total),
  };
  let start = 0;
  for (const [index, json] of trees.entries()) {
    const order = nodes[index]!;
    const place = new Map(order.map((node, offset) => [node, start + offset]));
    flat.roots[index] = start;
    for (const node of order) {
      const at = place.get(node)!;
      flat.cover[at] = json.sum_hessian[node]!;
      if (json.left_children[node] === -1) {
        flat.value[at] = json.split_conditions[node]!;
        continue;
      }
      flat.feature[at] = json.split_indices[node]!;
      flat.threshold[at] = json.split_conditions[node]!;
      flat.defaultLeft[at] = json.default_left[node]!;
      flat.left[at] = place.get(json.left_children[node]!)!;
      flat.right[at] = place.get(json.right_children[node]!)!;
    }
    start += order.length;
  }
  flat.roots[trees.length] = start;
  return flat;
}

/** Nodes of one tree, parents before children. Throws `ModelUnreadable` on a broken one. */
function reachable(json: TreeJson, index: number, columns: number): number[] {
  const size = json.left_children.length;
  const fields = [json.right_children, json.split_indices, json.split_conditions, json.default_left, json.sum_hessian];
  if (size === 0 || fields.some((field) => field.length !== size)) {
    throw new ModelUnreadable(`Tree ${index}: its arrays differ in length`);
  }
  if (Number(json.tree_param?.size_leaf_vector ?? 0) > 1) {
    throw new ModelUnreadable(`Tree ${index} has vectors for leaves; train with one output per tree`);
  }
  if (json.split_type?.some((type) => type !== 0) || (json.categories_nodes?.length ?? 0) > 0) {
    throw new ModelUnreadable(
      `Tree ${index} splits on categories; encode classes as numbers before training, as the exported data set does`,
    );
  }
  const order = [0];
  const seen = new Set(order);
  for (const node of order) {
    if (!Number.isFinite(Math.fround(json.split_conditions[node]!))) {
      throw new ModelUnreadable(`Tree ${index}, node ${node}: its value is not a finite number`);
    }
    if (!(json.sum_hessian[node]! >= 0 && Number.isFinite(json.sum_hessian[node]!))) {
      throw new ModelUnreadable(`Tree ${index}, node ${node}: its cover is not a finite number ≥ 0`);
    }
    const children = [json.left_children[node]!, json.right_children[node]!];
    if (children[0] === -1 && children[1] === -1) continue;
    const feature = json.split_indices[node]!;
    if (feature < 0 || feature >= columns) {
      throw new ModelUnreadable(`Tree ${index}, node ${node}: splits on column ${feature} of ${columns}`);
    }
    for (const child of children) {
      if (child < 0 || child >= size || seen.has(child)) {
        throw new ModelUnreadable(`Tree ${index}, node ${node}: child ${child} does not exist or was there before`);
      }
      seen.add(child);
      order.push(child);
    }
  }
  return order;
}
