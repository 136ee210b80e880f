import { z } from "zod";
import { ModelUnreadable, parseTrees, type Trees } from "./trees.ts";

declare global {
  // TypeScript's declarations do not know it yet; every Node that we run on does.
  interface JSON {
    rawJSON(text: string): unknown;
  }
}

/** A model that was trained elsewhere cannot be taken: why, and what to do about it. */
export class ModelRefused extends Error {
  override name = "ModelRefused";
  readonly words: { ru: string; en: string };

  constructor(words: { ru: string; en: string }, options?: ErrorOptions) {
    super(words.en, options);
    this.words = words;
  }
}

export interface AdoptedModel {
  /** The same trees as the oldest library that we support writes them; nothing else of the file is left. */
  modelJson: Uint8Array;
  trees: Trees;
  /** The version that wrote the file, such as 3.1.0. */
  version: string;
}

/** Several hundred trees take 5 to 10 MB; both heads and their exports must fit the model store. */
export const MODEL_BYTES_MAX = 64 * 1024 * 1024;

// Only what tells an equivalent model from another one; the trees are held to their shape by parseTrees.
const file = z.object({
  version: z.array(z.int()).length(3),
  learner: z.object({
    attributes: z.record(z.string(), z.string()).default({}),
    feature_names: z.array(z.string()).default([]),
    feature_types: z.array(z.string()).default([]),
    gradient_booster: z.object({
      name: z.string(),
      model: z.object({ cats: z.object({ enc: z.array(z.unknown()).default([]) }).optional() }).optional(),
    }),
    learner_model_param: z.object({ base_score: z.string() }),
    objective: z.object({ name: z.string() }),
  }),
});

/**
 * Takes a model in XGBoost's JSON that 1.7 to 3.x wrote, for the given columns. What newer versions write otherwise and
 * mean alike is accepted: base scores in brackets, empty lists of categories, how the base score was found. Throws
 * `ModelRefused` for the rest.
 */
export function adoptModel(bytes: Uint8Array, columns: readonly string[]): AdoptedModel {
  if (bytes.length > MODEL_BYTES_MAX)
    throw refused(
      `Файл больше ${MODEL_BYTES_MAX / 1024 / 1024} МБ: это не модель для подбора. Возьмите меньше деревьев или глубину.`,
      `The file is larger than ${MODEL_BYTES_MAX / 1024 / 1024} MB: no model to rank with. Take fewer or shallower trees.`,
    );
  const { version, learner } = readFile(bytes);
  const { name: booster, model } = learner.gradient_booster;
  if (booster !== "gbtree")
    throw refused(
      `Модель вида ${booster}, а подбор умеет только gbtree. Обучите с booster=gbtree.`,
      `The model is a ${booster}; only gbtree is served. Train with booster=gbtree.`,
    );
  if (learner.objective.name !== "binary:logistic")
    throw refused(
      `Цель обучения «${learner.objective.name}», а нужна binary:logistic: только её ответы читаются как вероятность.`,
      `The objective is "${learner.objective.name}"; train with binary:logistic, whose answers read as probabilities.`,
    );
  if (learner.feature_types.includes("c") || (model?.cats?.enc.length ?? 0) > 0)
    throw refused(
      "У модели есть категориальные столбцы. В выгрузке классы уже разложены на числа: обучите на ней как есть.",
      "The model has categorical columns. The dataset has its classes as numbers already: train on it as it is.",
    );
  checkColumns(learner.feature_names, columns);
  const trees = soundTrees(bytes);
  if (trees.columns !== columns.length)
    throw refused(
      `Модель обучена на ${trees.columns} столбцах, в выгрузке их ${columns.length}.`,
      `The model was trained on ${trees.columns} columns, the dataset has ${columns.length}.`,
    );
  checkBestRound(learner.attributes.best_iteration, trees.roots.length - 1);
  const baseScore = Math.fround(Number(learner.learner_model_param.base_score.replace(/^\[(.*)\]$/, "$1")));
  return { modelJson: writeModel(trees, baseScore), trees, version: version.join(".") };
}

function readFile(bytes: Uint8Array): z.output<typeof file> {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw refused(
      "Файл не JSON, обрезан или содержит NaN. Сохраните модель под именем *.json: под другим XGBoost пишет UBJSON.",
      "The file is no JSON, is cut short or holds NaN. Save the model as *.json: under other names XGBoost writes UBJSON.",
      { cause },
    );
  }
  const read = file.safeParse(json);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const where = issue ? `${issue.path.join(".")}: ${issue.message}` : read.error.message;
  throw refused(`Это не модель XGBoost: ${where}.`, `This is no model of XGBoost: ${where}.`, { cause: read.error });
}

