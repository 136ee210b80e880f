import { parseArgs } from "node:util";
import { Resamples } from "../evaluation/bootstrap.ts";
import { makeMarket } from "../testing/synthetic-market.ts";
import { headParameters } from "../training/fit-heads.ts";
import { matrixOf, prepareMaterial, type TrainingMaterial } from "../training/material.ts";
import { labelRows } from "../training/training-rows.ts";
import { takeColumns, ValidationLists } from "../training/validation-lists.ts";
import { trainBooster } from "../xgboost/booster.ts";
import { loadXgboost } from "../xgboost/library.ts";
import { triedFeatures } from "./tried.ts";

// Run: node ml/features/tried.bench.ts [--seeds 41,42] [--leads 30000] [--rounds 200]
// What the suitability head loses on the validation stretch when features are taken from it, and gains from those that are
// not in the catalog: AUC within a lead, in points of a hundredth; differences by lead with 95 % intervals.
const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "41" },
    leads: { type: "string", default: "30000" },
    rounds: { type: "string", default: "200" },
  },
});
const library = loadXgboost();

for (const seed of values.seeds.split(",").map(Number)) {
  const history = makeMarket({ seed, leads: +values.leads }).history();
  const parameters = { suitabilityRounds: +values.rounds, dealRounds: +values.rounds };
  const made = prepareMaterial(history, { asOfDay: history.snapshotDay, seed: 1, parameters });
  const catalog = made.features;
  const material = { ...made, features: [...catalog, ...triedFeatures] };
  const lists = new ValidationLists();
  lists.takeFrom(material);
  const matrix = matrixOf(material, material.split.fit);
  const own = new Set(catalog.map(({ name }) => name));
  const whole = await aucs((name) => own.has(name));
  console.log(
    `seed ${seed}: ${lists.count} leads, AUC ${(100 * mean(whole)).toFixed(2)} with the ${own.size} of the catalog`,
  );
  for (const feature of triedFeatures)
    await compare(`+ ${feature.name}`, (name) => own.has(name) || name === feature.name);
  const groups = Map.groupBy(catalog, ({ name }) => name.split(":")[0]!);
  for (const group of new Set(catalog.map(({ group }) => group)))
    await compare(
      `− all of ${group}`,
      (name) => own.has(name) && catalog.find((one) => one.name === name)!.group !== group,
    );
  for (const name of [
    "filled_wishes",
    "built_year",
    "vacancy_age_percentile",
    "manager_load",
    "typical_evidence",
    "neighbour",
    "manager_leaning",
  ])
    await compare(`− ${name}`, (each) => own.has(each) && !groups.get(name)!.some((one) => one.name === each));

  async function compare(what: string, takes: (name: string) => boolean): Promise<void> {
    const other = await aucs(takes);
    const differences = other.map((auc, i) => auc - whole[i]!);
    const { value, low, high } = new Resamples(differences.length, 1).mean(differences);
    console.log(`  ${what.padEnd(28)} ${points(value)} [${points(low)}, ${points(high)}]`);
  }

  async function aucs(takes: (name: string) => boolean): Promise<number[]> {
    const columns = material.features.flatMap(({ name }, column) => (takes(name) ? [column] : []));
    const narrow = takeColumns(matrix, material.features.length, columns);
    const { suitability } = labelRows(material.split.fit, material);
    const taken: TrainingMaterial = { ...material, features: columns.map((column) => material.features[column]!) };
    const { modelJson } = await trainBooster({
      ...{ matrix: narrow, rows: suitability.labels.length, columns: columns.length, library },
      ...{ labels: suitability.labels, weights: suitability.weights, rounds: +values.rounds },
      parameters: headParameters("suitability", taken),
    });
    return lists.aucs(modelJson, library, columns);
  }
}

function points(share: number | null): string {
  return (100 * (share ?? Number.NaN)).toFixed(2).padStart(6);
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}
