import os from "node:os";
import { eq, lt, sql } from "drizzle-orm";
import { workerBeats } from "#/db/schema/health.ts";
import { loadXgboost } from "#/ml/xgboost/library.ts";
import type { Ctx } from "../context.ts";
import { readEnv } from "../env.ts";

/** How often a worker says that it lives. */
export const BEAT_MS = 10_000;
/** One that was silent for so long hangs, or is gone. */
export const SILENT_AFTER_MS = 30_000;
/** So long its row is kept for whoever asks what became of it. */
const KEPT_MS = 24 * 3_600_000;

export interface WorkerLife {
  worker: string;
  startedAt: Date;
  versions: Record<string, string>;
}

/** What this process is, looked up once: loading a library for its version is not for every ten seconds. */
export function thisWorker(now: Date): WorkerLife {
  const versions: Record<string, string> = { node: process.versions.node };
  try {
    versions.xgboost = loadXgboost(readEnv().xgboostLibrary).version;
  } catch {
    // Without it nothing can be trained, which `ostap doctor` and a training say with the reason; a worker does other jobs, too.
  }
  return { worker: `${os.hostname()}:${process.pid}`, startedAt: now, versions };
}

/** Writes this worker's proof of life, and forgets workers that nobody will ask about. */
export async function beat(ctx: Ctx, life: WorkerLife): Promise<void> {
  const now = ctx.now();
  await ctx.db
    .insert(workerBeats)
    .values({ ...life, beatAt: now })
    .onConflictDoUpdate({
      target: workerBeats.worker,
      set: { beatAt: sql`excluded.beat_at`, startedAt: sql`excluded.started_at`, versions: sql`excluded.versions` },
    });
  await ctx.db.delete(workerBeats).where(lt(workerBeats.beatAt, new Date(now.getTime() - KEPT_MS)));
}

/** A worker that ends as it was asked to is not missed: only those that were killed leave a row. */
export async function sayFarewell(ctx: Ctx, { worker }: WorkerLife): Promise<void> {
  await ctx.db.delete(workerBeats).where(eq(workerBeats.worker, worker));
}
