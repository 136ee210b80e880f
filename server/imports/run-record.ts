import { and, eq, sql } from "drizzle-orm";
import type { TransactionSql } from "postgres";
import {
  type ImportFileReport,
  type ImportSource,
  importRefusals,
  importRefusedRows,
  importRuns,
} from "#/db/schema/index.ts";
import { actorName, type Ctx, inTransaction } from "../context.ts";
import { AppError, invariant } from "../errors.ts";
import { HandedBack } from "../jobs/handed-back.ts";
import { enqueue } from "../jobs/queue.ts";
import type { Words } from "../wording.ts";
import type { Refusal } from "./refusals.ts";

/** First half of the advisory lock by which a run shows that its process lives; the run's id is the second. */
export const LIVING_RUN = 7_367_001;
/** So often a run writes down where it is, and looks whether it was cancelled. */
const BEAT_MS = 1000;
const BATCH = 1000;

/** Where a run is. */
export interface RunPlace {
  stage: "looking" | "reading" | "writing" | "deriving";
  /** The file that the stage is about. */
  stageFile: string | null;
  percent: number;
}

export interface NewRun {
  dryRun: boolean;
  mendsRunId?: number | undefined;
}

/** Begins a run in this process. Holds a connection until `release`. */
export async function openRun(ctx: Ctx, { dryRun, mendsRunId }: NewRun, signal?: AbortSignal): Promise<OpenRun> {
  const held = await ctx.sql.reserve();
  try {
    // Number and lock in one breath: whoever looks for dead runs just now must not take this one for dead.
    const [next] = await held<{ id: number }[]>`select nextval('import_runs_id_seq')::int as id`;
    invariant(next, "a sequence has a next value");
    await held`select pg_advisory_lock(${LIVING_RUN}, ${next.id})`;
    await ctx.db.insert(importRuns).values({
      id: next.id,
      status: "running",
      dryRun,
      mendsRunId: mendsRunId ?? null,
      attempts: 1,
      startedBy: actorName(ctx.actor),
      startedAt: sql`now()`,
    });
    return new OpenRun(ctx, { runId: next.id, attempt: 1, by: "here", held, signal });
  } catch (error) {
    held.release();
    throw error;
  }
}

export interface ClaimedRun {
  run: OpenRun;
  dryRun: boolean;
  sources: ImportSource[];
  startedBy: string;
  /** What an earlier attempt had committed before it died; null: nothing. */
  written: ImportFileReport[] | null;
}

/** Takes a run that waits in the queue. Refuses with `conflict` where it is run, over or cancelled. */
export async function claimRun(ctx: Ctx, runId: number, signal?: AbortSignal): Promise<ClaimedRun> {
  const held = await ctx.sql.reserve();
  try {
    await held`select pg_advisory_lock(${LIVING_RUN}, ${runId})`;
    const [row] = await ctx.db
      .update(importRuns)
      .set({ status: "running", attempts: sql`${importRuns.attempts} + 1`, startedAt: sql`now()`, percent: 0 })
      .where(and(eq(importRuns.id, runId), eq(importRuns.status, "queued")))
      .returning();
    if (!row) {
      await held`select pg_advisory_unlock(${LIVING_RUN}, ${runId})`;
      throw new AppError("conflict", {
        ru: `Загрузка ${runId} уже идёт, закончена или отменена.`,
        en: `Import ${runId} is under way, over or cancelled.`,
      });
    }
    const run = new OpenRun(ctx, { runId, attempt: row.attempts, by: "queue", held, signal });
    // An attempt that died may have noted refusals of what it then did not commit.
    if (!row.writtenAt) await run.forgetRefusals();
    const { dryRun, sources, startedBy } = row;
    return { run, dryRun, sources, startedBy, written: row.writtenAt ? row.files : null };
  } catch (error) {
    held.release();
    throw error;
  }
}

type Held = Awaited<ReturnType<Ctx["sql"]["reserve"]>>;

interface RunOf {
  runId: number;
  attempt: number;
  by: "queue" | "here";
  held: Held;
  signal: AbortSignal | undefined;
}

/** A run under way: its row is ours as long as it runs and no later attempt was begun. */
export class OpenRun {
  readonly runId: number;
  /** Aborted by the caller, or when the row was cancelled or taken away. */
  readonly signal: AbortSignal;
  private readonly ctx: Ctx;
  private readonly of: RunOf;
  private readonly taken = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private beating: Promise<void> = Promise.resolve();
  private at: RunPlace = { stage: "looking", stageFile: null, percent: 0 };

  constructor(ctx: Ctx, of: RunOf) {
    this.ctx = ctx;
    this.of = of;
    this.runId = of.runId;
    this.signal = of.signal ? AbortSignal.any([of.signal, this.taken.signal]) : this.taken.signal;
    this.timer = setInterval(() => {
      this.beating = this.beat().catch((error) =>
        ctx.log.warn({ err: error, runId: of.runId }, "the place of an import was not written down"),
      );
    }, BEAT_MS);
  }

