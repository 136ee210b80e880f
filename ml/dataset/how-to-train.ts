import type { DatasetFormat } from "./dataset-rows.ts";

const rules = [
  "Train one booster a head, with this head's xgboost parameters and rounds, on rows whose split is fit.",
  "Leave tune and test alone: threshold, calibration and report come from them, and that very booster serves. Nothing in a model file shows that it saw them; it would then look better than it is.",
  "Keep the columns' order. Keep missing values missing: an empty cell is neither 0 nor a class.",
  "The deal head needs monotone_constraints as given: a dearer rent must never raise the chance of a deal.",
  "Save as JSON, a file named *.json, of XGBoost 1.7 or newer. Then: npm run ostap -- models import --suitability suitability.json --deal deal.json --dataset <this folder>",
];

const python = [
  "import json, pandas, xgboost",
  "m = json.load(open('manifest.json'))",
  "t = pandas.read_csv('dataset.csv', dtype={'lead_id': str, 'manager_id': str, 'premises_id': str})",
  "t = t[t.split == 'fit']",
  "x = t[[c['name'] for c in m['columns']]].to_numpy('float32')",
  "for head, h in m['heads'].items():",
  "    d = xgboost.DMatrix(x, label=t[h['label']], weight=t[h['weight']])",
  "    xgboost.train(h['xgboost'], d, h['rounds']).save_model(head + '.json')",
];

const dask = [
  "# t, m and h as in python, t from dask.dataframe.read_csv, client a dask.distributed.Client",
  "d = xgboost.dask.DaskDMatrix(client, t[names], t[h['label']], weight=t[h['weight']])",
  "xgboost.dask.train(client, h['xgboost'], d, h['rounds'])['booster'].save_model(head + '.json')",
];

const spark = [
  "# t = spark.read.csv('dataset.csv', header=True, inferSchema=True).where(\"split = 'fit'\"); do not fill empty cells",
  "from xgboost.spark import SparkXGBClassifier",
  "c = SparkXGBClassifier(features_col=names, label_col=h['label'], weight_col=h['weight'], n_estimators=h['rounds'], missing=float('nan'), **parameters)",
  "c.fit(t).get_booster().save_model(head + '.json')",
];

const ray = [
  "# in the train loop of ray.train.xgboost.XGBoostTrainer, on this worker's shard of t",
  "d = xgboost.DMatrix(shard[names].to_numpy('float32'), label=shard[h['label']], weight=shard[h['weight']])",
  "xgboost.train(h['xgboost'], d, h['rounds']).save_model(head + '.json')  # on rank 0",
];

const commandLine = [
  "# XGBoost's own program, up to the versions that have one (Debian: apt-get install xgboost), in this folder:",
  "export OMP_WAIT_POLICY=passive  # on a machine with other work, else its threads spin while they wait",
  "xgboost suitability.conf",
  "xgboost deal.conf",
];

/** Lines to read beside the data: the rules, then recipes for what reads this format. */
export function howToTrain(format: DatasetFormat): Record<string, string[]> {
  return format === "csv" ? { rules, python, dask, spark, ray } : { rules, commandLine };
}
