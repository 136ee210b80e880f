import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { type DatasetManifest, datasetManifest } from "#/ml/dataset/manifest.ts";
import { catalog, featureSetId } from "#/ml/features/catalog.ts";
import type { TrainedElsewhere } from "#/ml/training/adopt.ts";
import { type AdoptedModel, adoptModel, MODEL_BYTES_MAX, ModelRefused } from "#/ml/xgboost/adopt-model.ts";
import type { Ctx } from "../context.ts";
import { AppError } from "../errors.ts";
import { loadFacts } from "../matching/load-facts.ts";
import { authorize } from "../permissions.ts";
import { requestTraining } from "../training/request-training.ts";
import { runTraining } from "../training/run-training.ts";
import { trainApart } from "../training/train-apart.ts";
import type { TrainingResult } from "../training/train-model.ts";
import { activeArtifact } from "./active-artifact.ts";
import { registerModel } from "./register-model.ts";

export const importModelInput = z.strictObject({
  /** Files in XGBoost's JSON, one a head. */
  suitability: z.string().min(1),
  deal: z.string().min(1),
  /** Folder of the export that they were trained on. */
  dataset: z.string().min(1),
});

export interface ImportedModel extends TrainingResult {
  /** False where the records changed since the export: the report then speaks of the records as they are now. */
  sameRecords: boolean;
}

export interface ImportOptions {
  onProgress?: (progress: { stage: string; percent: number }) => void;
  signal?: AbortSignal;
}

type Head = keyof TrainedElsewhere["heads"];

/** Far above any manifest of ours. */
const MANIFEST_BYTES_MAX = 8 * 1024 * 1024;
const LOADED_PERCENT = 10;
const JUDGED_PERCENT = 97;

/**
 * Registers two heads that another engine trained on an exported dataset, as a candidate: calibration, threshold, parity
 * and report come by the way of our own training, and promotion passes the same gate. It counts as a training: one at a
 * time. Refuses with `invalid` what will not do, in words; with `conflict` while another training runs.
 */
export async function importModel(
  ctx: Ctx,
  input: z.infer<typeof importModelInput>,
  options: ImportOptions = {},
): Promise<ImportedModel> {
  authorize(ctx, "model:train");
  const manifest = await readManifest(input.dataset);
  const columns = columnsOf(manifest);
  const suitability = await readHead("suitability", input.suitability, columns);
  const deal = await readHead("deal", input.deal, columns);
  if (suitability.sha256 === deal.sha256)
    throw refuse(
      "Для обеих голов назван один файл. Их две: suitability решает, что оставить, deal ставит по местам.",
      "Both heads name the same file. There are two: suitability decides what is kept, deal ranks it.",
    );
  const elsewhere: TrainedElsewhere = {
    heads: { suitability: suitability.modelJson, deal: deal.modelJson },
    as: { vocabulary: manifest.vocabulary, ...manifest.split },
    origin: originOf(manifest, { suitability, deal }),
  };
  const { trainingId } = await requestTraining(ctx, { asOf: manifest.asOf ?? undefined, by: "here" });
  return runTraining(ctx, trainingId, options, async ({ signal, advance, complete }) => {
    advance("facts", 0);
    const history = await loadFacts(ctx, manifest.asOf === null ? {} : { asOf: manifest.asOf });
    advance("facts", LOADED_PERCENT);
    const trained = await trainApart(history, {
      home: ctx.home,
      asOfDay: manifest.asOfDay,
      seed: manifest.seed,
      active: await activeArtifact(ctx),
      elsewhere,
      signal,
      onProgress: (stage, fraction) => advance(stage, LOADED_PERCENT + fraction * (JUDGED_PERCENT - LOADED_PERCENT)),
    });
    advance("register", JUDGED_PERCENT);
    const { modelId } = await complete((ctx) =>
      registerModel(ctx, {
        trained,
        asOfDay: manifest.asOfDay,
        trainingId,
        detail: { trainedElsewhere: { suitability: suitability.sha256, deal: deal.sha256 } },
      }),
    );
    const sameRecords = trained.snapshot.sha256 === manifest.snapshot.sha256;
    return { modelId, report: trained.report, sameRecords };
  });
}