  /** Where it is; the next beat writes it down. */
  advance(at: RunPlace): void {
    this.at = at;
  }

  /** The last statement of the transaction that brings the rows: whoever cancelled before it has won. */
  async written(tx: TransactionSql, files: readonly ImportFileReport[]): Promise<void> {
    const { runId, attempt } = this.of;
    const own = await tx`
      update import_runs set written_at = now(), files = ${JSON.stringify(files)}::text::jsonb
      where id = ${runId} and status = 'running' and attempts = ${attempt} returning 1`;
    if (own.length === 0) throw this.lost();
  }

  /** Closes a run that came to its end, whatever it refused, in the transaction of `ctx`. */
  async finish(ctx: Ctx, files: ImportFileReport[]): Promise<void> {
    const own = await ctx.db
      .update(importRuns)
      .set({ status: "done", finishedAt: sql`now()`, files, percent: 100, stage: null, stageFile: null })
      .where(this.ours())
      .returning({ id: importRuns.id });
    if (own.length === 0) throw this.lost();
  }

  /** Closes a run that broke off, or gives it back to the queue where its worker must go; nothing of its rows is in. */
  async fail(error: unknown): Promise<void> {
    clearInterval(this.timer);
    await this.beating;
    const { runId, attempt, signal } = this.of;
    await inTransaction(this.ctx, async (ctx) => {
      if (this.of.by === "queue" && signal?.reason instanceof HandedBack) {
        const [own] = await ctx.db
          .update(importRuns)
          .set({ status: "queued", attempts: attempt - 1, stage: null, stageFile: null, percent: 0 })
          .where(this.ours())
          .returning({ id: importRuns.id });
        if (own) await enqueue(ctx, "run-import", { runId });
        return;
      }
      const failure = error instanceof Error ? error.message : String(error);
      await ctx.db
        .update(importRuns)
        .set({ status: "failed", finishedAt: sql`now()`, failure, failureWords: wordFailure(error, this.signal) })
        .where(this.ours());
    });
  }

  /** Lets the proof of life go; call it last. */
  async release(): Promise<void> {
    clearInterval(this.timer);
    await this.beating;
    const { held, runId } = this.of;
    await held`select pg_advisory_unlock(${LIVING_RUN}, ${runId})`;
    held.release();
  }

  /** Stores what was refused in a file, and the lines as they were, for the report and for mending. */
  async keepRefusals(file: string, refusals: readonly Refusal[], rows: readonly RefusedRow[] = []): Promise<void> {
    const { runId } = this.of;
    for (let from = 0; from < refusals.length; from += BATCH) {
      const batch = refusals.slice(from, from + BATCH);
      // One statement of arrays, and not a thousand times eight parameters.
      await this.ctx.db.execute(sql`
        insert into import_refusals (import_run_id, file, severity, line, "column", value, reason)
        select ${runId}, ${file}, r.severity::refusal_severity, r.line, r."column", r.value, r.reason
        from jsonb_to_recordset(${JSON.stringify(batch)}::jsonb)
          as r(severity text, line int, "column" text, value text, reason text)`);
    }
    for (let from = 0; from < rows.length; from += BATCH) {
      const batch = rows.slice(from, from + BATCH);
      await this.ctx.db.execute(sql`
        insert into import_refused_rows (import_run_id, file, line, cells)
        select ${runId}, ${file}, r.line, r.cells
        from jsonb_to_recordset(${JSON.stringify(batch)}::jsonb) as r(line int, cells jsonb)
        on conflict do nothing`);
    }
  }

  async forgetRefusals(): Promise<void> {
    const { runId } = this.of;
    await this.ctx.db.delete(importRefusals).where(eq(importRefusals.importRunId, runId));
    await this.ctx.db.delete(importRefusedRows).where(eq(importRefusedRows.importRunId, runId));
  }

  private ours() {
    const { runId, attempt } = this.of;
    return and(eq(importRuns.id, runId), eq(importRuns.status, "running"), eq(importRuns.attempts, attempt));
  }

  private lost(): AppError {
    return new AppError("conflict", {
      ru: `Загрузка ${this.runId} отменена.`,
      en: `Import ${this.runId} was cancelled.`,
    });
  }

  private async beat(): Promise<void> {
    const alive = await this.ctx.db.update(importRuns).set(this.at).where(this.ours()).returning({ id: importRuns.id });
    if (alive.length === 0) this.taken.abort(this.lost());
  }
}

/** A line of which something was refused: what stood in the columns that are read, by our column's name. */
export interface RefusedRow {
  line: number;
  cells: Record<string, string>;
}

function wordFailure(error: unknown, signal: AbortSignal): Words {
  if (error instanceof AppError) return error.words;
  if (signal.aborted)
    return { ru: "Загрузку остановили. Ничего не записано.", en: "The import was stopped. Nothing was written." };
  return {
    ru: "Загрузка сорвалась по нашей вине, ничего не записано; подробности в журнале обработчика.",
    en: "The import broke down by our own fault, nothing was written; the worker's log has the details.",
  };
}