/** A model that names its columns must name ours, in our order; one without names can be held to their number only. */
function checkColumns(named: readonly string[], columns: readonly string[]): void {
  if (named.length === 0) return;
  if (named.length !== columns.length)
    throw refused(
      `Модель называет ${named.length} столбцов, в выгрузке их ${columns.length}.`,
      `The model names ${named.length} columns, the dataset has ${columns.length}.`,
    );
  const numbered = named.every((name, at) => name === `f${at}`);
  const off = numbered ? -1 : named.findIndex((name, at) => name !== columns[at]);
  if (off < 0) return;
  const [its, ours] = [named[off]!, columns[off]!];
  if (columns.includes(its))
    throw refused(
      `Столбцы стоят в другом порядке: ${off + 1}-й у модели «${its}», в выгрузке «${ours}». Обучите, не меняя порядка.`,
      `The columns stand in another order: number ${off + 1} is "${its}" in the model and "${ours}" in the dataset. Train without reordering.`,
    );
  throw refused(
    `Столбца «${its}» в выгрузке нет: модель обучена на чём-то другом.`,
    `The dataset has no column "${its}": the model was trained on something else.`,
  );
}

/** Wrappers of the family stop early and then answer with the best rounds only; the file holds all of them. */
function checkBestRound(best: string | undefined, trees: number): void {
  if (best === undefined || Number(best) + 1 >= trees) return;
  throw refused(
    `В файле ${trees} деревьев, а лучший раунд по нему ${best}. Обрежьте перед сохранением: booster[:${Number(best) + 1}].`,
    `The file holds ${trees} trees and says that round ${best} was best. Cut it before saving: booster[:${Number(best) + 1}].`,
  );
}

function soundTrees(bytes: Uint8Array): Trees {
  try {
    return parseTrees(bytes);
  } catch (cause) {
    if (!(cause instanceof ModelUnreadable)) throw cause;
    throw refused(`Модель не годится: ${cause.message}.`, `The model will not do: ${cause.message}.`, { cause });
  }
}

function refused(ru: string, en: string, options?: ErrorOptions): ModelRefused {
  return new ModelRefused({ ru, en }, options);
}

/**
 * Written anew from the trees that were found sound: the native library never sees a foreign file, and no version's
 * additions reach it.
 */
function writeModel(trees: Trees, baseScore: number): Uint8Array {
  const count = trees.roots.length - 1;
  const json = {
    learner: {
      attributes: {},
      feature_names: Array.from({ length: trees.columns }, (_, column) => `f${column}`),
      feature_types: [],
      gradient_booster: {
        model: {
          gbtree_model_param: { num_parallel_tree: "1", num_trees: String(count), size_leaf_vector: "0" },
          tree_info: new Array(count).fill(0),
          trees: Array.from({ length: count }, (_, tree) => writeTree(trees, tree)),
        },
        name: "gbtree",
      },
      learner_model_param: {
        base_score: baseScore.toPrecision(9),
        boost_from_average: "0",
        num_class: "0",
        num_feature: String(trees.columns),
        num_target: "1",
      },
      objective: { name: "binary:logistic", reg_loss_param: { scale_pos_weight: "1" } },
    },
    version: [1, 7, 4],
  };
  return new TextEncoder().encode(JSON.stringify(json, floatsWithExponent));
}

/** The library tells a float by its exponent, and refuses an integer where one is due. */
function floatsWithExponent(_name: string, value: unknown): unknown {
  return value instanceof Float32Array ? Array.from(value, (x) => JSON.rawJSON(x.toExponential())) : value;
}

/** The root of a tree has no parent. */
const NO_PARENT = 2_147_483_647;

function writeTree(trees: Trees, tree: number) {
  const [from, to] = [trees.roots[tree]!, trees.roots[tree + 1]!];
  const nodes = Array.from({ length: to - from }, (_, at) => from + at);
  const parents = nodes.map(() => NO_PARENT);
  for (const node of nodes)
    for (const child of [trees.left[node]!, trees.right[node]!]) if (child >= 0) parents[child - from] = node - from;
  const place = (child: number) => (child < 0 ? -1 : child - from);
  const isLeaf = (node: number) => trees.feature[node] === -1;
  return {
    base_weights: Float32Array.from(nodes, (node) => trees.value[node]!),
    categories: [],
    categories_nodes: [],
    categories_segments: [],
    categories_sizes: [],
    default_left: nodes.map((node) => trees.defaultLeft[node]!),
    id: tree,
    left_children: nodes.map((node) => place(trees.left[node]!)),
    loss_changes: new Float32Array(nodes.length),
    parents,
    right_children: nodes.map((node) => place(trees.right[node]!)),
    split_conditions: Float32Array.from(nodes, (node) => (isLeaf(node) ? trees.value : trees.threshold)[node]!),
    split_indices: nodes.map((node) => Math.max(0, trees.feature[node]!)),
    split_type: nodes.map(() => 0),
    sum_hessian: Float32Array.from(nodes, (node) => trees.cover[node]!),
    tree_param: {
      num_deleted: "0",
      num_feature: String(trees.columns),
      num_nodes: String(nodes.length),
      size_leaf_vector: "0",
    },
  };
}
