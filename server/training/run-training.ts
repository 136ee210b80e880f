import { and, eq, lt, or, sql } from "drizzle-orm";
import { trainings } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import { AppError } from "../errors.ts";
import { TrainingBroken, TrainingDeclined } from "./train-apart.ts";

/** What whoever runs a training may do with its row. */
export interface RunningTraining {
  /** As it was asked for, YYYY-MM-DD; null: everything. */
  asOf: string | null;
  /** So many trials look for better parameters first. */
  searchTrials: number;
  /** Aborted by the caller, by whoever took the row away, or by a database that lost it. */
  signal: AbortSignal;
  /** Where it is; the next beat writes it down. */
  advance(stage: string, percent: number): void;
}

const BEAT_MS = 5000;
/** A run of the same training that missed three beats will not come back: this one may take over. */
const TAKE_OVER_AFTER_SECONDS = 15;

/**
 * Runs a training that was requested. Whatever happens to `work` is written into its row: done, failed with the reason, or
 * cancelled by the signal or by whoever set the row so. Refuses with `conflict` when it is run, or was, by somebody else,
 * and in words with what `work` declined or broke by.
 */
export async function runTraining<T>(
  ctx: Ctx,
  trainingId: number,
  options: {
    signal?: AbortSignal | undefined;
    onProgress?: ((at: { stage: string; percent: number }) => void) | undefined;
  },
  work: (training: RunningTraining) => Promise<T>,
): Promise<T> {
  const wanted = await claim(ctx, trainingId);
  const life = keepAlive(ctx, trainingId, options.signal);
  try {
    const result = await work({
      ...wanted,
      signal: life.signal,
      advance(stage, percent) {
        life.at = { stage, percent };
        options.onProgress?.({ stage, percent });
      },
    });
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

async function claim(ctx: Ctx, trainingId: number): Promise<Pick<RunningTraining, "asOf" | "searchTrials">> {
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
    .returning({ asOf: trainings.asOf, searchTrials: trainings.searchTrials });
  if (claimed) return claimed;
  throw new AppError("conflict", {
    ru: `Обучение ${trainingId} уже идёт, закончено или отменено. Запросите новое.`,
    en: `Training ${trainingId} is under way, over or cancelled. Request a new one.`,
  });
}

interface Life {
  at: { stage: string; percent: number };
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
      error.words ?? {
        ru: `Обучить не на чем или нечем: ${error.message}`,
        en: `The training was declined: ${error.message}`,
      },
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
