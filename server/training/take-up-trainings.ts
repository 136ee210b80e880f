import { and, eq, lt, sql } from "drizzle-orm";
import { trainings } from "#/db/schema/index.ts";
import { type Ctx, inTransaction } from "../context.ts";
import { enqueue } from "../jobs/queue.ts";
import { sweepParts } from "../models/model-store.ts";
import { authorize } from "../permissions.ts";
import type { Words } from "../wording.ts";
import { TAKE_OVER_AFTER_SECONDS } from "./heartbeat.ts";
import { tellTraining } from "./tell-training.ts";
import { sweepTrainingFiles } from "./training-files.ts";

/** So often a training is begun before whatever kills its process is taken for its own fault. */
const ATTEMPTS_MAX = 3;
/** One that waits for its process this long will not get one: another may take its place. */
const FORGOTTEN_AFTER_SECONDS = 600;

const silentFor = (seconds: number) =>
  lt(sql`coalesce(${trainings.heartbeatAt}, ${trainings.createdAt})`, sql`now() - make_interval(secs => ${seconds})`);

/** A database that was away could not be told of any life: whoever lives gets the time to say so. */
const databaseHasBeenUp = sql`pg_postmaster_start_time() < now() - make_interval(secs => ${TAKE_OVER_AFTER_SECONDS})`;

/**
 * Finds trainings whose process died, by the database's clock, which all processes share: what came from the queue goes back
 * into it, what somebody trained himself, or what died too often, is written down as failed. Their temporary files go. The
 * worker asks every few seconds, and so does whoever requests a training. Returns the numbers of those that died.
 */
export async function takeUpTrainings(ctx: Ctx): Promise<number[]> {
  authorize(ctx, "model:train");
  const died = await inTransaction(ctx, async (ctx) => {
    const silent = await ctx.db
      .select({ trainingId: trainings.id, by: trainings.by, attempts: trainings.attempts })
      .from(trainings)
      .where(and(eq(trainings.status, "running"), silentFor(TAKE_OVER_AFTER_SECONDS), databaseHasBeenUp))
      .for("update", { skipLocked: true });
    for (const one of silent) {
      if (one.by === "queue" && one.attempts < ATTEMPTS_MAX) await requeue(ctx, one.trainingId);
      else await bury(ctx, one.trainingId, one.by === "here" ? diedByItself : diedTooOften);
    }
    // Before the others may see it and begin anew, in the same folder.
    if (silent.length > 0) {
      await sweepTrainingFiles(ctx.home);
      await sweepParts(ctx.home);
    }
    return silent.map(({ trainingId }) => trainingId);
  });
  return [...died, ...(await buryForgotten(ctx))];
}

async function requeue(ctx: Ctx, trainingId: number): Promise<void> {
  await ctx.db
    .update(trainings)
    .set({ status: "queued", stage: null, percent: 0, laps: [], heartbeatAt: sql`now()` })
    .where(eq(trainings.id, trainingId));
  await tellTraining(ctx, trainingId, {
    ru: "Процесс, который обучал, умер. Обучение начнётся заново.",
    en: "The process that trained died. The training begins anew.",
  });
  await enqueue(ctx, "train-model", { trainingId });
}

const diedByItself: Words = {
  ru: "Процесс, который обучал, умер. Запустите обучение ещё раз.",
  en: "The process that trained it died. Start another training.",
};
const diedTooOften: Words = {
  ru: `Процесс, который обучал, умер ${ATTEMPTS_MAX} раза подряд. Посмотрите журнал обработчика и хватает ли памяти.`,
  en: `The process that trained it died ${ATTEMPTS_MAX} times in a row. See the worker's log, and whether the memory is enough.`,
};
const forgotten: Words = {
  ru: "Обучение так никто и не начал: обработчик не запущен.",
  en: "Nobody began the training: the worker does not run.",
};

async function bury(ctx: Ctx, trainingId: number, words: Words): Promise<void> {
  await ctx.db
    .update(trainings)
    .set({ status: "failed", failure: words.en, failureWords: words, finishedAt: sql`now()` })
    .where(eq(trainings.id, trainingId));
  await tellTraining(ctx, trainingId, words);
}

async function buryForgotten(ctx: Ctx): Promise<number[]> {
  return inTransaction(ctx, async (ctx) => {
    const waiting = await ctx.db
      .select({ trainingId: trainings.id })
      .from(trainings)
      .where(and(eq(trainings.status, "queued"), silentFor(FORGOTTEN_AFTER_SECONDS)))
      .for("update", { skipLocked: true });
    for (const { trainingId } of waiting) await bury(ctx, trainingId, forgotten);
    return waiting.map(({ trainingId }) => trainingId);
  });
}
