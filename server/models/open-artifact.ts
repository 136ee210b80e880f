import { openModel, type RankingModel } from "#/ml/rank.ts";
import { readArtifactBytes } from "./model-store.ts";

/** A failure is believed this long, so that a broken file is not read again for every request and a mended one is soon found. */
const BELIEVE_FAILURE_MS = 5000;
/** The active model, the one before, and one under promotion. */
const OPEN_MAX = 3;

interface Opened {
  model: Promise<RankingModel>;
  failedAt: number | undefined;
}

declare global {
  // Next loads a module once per bundle; what is opened once per process must live here.
  var ostapOpenModels: Map<string, Opened> | undefined;
}

/**
 * The model of an artifact, opened once per process: its hash is verified and its canary rows are scored by `openModel`.
 * Throws `ArtifactDamaged`, or what `openModel` throws for an artifact that this build cannot run.
 */
export function openArtifact(home: string, sha256: string): Promise<RankingModel> {
  globalThis.ostapOpenModels ??= new Map();
  const opened = globalThis.ostapOpenModels;
  const key = `${home}:${sha256}`;
  const known = opened.get(key);
  opened.delete(key);
  if (known && (known.failedAt === undefined || performance.now() - known.failedAt < BELIEVE_FAILURE_MS)) {
    opened.set(key, known);
    return known.model;
  }
  const entry: Opened = { model: readArtifactBytes(home, sha256).then(openModel), failedAt: undefined };
  entry.model.catch(() => {
    entry.failedAt = performance.now();
  });
  opened.set(key, entry);
  // Insertion order is order of use: the least used goes first.
  for (const oldest of opened.keys()) {
    if (opened.size <= OPEN_MAX) break;
    opened.delete(oldest);
  }
  return entry.model;
}

/** Forgets what is known of an artifact: its file has just been written anew. */
export function forgetArtifact(home: string, sha256: string): void {
  globalThis.ostapOpenModels?.delete(`${home}:${sha256}`);
}
