import { desc, sql } from "drizzle-orm";
import { workerBeats } from "#/db/schema/health.ts";
import type { Ctx } from "../context.ts";
import { nextRun } from "../jobs/next-run.ts";
import { type JobName, jobNames } from "../jobs/payloads.ts";
import { schedule } from "../jobs/schedule.ts";
import { authorize } from "../permissions.ts";
import { SILENT_AFTER_MS } from "./worker-beats.ts";

export interface JobsShown {
  workers: { worker: string; startedAt: Date; beatAt: Date; alive: boolean }[];
  queues: QueueState[];
  schedule: { job: JobName; next: Date }[];
  /** Newest first. */
  runs: JobRun[];
}

export interface QueueState {
  job: JobName;
  waiting: number;
  running: number;
  /** Within the last week, which is how long the queue remembers. */
  done: number;
  failed: number;
  /** How long the oldest that may begin has waited, in seconds; null: none waits. */
  oldestWaitingSeconds: number | null;
}

export interface JobRun {
  id: string;
  job: string;
  state: "created" | "retry" | "active" | "completed" | "cancelled" | "failed";
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  tries: number;
  /** What it said when it failed; null: nothing. */
  failure: string | null;
}

const RUNS = 25;
const FAILURE_MAX = 300;

/** What is queued, what runs, what ran, what comes next, and whether anybody is there to do it. */
export async function showJobs(ctx: Ctx): Promise<JobsShown> {
  authorize(ctx, "health:read");
  const now = ctx.now();
  const hasQueue = await queueExists(ctx);
  const beats = await ctx.db.select().from(workerBeats).orderBy(desc(workerBeats.beatAt)).limit(10);
  return {
    workers: beats.map(({ worker, startedAt, beatAt }) => ({
      ...{ worker, startedAt, beatAt },
      alive: now.getTime() - beatAt.getTime() < SILENT_AFTER_MS,
    })),
    queues: hasQueue ? await readQueues(ctx) : [],
    schedule: schedule
      .map(({ job, cron }) => ({ job, next: nextRun(cron, now) }))
      .sort((a, b) => a.next.getTime() - b.next.getTime()),
    runs: hasQueue ? await readRuns(ctx) : [],
  };
}

/** Before the first worker starts or the first job is sent there is no queue yet. */
export async function queueExists(ctx: Ctx): Promise<boolean> {
  const [row] = await ctx.db.execute<{ found: boolean }>(sql`select to_regclass('pgboss.job') is not null as found`);
  return row?.found ?? false;
}

/** Counted anew: the queue's own statistics are of a while ago. */
export async function readQueues(ctx: Ctx): Promise<QueueState[]> {
  const rows = await ctx.db.execute<QueueState & { [column: string]: unknown }>(sql`
    select name as job,
      count(*) filter (where state in ('created', 'retry'))::int as waiting,
      count(*) filter (where state = 'active')::int as running,
      count(*) filter (where state = 'completed' and completed_on > now() - interval '7 days')::int as done,
      count(*) filter (where state = 'failed' and completed_on > now() - interval '7 days')::int as failed,
      extract(epoch from now() - min(start_after) filter (where state in ('created', 'retry') and start_after <= now()))::float8
        as "oldestWaitingSeconds"
    from pgboss.job group by name`);
  const found = new Map(rows.map((row) => [row.job as string, row]));
  return jobNames.map(
    (job) => found.get(job) ?? { job, waiting: 0, running: 0, done: 0, failed: 0, oldestWaitingSeconds: null },
  );
}

async function readRuns(ctx: Ctx): Promise<JobRun[]> {
  const rows = await ctx.db.execute<{
    id: string;
    job: string;
    state: JobRun["state"];
    created: string;
    started: string | null;
    ended: string | null;
    tries: number;
    failure: string | null;
  }>(sql`
    select id, name as job, state, created_on as created, started_on as started, completed_on as ended, retry_count + 1 as tries,
      case when state in ('failed', 'retry') then output ->> 'message' end as failure
    from pgboss.job where name in (${sql.join(
      jobNames.map((name) => sql`${name}`),
      sql`, `,
    )})
    order by coalesce(completed_on, started_on, created_on) desc limit ${RUNS}`);
  return rows.map(({ created, started, ended, failure, ...run }) => ({
    ...run,
    createdAt: new Date(created),
    startedAt: started === null ? null : new Date(started),
    endedAt: ended === null ? null : new Date(ended),
    failure: failure === null ? null : failure.split("\n", 1)[0]!.slice(0, FAILURE_MAX),
  }));
}
