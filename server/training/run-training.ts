import { and, eq, sql } from "drizzle-orm";
import { trainings } from "#/db/schema/index.ts";
import { type Ctx, inTransaction } from "../context.ts";
import { AppError } from "../errors.ts";
import type { Lap } from "../jobs/estimate-remaining.ts";
import { HandedBack } from "../jobs/handed-back.ts";
import { enqueue } from "../jobs/queue.ts";
import type { Words } from "../wording.ts";
import { BEAT_MS } from "./heartbeat.ts";
import { tellTraining } from "./tell-training.ts";
import { TrainingBroken, TrainingDeclined } from "./train-apart.ts";
import { wordStage } from "./word-stage.ts";

/** What whoever runs a training may do with its row. */
export interface RunningTraining {
  /** As it was asked for, YYYY-MM-DD; null: everything. */
  asOf: string | null;
  /** So many trials look for better parameters first. */
  searchTrials: number;
  /** Aborted by the caller, or when the row was cancelled or taken away. */
  signal: AbortSignal;
  /** Where it is; the next beat writes it down. */
  advance(stage: string, percent: number): void;
  /** A line for whoever watches; the next beat writes it down. */
  tell(words: Words): void;
  /** Writes what came of the training and that it is done, in one transaction; throws if it was cancelled or taken away. */
  complete<T>(write: (ctx: Ctx) => Promise<T>): Promise<T>;
}

export interface RunOptions {
  signal?: AbortSignal | undefined;
  onProgress?: ((at: { stage: string; percent: number }) => void) | undefined;
}

/**
 * Runs a training that was requested. Whatever happens to `work` is written into its row: done by `complete`, failed with the
 * reason, cancelled by the signal or by whoever set the row so, or handed back. Refuses with `conflict` when it is run, or was,
 * by somebody else, and in words with what `work` declined or broke by.
 */
export async function runTraining<T>(
  ctx: Ctx,
  trainingId: number,
  options: RunOptions,
  work: (training: RunningTraining) => Promise<T>,
): Promise<T> {
  const { attempt, ...wanted } = await claim(ctx, trainingId);
  const run = new Run(ctx, trainingId, attempt, options);
  try {
    return await work({
      ...wanted,
      signal: run.signal,
      advance: (stage, percent) => run.advance(stage, percent),
      tell: (words) => run.tell(words),
      complete: (write) => run.complete(write),
    });
  } catch (error) {
    const refused = refusal(error);
    // A database that is away cannot be told; when it is back, the row is found silent and taken up.
    await run.fail(refused).catch((lost) => ctx.log.error({ err: lost, trainingId }, "an end was not written down"));
    throw refused;
  } finally {
    run.end();
  }
}

async function claim(
  ctx: Ctx,
  trainingId: number,
): Promise<Pick<RunningTraining, "asOf" | "searchTrials"> & { attempt: number }> {
  const [claimed] = await ctx.db
    .update(trainings)
    .set({
      status: "running",
      attempts: sql`${trainings.attempts} + 1`,
      startedAt: sql`now()`,
      heartbeatAt: sql`now()`,
      stage: null,
      percent: 0,
      laps: [],
    })
    .where(and(eq(trainings.id, trainingId), eq(trainings.status, "queued")))
    .returning({ asOf: trainings.asOf, searchTrials: trainings.searchTrials, attempt: trainings.attempts });
  if (claimed) return claimed;
  throw new AppError("conflict", {
    ru: `Обучение ${trainingId} уже идёт, закончено или отменено. Запросите новое.`,
    en: `Training ${trainingId} is under way, over or cancelled. Request a new one.`,
  });
}

/** One attempt at a training: its row is ours as long as it runs and no later attempt was begun. */
class Run {
  readonly signal: AbortSignal;
  private readonly taken = new AbortController();
  private readonly began = performance.now();
  private at = { stage: "facts", percent: 0 };
  private readonly laps: Lap[] = [];
  private untold: Words[] = [];
  private beating: Promise<void> = Promise.resolve();
  private readonly timer: NodeJS.Timeout;
  private readonly ctx: Ctx;
  private readonly trainingId: number;
  private readonly attempt: number;
  private readonly options: RunOptions;

  constructor(ctx: Ctx, trainingId: number, attempt: number, options: RunOptions) {
    this.ctx = ctx;
    this.trainingId = trainingId;
    this.attempt = attempt;
    this.options = options;
    this.signal = options.signal ? AbortSignal.any([options.signal, this.taken.signal]) : this.taken.signal;
    this.timer = setInterval(() => {
      this.beating = this.beat().catch((error) =>
        ctx.log.warn({ err: error, trainingId }, "a heartbeat of the training was lost"),
      );
    }, BEAT_MS);
  }

