import { z } from "zod";
import { featureSetId } from "../features/catalog.ts";
import { modelSettings } from "../model-settings.ts";
import { headParameters, headRounds } from "../training/fit-heads.ts";
import type { TrainingMaterial } from "../training/material.ts";
import { nativeParameters } from "../xgboost/parameters.ts";
import { cliFile, type DatasetFormat, datasetFormats, type Split, splits } from "./dataset-rows.ts";
import { howToTrain } from "./how-to-train.ts";

const head = z.strictObject({
  /** Columns of dataset.csv. */
  label: z.string(),
  weight: z.string(),
  rounds: z.int().min(1),
  /** As XGBoost names them. */
  xgboost: z.record(z.string(), z.string()),
});

/** What a dataset was made of and how to train on it; written beside the data, asked for when a model comes back. */
export const datasetManifest = z.strictObject({
  kind: z.literal("ostap dataset"),
  version: z.literal(1),
  format: z.enum(datasetFormats),
  featureSetId: z.string(),
  vocabulary: modelSettings.shape.vocabulary,
  /** In the order of the matrix's columns. */
  columns: z
    .array(
      z.strictObject({ name: z.string(), unit: z.string(), missing: z.string(), monotone: z.int().min(-1).max(0) }),
    )
    .min(1),
  /** The day that was asked for, YYYY-MM-DD; null: all that was known. */
  asOf: z.iso.date().nullable(),
  asOfDay: z.int(),
  seed: z.int().min(0).max(2_147_483_647),
  /** Rows of days before `tuneFromDay` are to be fitted on, the rest judges the model. */
  split: z.strictObject({ tuneFromDay: z.int(), testFromDay: z.int() }),
  /** Row counts of the records and the SHA-256 of their content. */
  snapshot: z.record(z.string(), z.union([z.number(), z.string()])),
  parameters: z.record(z.string(), z.unknown()),
  sets: z.int(),
  rows: z.strictObject({ fit: z.int(), tune: z.int(), test: z.int() }),
  heads: z.strictObject({ suitability: head, deal: head }),
  files: z.array(z.strictObject({ name: z.string(), bytes: z.int(), sha256: z.string() })),
  howToTrain: z.record(z.string(), z.array(z.string())),
});

export type DatasetManifest = z.infer<typeof datasetManifest>;

/** `files`: what was written already. */
export function describeDataset(
  material: TrainingMaterial,
  made: { format: DatasetFormat; asOf: string | null; files: DatasetManifest["files"] },
): DatasetManifest {
  const { parameters, split } = material;
  return {
    kind: "ostap dataset",
    version: 1,
    format: made.format,
    featureSetId,
    vocabulary: material.vocabulary,
    columns: material.features.map(({ name, unit, missing, monotone }) => ({ name, unit, missing, monotone })),
    asOf: made.asOf,
    asOfDay: material.asOfDay,
    seed: material.seed,
    split: { tuneFromDay: split.tuneFromDay, testFromDay: split.testFromDay },
    snapshot: { ...material.snapshot },
    parameters: { ...parameters } as unknown as Record<string, unknown>,
    sets: material.sets.length,
    rows: Object.fromEntries(
      splits.map((part) => [part, split[part].reduce((sum, set) => sum + set.candidates.length, 0)]),
    ) as Record<Split, number>,
    heads: { suitability: describeHead("suitability", material), deal: describeHead("deal", material) },
    files: made.files,
    howToTrain: howToTrain(made.format),
  };
}

type HeadMaterial = Pick<TrainingMaterial, "parameters" | "features" | "seed">;

function describeHead(head: "suitability" | "deal", material: HeadMaterial): DatasetManifest["heads"]["deal"] {
  const { verbosity: _, ...xgboost } = nativeParameters(headParameters(head, material), material.features.length);
  return { label: `${head}_label`, weight: `${head}_weight`, rounds: headRounds(head, material), xgboost };
}

/** XGBoost's program keeps a value in so many characters, and overruns them silently. */
const VALUE_CHARACTERS_MAX = 255;

/**
 * A file that XGBoost's command line program trains one head by. Columns after the last bound one go unsaid, as the library
 * lets them: said, a few score of columns make a value that kills the program.
 */
export function commandLineConfig(head: "suitability" | "deal", material: HeadMaterial): string {
  const { rounds, xgboost } = describeHead(head, material);
  const bound = xgboost.monotone_constraints?.replace(/(,0)+\)$/, ")");
  const settings = {
    task: "train",
    data: `"${cliFile(head, "fit")}?format=libsvm"`,
    model_out: `"${head}.json"`,
    num_round: rounds,
    // A column that is always missing would go uncounted.
    num_feature: material.features.length,
    ...xgboost,
    ...(bound === undefined ? {} : { monotone_constraints: bound }),
  };
  const long = Object.entries(settings).find(([, value]) => String(value).length > VALUE_CHARACTERS_MAX);
  if (long)
    throw new RangeError(`${long[0]} takes more than the ${VALUE_CHARACTERS_MAX} characters that xgboost reads`);
  return Object.entries(settings)
    .map(([name, value]) => `${name} = ${String(value).startsWith("(") ? `"${value}"` : value}\n`)
    .join("");
}
