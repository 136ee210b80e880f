import { and, eq, sql } from "drizzle-orm";
import { importRuns } from "#/db/schema/index.ts";
import { type Ctx, inTransaction } from "../context.ts";
import { enqueue } from "../jobs/queue.ts";
import { authorize } from "../permissions.ts";
import type { Words } from "../wording.ts";
import { LIVING_RUN } from "./run-record.ts";

/** So often a run is begun before whatever kills its process is taken for its own fault. */
const ATTEMPTS_MAX = 3;

/**
 * Finds runs whose process died: the lock that it held is free. What came from the queue goes back into it, what somebody ran
 * himself, or what died too often, is written down as failed. Nothing of its rows is in, unless all are. The worker asks every
 * few seconds, and so does whoever begins a run. Returns the numbers of those that died.
 */
export async function takeUpImports(ctx: Ctx): Promise<number[]> {
  authorize(ctx, "import:run");
  const running = await ctx.db
    .select({ runId: importRuns.id, by: importRuns.by, attempts: importRuns.attempts })
    .from(importRuns)
    .where(eq(importRuns.status, "running"));
  const died: number[] = [];
  for (const run of running) if (await takeUp(ctx, run)) died.push(run.runId);
  return died;
}

type Running = { runId: number; by: "queue" | "here"; attempts: number };

function takeUp(ctx: Ctx, { runId, by, attempts }: Running): Promise<boolean> {
  return inTransaction(ctx, async (ctx) => {
    const [lock] = await ctx.db.execute<{ free: boolean }>(
      sql`select pg_try_advisory_xact_lock(${LIVING_RUN}, ${runId}) as free`,
    );
    if (!lock?.free) return false;
    const again = by === "queue" && attempts < ATTEMPTS_MAX;
    const words = by === "here" ? diedByItself : diedTooOften;
    const [taken] = await ctx.db
      .update(importRuns)
      .set(
        again
          ? { status: "queued", stage: null, stageFile: null, percent: 0 }
          : { status: "failed", finishedAt: sql`now()`, failure: words.en, failureWords: words },
      )
      .where(and(eq(importRuns.id, runId), eq(importRuns.status, "running"), eq(importRuns.attempts, attempts)))
      .returning({ runId: importRuns.id });
    if (!taken) return false;
    if (again) await enqueue(ctx, "run-import", { runId });
    return true;
  });
}

const diedByItself: Words = {
  ru: "Процесс, который загружал, умер. Ничего не записано: запустите загрузку ещё раз.",
  en: "The process that ran it has died. Nothing was written: run the import again.",
};
const diedTooOften: Words = {
  ru: `Процесс, который загружал, умер ${ATTEMPTS_MAX} раза подряд. Посмотрите журнал обработчика и хватает ли памяти и диска.`,
  en: `The process that ran it died ${ATTEMPTS_MAX} times in a row. See the worker's log, and whether memory and disk are enough.`,
};