  advance(stage: string, percent: number): void {
    if (this.laps.at(-1)?.stage !== stage) {
      this.laps.push({ stage, percent, atSeconds: Math.round(performance.now() - this.began) / 1000 });
      this.tell(wordStage(stage));
    }
    this.at = { stage, percent };
    this.options.onProgress?.({ stage, percent });
  }

  tell(words: Words): void {
    this.untold.push(words);
  }

  end(): void {
    clearInterval(this.timer);
  }

  async complete<T>(write: (ctx: Ctx) => Promise<T>): Promise<T> {
    return inTransaction(this.ctx, async (ctx) => {
      // Held until the end: a cancelling that comes now waits, and then comes too late.
      const [own] = await ctx.db.select({ id: trainings.id }).from(trainings).where(this.ours()).for("update");
      if (!own) throw this.lost();
      const result = await write(ctx);
      await this.tellUntold(ctx);
      await tellTraining(ctx, this.trainingId, { ru: "Готово.", en: "Done." });
      await ctx.db
        .update(trainings)
        .set({ status: "done", percent: 100, stage: null, laps: this.laps, finishedAt: sql`now()` })
        .where(this.ours());
      return result;
    });
  }

  /** Only a row of ours is written to: one that was cancelled or taken away keeps what stands there. */
  async fail(error: unknown): Promise<void> {
    this.end();
    await this.beating;
    const handedBack = this.options.signal?.reason instanceof HandedBack;
    await inTransaction(this.ctx, async (ctx) => {
      const [own] = await ctx.db.select({ id: trainings.id }).from(trainings).where(this.ours()).for("update");
      if (!own) return;
      await this.tellUntold(ctx);
      if (handedBack) return this.handBack(ctx);
      const words = this.signal.aborted ? { ru: "Отменено.", en: "Cancelled." } : wordFailure(error);
      await tellTraining(ctx, this.trainingId, words);
      const failure = error instanceof Error ? error.message : String(error);
      await ctx.db
        .update(trainings)
        .set({
          ...(this.signal.aborted ? { status: "cancelled" } : { status: "failed", failure, failureWords: words }),
          laps: this.laps,
          finishedAt: sql`now()`,
        })
        .where(this.ours());
    });
  }

  private async handBack(ctx: Ctx): Promise<void> {
    await tellTraining(ctx, this.trainingId, {
      ru: "Обработчик останавливают. Обучение начнётся заново, когда он вернётся.",
      en: "The worker is being stopped. The training begins anew when it is back.",
    });
    await ctx.db
      .update(trainings)
      .set({ status: "queued", attempts: this.attempt - 1, stage: null, percent: 0, laps: [], heartbeatAt: sql`now()` })
      .where(this.ours());
    await enqueue(ctx, "train-model", { trainingId: this.trainingId });
  }

  private ours() {
    return and(
      eq(trainings.id, this.trainingId),
      eq(trainings.status, "running"),
      eq(trainings.attempts, this.attempt),
    );
  }

  private lost(): AppError {
    return new AppError("conflict", {
      ru: `Обучение ${this.trainingId} отменено.`,
      en: `Training ${this.trainingId} was cancelled.`,
    });
  }

  /** Proof of life and progress go into the row; a row that is not ours any more stops the training. */
  private async beat(): Promise<void> {
    const alive = await this.ctx.db
      .update(trainings)
      .set({ heartbeatAt: sql`now()`, ...this.at, laps: this.laps })
      .where(this.ours())
      .returning({ id: trainings.id });
    if (alive.length === 0) this.taken.abort(this.lost());
    else await this.tellUntold(this.ctx);
  }

  private async tellUntold(ctx: Ctx): Promise<void> {
    const lines = this.untold;
    this.untold = [];
    for (const words of lines) await tellTraining(ctx, this.trainingId, words);
  }
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
      error.words ?? { ru: `Обучение сорвалось: ${error.message}`, en: `The training broke down: ${error.message}` },
      { cause: error },
    );
  return error;
}

function wordFailure(error: unknown): Words {
  if (error instanceof AppError) return error.words;
  return {
    ru: "Обучение сорвалось по нашей вине; подробности в журнале обработчика.",
    en: "The training broke down by our own fault; the worker's log has the details.",
  };
}
