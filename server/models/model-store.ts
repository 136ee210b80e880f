import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { invariant } from "../errors.ts";

/** Far above any model of ours; a file beyond it is no model and is not read into memory. */
const BYTES_MAX = 256 * 1024 * 1024;

/** A model's file is missing or is not the one that was registered; the message says which and what to do. */
export class ArtifactDamaged extends Error {
  override name = "ArtifactDamaged";
}

/** Where an artifact lies: under its own SHA-256, so that its content can never change under its name. */
export function artifactPath(home: string, sha256: string): string {
  invariant(/^[0-9a-f]{64}$/.test(sha256), `"${sha256}" is a SHA-256`);
  return path.join(home, "models", sha256);
}

/**
 * Keeps an artifact. The file appears whole or not at all, and is on the disk when this returns: it is written beside its
 * place, synced, renamed, and the folder synced. Saving the same bytes again is harmless.
 */
export async function saveArtifact(home: string, bytes: Uint8Array): Promise<{ sha256: string; bytes: number }> {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const target = artifactPath(home, sha256);
  const beside = `${target}.${randomUUID()}.part`;
  await mkdir(path.dirname(target), { recursive: true });
  try {
    const file = await open(beside, "wx", 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  await syncFolder(path.dirname(target));
  return { sha256, bytes: bytes.byteLength };
}

/** Removes what a killed process had begun to save. Nobody may be saving meanwhile: only a training does, and one runs at a time. */
export async function sweepParts(home: string): Promise<void> {
  const folder = path.join(home, "models");
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  for (const name of names) if (name.endsWith(".part")) await rm(path.join(folder, name), { force: true });
}

/** The bytes of an artifact, proven to be those that were registered. Throws `ArtifactDamaged`. */
export async function readArtifactBytes(home: string, sha256: string): Promise<Uint8Array> {
  const place = artifactPath(home, sha256);
  const found = await stat(place).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT")
      throw new ArtifactDamaged(`The model's file ${place} is missing: restore it or retrain.`);
    throw error;
  });
  if (found.size > BYTES_MAX) throw new ArtifactDamaged(`The model's file ${place} has ${found.size} bytes: no model.`);
  const bytes = await readFile(place);
  const actual = createHash("sha256").update(bytes).digest("hex");
  if (actual !== sha256)
    throw new ArtifactDamaged(`The model's file ${place} is damaged, its SHA-256 is ${actual}: restore it or retrain.`);
  return bytes;
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
