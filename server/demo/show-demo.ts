import { and, desc, eq, sql } from "drizzle-orm";
import { importRuns } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import { queueExists } from "../health/show-jobs.ts";
import { type ImportUnderWay, runUnderWay, selectRuns } from "../imports/show-import.ts";
import { isServed } from "../jobs/is-served.ts";
import type { JobName } from "../jobs/payloads.ts";
import { authorize } from "../permissions.ts";
import { hasRecords } from "./claim-database.ts";

export interface DemoView {
  /**
   * `offered`: the database is empty; `failed`: it is, after several tries. `waiting` for a worker, `making` the market up,
   * `importing` it. `closed`: there are records, the demo's own or others'.
   */
  state: "offered" | "failed" | "waiting" | "making" | "importing" | "closed";
  /** The import of the demo's files; null: it does not run. */
  run: Pick<ImportUnderWay, "runId" | "percent" | "elapsedSeconds" | "remainingSeconds"> | null;
  workerRuns: boolean;
}

/** May a demo be loaded here, and how far is it? */
export async function showDemo(ctx: Ctx): Promise<DemoView> {
  authorize(ctx, "demo:load");
  const [closed, job, workerRuns, [run]] = await Promise.all([
    hasRecords(ctx),
    demoJobState(ctx),
    isServed(ctx),
    selectRuns(ctx)
      .where(and(eq(importRuns.startedBy, "system:demo"), eq(importRuns.status, "running")))
      .orderBy(desc(importRuns.id))
      .limit(1),
  ]);
  if (closed) return { state: "closed", run: null, workerRuns };
  if (job !== "running") return { state: job, run: null, workerRuns };
  if (!run) return { state: "making", run: null, workerRuns };
  const { runId, percent, elapsedSeconds, remainingSeconds } = runUnderWay(ctx, run);
  return { state: "importing", run: { runId, percent, elapsedSeconds, remainingSeconds }, workerRuns };
}

/** Where the last job that was to load the demo is; `offered`: there was none, or it came to its end. */
export async function demoJobState(ctx: Ctx): Promise<"offered" | "waiting" | "running" | "failed"> {
  if (!(await queueExists(ctx))) return "offered";
  const name: JobName = "load-demo";
  const [job] = await ctx.db.execute<{ state: string }>(
    sql`select state from pgboss.job where name = ${name} order by created_on desc limit 1`,
  );
  if (job?.state === "created" || job?.state === "retry") return "waiting";
  if (job?.state === "active") return "running";
  return job?.state === "failed" ? "failed" : "offered";
}