async function readManifest(folder: string): Promise<DatasetManifest> {
  const bytes = await readBounded(path.join(folder, "manifest.json"), MANIFEST_BYTES_MAX, {
    ru: `В ${folder} нет manifest.json: назовите папку, в которую выгружали (dataset export).`,
    en: `There is no manifest.json in ${folder}: name the folder of the export (dataset export).`,
  });
  const read = datasetManifest.safeParse(jsonOf(bytes));
  if (read.success) return read.data;
  const where = read.error.issues[0]?.path.join(".") ?? "";
  throw refuse(
    `manifest.json в ${folder} не от этой выгрузки или испорчен (${where || "не JSON"}). Выгрузите заново.`,
    `manifest.json in ${folder} is damaged or of another kind (${where || "no JSON"}). Export anew.`,
    read.error,
  );
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

/** The columns' names, which must be those that this build computes for the manifest's vocabulary. */
function columnsOf(manifest: DatasetManifest): string[] {
  if (manifest.featureSetId !== featureSetId)
    throw refuse(
      `Выгрузка сделана на признаках ${manifest.featureSetId.slice(0, 8)}, а у этой версии ${featureSetId.slice(0, 8)}. Выгрузите заново и обучите.`,
      `The dataset was made of features ${manifest.featureSetId.slice(0, 8)}, this build has ${featureSetId.slice(0, 8)}. Export anew and train.`,
    );
  const columns = catalog(manifest.vocabulary).map(({ name }) => name);
  if (columns.length === manifest.columns.length && columns.every((name, at) => name === manifest.columns[at]?.name))
    return columns;
  throw refuse(
    "Столбцы в manifest.json не те, что даёт его словарь: файл правили. Выгрузите заново.",
    "The columns in manifest.json are not those of its vocabulary: the file was edited. Export anew.",
  );
}

interface ReadHead extends AdoptedModel {
  /** Of the file as it came. */
  sha256: string;
}

async function readHead(head: Head, file: string, columns: string[]): Promise<ReadHead> {
  const bytes = await readBounded(file, MODEL_BYTES_MAX, {
    ru: `Нет файла модели: ${file}.`,
    en: `There is no model file ${file}.`,
  });
  try {
    return { ...adoptModel(bytes, columns), sha256: createHash("sha256").update(bytes).digest("hex") };
  } catch (error) {
    if (!(error instanceof ModelRefused)) throw error;
    throw refuse(`Голова ${head}: ${error.words.ru}`, `Head ${head}: ${error.words.en}`, error);
  }
}

async function readBounded(file: string, bytesMax: number, missing: { ru: string; en: string }): Promise<Uint8Array> {
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) throw refuse(missing.ru, missing.en);
  if (found.size > bytesMax)
    throw refuse(
      `${file}: ${Math.ceil(found.size / 1024 / 1024)} МБ, а берём до ${bytesMax / 1024 / 1024} МБ. Возьмите меньше деревьев или глубину.`,
      `${file} has ${Math.ceil(found.size / 1024 / 1024)} MB, up to ${bytesMax / 1024 / 1024} MB are taken. Take fewer or shallower trees.`,
    );
  return readFile(file);
}

/** What the model's row is to say of how its heads came to be; a model file does not tell what it was trained with. */
function originOf(manifest: DatasetManifest, heads: Record<Head, ReadHead>): TrainedElsewhere["origin"] {
  const rounds = (head: Head) => heads[head].trees.roots.length - 1;
  const trainers = new Set(Object.values(heads).map(({ version }) => `xgboost ${version}`));
  const fileOf = (head: Head) => ({ sha256: heads[head].sha256, xgboost: heads[head].version, trees: rounds(head) });
  return {
    trainer: [...trainers].join(", "),
    parameters: {
      booster: null,
      suitabilityRounds: rounds("suitability"),
      dealRounds: rounds("deal"),
      trainedElsewhere: {
        suitability: fileOf("suitability"),
        deal: fileOf("deal"),
        dataset: { snapshot: manifest.snapshot, rows: manifest.rows, recommended: manifest.parameters },
      },
    },
    libraries: {
      trainer_suitability: `xgboost ${heads.suitability.version}`,
      trainer_deal: `xgboost ${heads.deal.version}`,
    },
  };
}

function refuse(ru: string, en: string, cause?: Error): AppError {
  return new AppError("invalid", { ru, en }, { cause });
}
