import { eq, sql } from "drizzle-orm";
import { type ImportFileReport, importRuns } from "#/db/schema/index.ts";
import { actorName, type Ctx } from "../context.ts";
import { invariant } from "../errors.ts";
import type { Refusal } from "./refusals.ts";

/** First half of the advisory lock by which a run shows that its process lives; the run's id is the second. */
const LIVING_RUN = 7_367_001;
const BATCH = 1000;

/** A run that is under way. */
export interface OpenRun {
  runId: number;
  /** Lets the proof of life go; call it last. */
  release(): Promise<void>;
}

/** Notes the beginning of a run, and the end of runs whose process died. Holds a connection until `release`. */
export async function openRun(ctx: Ctx, dryRun: boolean): Promise<OpenRun> {
  const held = await ctx.sql.reserve();
  try {
    for (const { id } of await held<{ id: number }[]>`select id::int from import_runs where status = 'running'`) {
      const [lock] = await held<{ dead: boolean }[]>`select pg_try_advisory_lock(${LIVING_RUN}, ${id}) as dead`;
      if (!lock?.dead) continue;
      await held`
        update import_runs set status = 'failed', finished_at = now(), failure = 'The process that ran it has died.'
        where id = ${id} and status = 'running'`;
      await held`select pg_advisory_unlock(${LIVING_RUN}, ${id})`;
    }
    // Number and lock in one breath: another run that starts just now must not take this one for dead.
    const [next] = await held<{ id: number }[]>`select nextval('import_runs_id_seq')::int as id`;
    invariant(next, "a sequence has a next value");
    await held`select pg_advisory_lock(${LIVING_RUN}, ${next.id})`;
    await ctx.db
      .insert(importRuns)
      .values({ id: next.id, status: "running", dryRun, startedBy: actorName(ctx.actor), startedAt: ctx.now() });
    return {
      runId: next.id,
      release: async () => {
        await held`select pg_advisory_unlock(${LIVING_RUN}, ${next.id})`;
        held.release();
      },
    };
  } catch (error) {
    held.release();
    throw error;
  }
}

/** Closes a run that came to its end, whatever it refused. */
export async function finishRun(ctx: Ctx, runId: number, files: ImportFileReport[]): Promise<void> {
  await ctx.db.update(importRuns).set({ status: "done", finishedAt: ctx.now(), files }).where(eq(importRuns.id, runId));
}

/** Closes a run that broke off; files that were done before stay in. */
export async function failRun(ctx: Ctx, runId: number, files: ImportFileReport[], failure: string): Promise<void> {
  await ctx.db
    .update(importRuns)
    .set({ status: "failed", finishedAt: ctx.now(), files, failure })
    .where(eq(importRuns.id, runId));
}

/** Stores what was refused in a file, for the report. */
export async function keepRefusals(ctx: Ctx, runId: number, file: string, refusals: readonly Refusal[]): Promise<void> {
  for (let from = 0; from < refusals.length; from += BATCH) {
    const batch = refusals.slice(from, from + BATCH);
    // One statement of arrays, and not a thousand times eight parameters.
    await ctx.db.execute(sql`
      insert into import_refusals (import_run_id, file, severity, line, "column", value, reason)
      select ${runId}, ${file}, r.severity::refusal_severity, r.line, r."column", r.value, r.reason
      from jsonb_to_recordset(${JSON.stringify(batch)}::jsonb)
        as r(severity text, line int, "column" text, value text, reason text)`);
  }
}
