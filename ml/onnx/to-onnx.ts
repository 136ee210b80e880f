import onnxProto, { type onnx as Onnx } from "onnx-proto";
import type { Trees } from "../xgboost/trees.ts";

// The package is CommonJS: its namespace comes with the default export.
const { onnx } = onnxProto;

/** Name of the one input, [rows, columns] float32 with NaN for missing, and of the one output, [rows, 1] raw margins. */
export const inputName = "features";
export const outputName = "margin";

// The first version of each operator set that has what we need: every runtime of the last years reads them.
const coreOpset = 13;
const treesOpset = 1;
const irVersion = 7;

/** Stored with every model. */
export const exportVersions = { onnx_opset: String(coreOpset), onnx_ml_opset: String(treesOpset) };

/**
 * Writes a forest as ONNX: one TreeEnsembleRegressor that answers raw margins (the sigmoid stays outside: runtimes round
 * it differently). The same trees give the same bytes.
 * Splits are BRANCH_LT, as the trainer compares; thresholds and leaf values are float32 on both sides, thus exact; a
 * missing value tracks the default branch.
 */
export function treesToOnnx(trees: Trees): Uint8Array {
  const nodes = trees.feature.length;
  const treeIds: number[] = new Array(nodes);
  const nodeIds: number[] = new Array(nodes);
  const modes: Uint8Array[] = new Array(nodes);
  const trueIds: number[] = new Array(nodes).fill(0);
  const falseIds: number[] = new Array(nodes).fill(0);
  const leaves: { tree: number; node: number; value: number }[] = [];
  const branch = new TextEncoder().encode("BRANCH_LT");
  const leaf = new TextEncoder().encode("LEAF");
  for (let tree = 0; tree + 1 < trees.roots.length; tree++) {
    const root = trees.roots[tree]!;
    for (let node = root; node < trees.roots[tree + 1]!; node++) {
      treeIds[node] = tree;
      nodeIds[node] = node - root;
      if (trees.feature[node] === -1) {
        modes[node] = leaf;
        leaves.push({ tree, node: node - root, value: trees.value[node]! });
      } else {
        modes[node] = branch;
        trueIds[node] = trees.left[node]! - root;
        falseIds[node] = trees.right[node]! - root;
      }
    }
  }
  const graph = onnx.GraphProto.create({
    name: "boosted-trees",
    node: [
      {
        opType: "TreeEnsembleRegressor",
        domain: "ai.onnx.ml",
        input: [inputName],
        output: [outputName],
        attribute: [
          floats("base_values", [trees.baseMargin]),
          ints("nodes_falsenodeids", falseIds),
          ints(
            "nodes_featureids",
            Array.from(trees.feature, (feature) => Math.max(feature, 0)),
          ),
          ints("nodes_missing_value_tracks_true", Array.from(trees.defaultLeft)),
          { name: "nodes_modes", type: onnx.AttributeProto.AttributeType.STRINGS, strings: modes },
          ints("nodes_nodeids", nodeIds),
          ints("nodes_treeids", treeIds),
          ints("nodes_truenodeids", trueIds),
          floats("nodes_values", Array.from(trees.threshold)),
          { name: "n_targets", type: onnx.AttributeProto.AttributeType.INT, i: 1 },
          {
            name: "post_transform",
            type: onnx.AttributeProto.AttributeType.STRING,
            s: new TextEncoder().encode("NONE"),
          },
          ints(
            "target_ids",
            leaves.map(() => 0),
          ),
          ints(
            "target_nodeids",
            leaves.map(({ node }) => node),
          ),
          ints(
            "target_treeids",
            leaves.map(({ tree }) => tree),
          ),
          floats(
            "target_weights",
            leaves.map(({ value }) => value),
          ),
        ],
      },
    ],
    input: [tensor(inputName, trees.columns)],
    output: [tensor(outputName, 1)],
  });
  const bytes = onnx.ModelProto.encode({
    irVersion,
    producerName: "ostap",
    opsetImport: [
      { domain: "", version: coreOpset },
      { domain: "ai.onnx.ml", version: treesOpset },
    ],
    graph,
  }).finish();
  // The package gives a Node buffer, a slice of a shared pool.
  return new Uint8Array(bytes);
}

function ints(name: string, values: number[]): Onnx.IAttributeProto {
  return { name, type: onnx.AttributeProto.AttributeType.INTS, ints: values };
}

function floats(name: string, values: number[]): Onnx.IAttributeProto {
  return { name, type: onnx.AttributeProto.AttributeType.FLOATS, floats: values };
}

function tensor(name: string, columns: number): Onnx.IValueInfoProto {
  return {
    name,
    type: {
      tensorType: {
        elemType: onnx.TensorProto.DataType.FLOAT,
        shape: { dim: [{ dimParam: "rows" }, { dimValue: columns }] },
      },
    },
  };
}
