import { and, eq, lt, or, sql } from "drizzle-orm";
import { z } from "zod";
import { trainings } from "#/db/schema/index.ts";
import type { TrainedModel } from "#/ml/training/train.ts";
import type { Ctx } from "../context.ts";
import { dayOfDate } from "../days.ts";
import { AppError } from "../errors.ts";
import { loadFacts } from "../matching/load-facts.ts";
import { activeArtifact } from "../models/active-artifact.ts";
import { registerModel } from "../models/register-model.ts";
import { authorize } from "../permissions.ts";
import { TrainingBroken, TrainingDeclined, trainApart } from "./train-apart.ts";

export const trainModelInput = z.strictObject({ trainingId: z.number().int().positive() });

export interface TrainingResult {
  modelId: number;
  report: TrainedModel["report"];
}

export interface TrainModelOptions {
  onProgress?: (progress: { stage: string; percent: number }) => void;
  signal?: AbortSignal;
  /** The same facts and seed give the same artifact. */
  seed?: number;
}

const BEAT_MS = 5000;
/** A run of the same training that missed three beats will not come back: this one may take over. */
const TAKE_OVER_AFTER_SECONDS = 15;
/** Loading the facts is the first stretch of the way, registering the last. */
const LOADED_PERCENT = 5;
const TRAINED_PERCENT = 97;

/**
 * Runs a training that was requested: collects the facts, trains in a process of its own, registers the model as a
 * candidate. Whatever happens is written into its row: done, failed with the reason, or cancelled by the signal or by
 * whoever set the row so. Refuses with `conflict` when it is run, or was, by somebody else; with `invalid` when there is
 * too little to learn from or the library is missing.
 */
export async function trainModel(
  ctx: Ctx,
  { trainingId }: z.infer<typeof trainModelInput>,
  options: TrainModelOptions = {},
): Promise<TrainingResult> {
  authorize(ctx, "model:train");
  const { asOf } = await claim(ctx, trainingId);
  const life = keepAlive(ctx, trainingId, options.signal);
  try {
    const result = await run(ctx, trainingId, asOf, life, options);
    await finish(ctx, trainingId, { status: "done", percent: 100, stage: null });
    return result;
  } catch (error) {
    const cancelled = life.signal.aborted;
    const failure = error instanceof Error ? error.message : String(error);
    await finish(ctx, trainingId, cancelled ? { status: "cancelled" } : { status: "failed", failure });
    throw refusal(error);
  } finally {
    life.end();
  }
}

async function run(
  ctx: Ctx,
  trainingId: number,
  asOf: string | null,
  life: Life,
  options: TrainModelOptions,
): Promise<TrainingResult> {
  const advance = (stage: string, percent: number) => {
    life.at = { stage, percent };
    options.onProgress?.({ stage, percent });
  };
  advance("facts", 0);
  const history = await loadFacts(ctx, asOf === null ? {} : { asOf });
  const asOfDay = asOf === null ? history.snapshotDay : dayOfDate(asOf);
  advance("facts", LOADED_PERCENT);
  const trained = await trainApart(history, {
    home: ctx.home,
    asOfDay,
    seed: options.seed ?? 1,
    active: await activeArtifact(ctx),
    signal: life.signal,
    onProgress: (stage, fraction) =>
      advance(stage, LOADED_PERCENT + Math.min(1, fraction) * (TRAINED_PERCENT - LOADED_PERCENT)),
  });
  advance("register", TRAINED_PERCENT);
  const { modelId } = await registerModel(ctx, { trained, asOfDay, trainingId });
  return { modelId, report: trained.report };
}

async function claim(ctx: Ctx, trainingId: number): Promise<{ asOf: string | null }> {
  const [claimed] = await ctx.db
    .update(trainings)
    .set({ status: "running", startedAt: sql`now()`, heartbeatAt: sql`now()`, stage: null, percent: 0 })
    .where(
      and(
        eq(trainings.id, trainingId),
        or(
          eq(trainings.status, "queued"),
          and(
            eq(trainings.status, "running"),
            lt(trainings.heartbeatAt, sql`now() - make_interval(secs => ${TAKE_OVER_AFTER_SECONDS})`),
          ),
        ),
      ),
    )
    .returning({ asOf: trainings.asOf });
  if (claimed) return claimed;
  throw new AppError("conflict", {
    ru: `Обучение ${trainingId} уже идёт, закончено или отменено. Запросите новое.`,
    en: `Training ${trainingId} is under way, over or cancelled. Request a new one.`,
  });
}

interface Life {
  /** Where the training is; the next beat writes it down. */
  at: { stage: string; percent: number };
  /** Aborted by the caller, by whoever took the row away, or by a database that lost it. */
  signal: AbortSignal;
  end(): void;
}

/** Beats until ended: proof of life and progress go into the row; a row that is no longer running stops the training. */
function keepAlive(ctx: Ctx, trainingId: number, outer: AbortSignal | undefined): Life {
  const taken = new AbortController();
  const life: Life = {
    at: { stage: "facts", percent: 0 },
    signal: outer ? AbortSignal.any([outer, taken.signal]) : taken.signal,
    end: () => clearInterval(timer),
  };
  const beat = async () => {
    const alive = await ctx.db
      .update(trainings)
      .set({ heartbeatAt: sql`now()`, ...life.at })
      .where(and(eq(trainings.id, trainingId), eq(trainings.status, "running")))
      .returning({ id: trainings.id });
    if (alive.length === 0) taken.abort(new Error(`Training ${trainingId} was taken away or cancelled.`));
  };
  const timer = setInterval(() => {
    beat().catch((error) => ctx.log.warn({ err: error, trainingId }, "a heartbeat of the training was lost"));
  }, BEAT_MS);
  return life;
}

/** Only a running row is finished: one that was cancelled or buried keeps what stands there. */
async function finish(
  ctx: Ctx,
  trainingId: number,
  end: Partial<Pick<typeof trainings.$inferInsert, "status" | "failure" | "percent" | "stage">>,
): Promise<void> {
  await ctx.db
    .update(trainings)
    .set({ ...end, finishedAt: sql`now()` })
    .where(and(eq(trainings.id, trainingId), eq(trainings.status, "running")));
}

/** What went wrong, in words for whoever asked; our own mistakes pass as they are. */
function refusal(error: unknown): unknown {
  if (error instanceof TrainingDeclined)
    return new AppError(
      "invalid",
      { ru: `Обучить не на чем или нечем: ${error.message}`, en: `The training was declined: ${error.message}` },
      { cause: error },
    );
  if (error instanceof TrainingBroken)
    return new AppError(
      "unavailable",
      { ru: `Обучение сорвалось: ${error.message}`, en: `The training broke down: ${error.message}` },
      { cause: error },
    );
  return error;
}
