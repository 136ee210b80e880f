import { openSession } from "../onnx/session.ts";
import { treesToOnnx } from "../onnx/to-onnx.ts";
import { learnableRows } from "../testing/learnable-rows.ts";
import { predictContributions, trainBooster } from "../xgboost/booster.ts";
import { parseTrees } from "../xgboost/trees.ts";
import { explainTrees } from "./tree-shap.ts";

// Run: node ml/explain/tree-shap.bench.ts. Times of one head; a match asks two.
const columns = 100;
const data = learnableRows(20_000, columns, 1);
const { modelJson } = await trainBooster({
  ...data,
  parameters: { maxDepth: 5, eta: 0.05, subsample: 0.8, colsampleByTree: 0.4, minChildWeight: 8, lambda: 3 },
  rounds: 500,
});
const trees = parseTrees(modelJson);
const session = await openSession(treesToOnnx(trees));
const prepared = await best(3, () => explainTrees(trees));
const explainer = explainTrees(trees);
console.log(`${trees.roots.length - 1} trees, ${trees.feature.length} nodes; prepared in ${ms(prepared)}`);

for (const rows of [300, 3_000, 20_000]) {
  const matrix = data.matrix.slice(0, rows * columns);
  const runs = rows === 300 ? 15 : 5;
  const attribution = await best(runs, () => explainer.attribute(matrix, rows));
  const scoring = await best(runs, () => session.margins(matrix, rows, columns));
  console.log(
    `${rows} rows: attributions ${ms(attribution)} (${((attribution / rows) * 1000).toFixed(0)} µs a row), ` +
      `scores ${ms(scoring)}, ratio ${(attribution / scoring).toFixed(1)}`,
  );
}
const matrix = data.matrix.slice(0, 300 * columns);
const own = await best(3, () => predictContributions(modelJson, matrix, 300, columns));
const ours = await best(15, () => explainer.attribute(matrix, 300));
console.log(`300 rows by the library itself: ${ms(own)}, ${(own / ours).toFixed(0)} times as long`);

async function best(runs: number, work: () => unknown): Promise<number> {
  let shortest = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    await work();
    shortest = Math.min(shortest, performance.now() - start);
  }
  return shortest;
}

function ms(time: number): string {
  return `${time.toFixed(1)} ms`;
}
