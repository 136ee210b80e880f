import { createHash, type Hash } from "node:crypto";
import { type FileHandle, mkdir, open, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { cliFile, datasetFormats, datasetRows, splits } from "#/ml/dataset/dataset-rows.ts";
import { commandLineConfig, type DatasetManifest, describeDataset } from "#/ml/dataset/manifest.ts";
import { prepareMaterial, type TrainingMaterial } from "#/ml/training/material.ts";
import { TrainingRefused } from "#/ml/training/refuse.ts";
import { audit } from "../audit.ts";
import { type Ctx, inTransaction } from "../context.ts";
import { dayOfDate, pastDate } from "../days.ts";
import { AppError } from "../errors.ts";
import { loadFacts } from "../matching/load-facts.ts";
import { authorize } from "../permissions.ts";
import { refuseFuture } from "../training/request-training.ts";
import { DEFAULT_SEED } from "../training/train-model.ts";

export const exportDatasetInput = z.strictObject({
  /** Folder to write into; made if it is not there. */
  out: z.string().min(1),
  /** As of a training: nothing dated later. */
  asOf: pastDate.optional(),
  format: z.enum(datasetFormats).default("csv"),
  /** Write over an export that lies there. */
  force: z.boolean().default(false),
});

export interface ExportOptions {
  onProgress?: (progress: { rows: number; of: number }) => void;
  signal?: AbortSignal;
}

const heads = ["suitability", "deal"] as const;
/** Everything that an export may have left in its folder; the manifest goes first and comes last. */
const ownFiles = [
  "manifest.json",
  "dataset.csv",
  "rows.csv",
  ...heads.flatMap((head) => [`${head}.conf`, ...splits.map((split) => cliFile(head, split))]),
];

/**
 * Writes what our own training would learn from, for another engine to train on: rows as text, ids, labels, weights, split,
 * and a manifest. Rows are made and written one set at a time. A folder without a manifest holds no whole dataset.
 * Refuses with `conflict` a folder that is not empty, with `invalid` too little data. After an abort the folder is empty.
 */
export async function exportDataset(
  ctx: Ctx,
  input: z.input<typeof exportDatasetInput>,
  options: ExportOptions = {},
): Promise<DatasetManifest> {
  authorize(ctx, "dataset:export");
  const { out, asOf, format, force } = exportDatasetInput.parse(input);
  refuseFuture(ctx, asOf);
  await clearFolder(out, force);
  const history = await loadFacts(ctx, asOf === undefined ? {} : { asOf });
  const asOfDay = asOf === undefined ? history.snapshotDay : dayOfDate(asOf);
  const material = materialOf(() => prepareMaterial(history, { asOfDay, seed: DEFAULT_SEED }));
  try {
    const files = await writeRows(material, format, out, options);
    if (format === "libsvm")
      for (const head of heads) {
        const text = commandLineConfig(head, material);
        await writeFile(path.join(out, `${head}.conf`), text, { mode: 0o600 });
        const sha256 = createHash("sha256").update(text).digest("hex");
        files.push({ name: `${head}.conf`, bytes: Buffer.byteLength(text), sha256 });
      }
    const manifest = describeDataset(material, { format, asOf: asOf ?? null, files });
    await inTransaction(ctx, (ctx) =>
      audit(ctx, "dataset:export", `dataset:${String(manifest.snapshot.sha256).slice(0, 12)}`, {
        format,
        asOfDay,
        rows: manifest.rows,
      }),
    );
    await writeFile(path.join(out, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
    return manifest;
  } catch (error) {
    await Promise.all(ownFiles.map((name) => rm(path.join(out, name), { force: true })));
    throw error;
  }
}

/** Leaves strangers' files alone: only an export of ours is ever written over. */
async function clearFolder(folder: string, force: boolean): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const there = await readdir(folder);
  if (there.length === 0) return;
  if (!force)
    throw new AppError("conflict", {
      ru: `В ${folder} уже что-то лежит. Назовите пустую папку или добавьте --force, чтобы записать выгрузку поверх прежней.`,
      en: `${folder} is not empty. Name an empty folder, or add --force to write over an earlier export.`,
    });
  for (const name of ownFiles) await rm(path.join(folder, name), { force: true });
}

function materialOf(prepare: () => TrainingMaterial): TrainingMaterial {
  try {
    return prepare();
  } catch (error) {
    if (!(error instanceof TrainingRefused)) throw error;
    throw new AppError(
      "invalid",
      { ru: `Выгружать нечего: ${error.message}`, en: `There is nothing to export: ${error.message}` },
      { cause: error },
    );
  }
}

/** Text is gathered to pieces of this size, in characters, before it is written. */
const PIECE = 1 << 20;

interface OpenFile {
  handle: FileHandle;
  hash: Hash;
  bytes: number;
  waiting: string;
}

async function writeRows(
  material: TrainingMaterial,
  format: DatasetManifest["format"],
  folder: string,
  { onProgress, signal }: ExportOptions,
): Promise<DatasetManifest["files"]> {
  const files = new Map<string, OpenFile>();
  const of = material.sets.reduce((sum, set) => sum + set.candidates.length, 0);
  try {
    for (const { file, text, rows } of datasetRows(material, format)) {
      let open = files.get(file);
      if (!open) {
        open = await openFile(path.join(folder, file));
        files.set(file, open);
      }
      open.waiting += text;
      if (open.waiting.length < PIECE) continue;
      await flush(open);
      signal?.throwIfAborted();
      onProgress?.({ rows, of });
    }
    for (const file of files.values()) await flush(file);
    onProgress?.({ rows: of, of });
  } finally {
    for (const { handle } of files.values()) await handle.close();
  }
  return [...files].map(([name, { bytes, hash }]) => ({ name, bytes, sha256: hash.digest("hex") }));
}

async function openFile(place: string): Promise<OpenFile> {
  return { handle: await open(place, "w", 0o600), hash: createHash("sha256"), bytes: 0, waiting: "" };
}

async function flush(file: OpenFile): Promise<void> {
  const bytes = Buffer.from(file.waiting, "utf8");
  file.waiting = "";
  file.hash.update(bytes);
  file.bytes += bytes.length;
  await file.handle.writeFile(bytes);
}
