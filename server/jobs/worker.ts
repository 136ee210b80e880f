import { setTimeout as wait } from "node:timers/promises";
import { PgBoss } from "pg-boss";
import { migrate } from "#/db/migrate.ts";
import type { Ctx } from "../context.ts";
import { BEAT_MS, beat, sayFarewell, thisWorker, type WorkerLife } from "../health/worker-beats.ts";
import { takeUpImports } from "../imports/take-up-imports.ts";
import { openRuntime } from "../runtime.ts";
import { followRequests } from "../shadow/follow-requests.ts";
import { takeUpTrainings } from "../training/take-up-trainings.ts";
import { HandedBack } from "./handed-back.ts";
import { type JobName, jobNames, payloads, workerQueueName } from "./payloads.ts";
import { createQueues, enqueue } from "./queue.ts";
import { applySchedule } from "./schedule.ts";
import { tasks } from "./tasks.ts";

/** A job in hand gets this long to end; then it goes back to the queue and the process goes. */
const DRAIN_MS = 5000;
/** How long the database is given to take our row away. */
const FAREWELL_MS = 1000;
/** How soon a training or an import whose process died is looked for. */
const TAKE_UP_MS = 2000;

/** The process that does jobs, until SIGTERM or until whoever started it is gone. */
async function main(): Promise<void> {
  const runtime = await openRuntime("worker", { max: 4 });
  const ctx = runtime.ctx({ kind: "system", name: "worker" });
  const stopAsked = new Promise<string>((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => resolve(signal));
    if (process.connected) process.once("disconnect", () => resolve("the starter is gone"));
  });
  await migrate(runtime.databaseUrl);
  const boss = new PgBoss({
    connectionString: runtime.databaseUrl,
    application_name: workerQueueName,
    instanceName: "worker",
    max: 4,
    useListenNotify: true,
    // How soon the job of a killed worker is seen to be nobody's; the default is minutes.
    monitorIntervalSeconds: 10,
    superviseIntervalSeconds: 10,
  });
  // The database may be away for a while, as when it is restarted: the queue goes on asking by itself.
  boss.on("error", (error) => ctx.log.warn({ err: error }, "the queue could not reach the database"));
  boss.on("warning", (warning) => ctx.log.warn({ warning }, "the queue warns"));
  await boss.start({ attempts: 30 });
  await createQueues(boss);
  const leaving = new AbortController();
  for (const name of jobNames) await work(boss, ctx, name, leaving.signal);
  const watch = setInterval(() => void takeUp(ctx), TAKE_UP_MS);
  const shadow = followRequests(ctx, leaving.signal);
  const life = thisWorker(ctx.now());
  await sayAlive(ctx, life);
  const beats = setInterval(() => void sayAlive(ctx, life), BEAT_MS);
  await applySchedule(boss);
  // The history of what was free begins on the day the system does, not at the first midnight after.
  await enqueue(ctx, "take-free-snapshot", {});
  // A fresh installation is told of its inputs and outcomes now, and not tomorrow.
  await enqueue(ctx, "watch-quality", {});
  ctx.log.info("the worker is ready");

  ctx.log.info({ because: await stopAsked }, "the worker drains");
  clearInterval(watch);
  clearInterval(beats);
  leaving.abort(new HandedBack("The worker is being stopped."));
  await boss.stop({ graceful: true, timeout: DRAIN_MS });
  // What it scores just now is worth no more waiting than a job is: it waits in the log of runs for the next worker.
  await Promise.race([shadow, wait(DRAIN_MS)]);
  const unwritten = (err: unknown) => ctx.log.warn({ err }, "the worker's row could not be taken away");
  // A database that is away must not keep us: then the row stays, as of one that was killed.
  await Promise.race([sayFarewell(ctx, life).catch(unwritten), wait(FAREWELL_MS)]);
  await runtime.close();
  ctx.log.info("the worker has ended");
  // A training that did not go back into the queue in time is a child of ours; it ends when we do, and is taken up again.
  process.exit(0);
}

async function sayAlive(ctx: Ctx, life: WorkerLife): Promise<void> {
  try {
    await beat(ctx, life);
  } catch (error) {
    ctx.log.warn({ err: error }, "the proof of life could not be written");
  }
}

/** A training or an import whose process died, perhaps our own forerunner's, goes back into the queue. */
async function takeUp(ctx: Ctx): Promise<void> {
  try {
    const died = await takeUpTrainings(ctx);
    if (died.length > 0) ctx.log.warn({ trainings: died }, "trainings were found dead");
    const imports = await takeUpImports(ctx);
    if (imports.length > 0) ctx.log.warn({ imports }, "imports were found dead");
  } catch (error) {
    ctx.log.warn({ err: error }, "nobody could look for dead trainings and imports");
  }
}

async function work<N extends JobName>(boss: PgBoss, ctx: Ctx, name: N, leaving: AbortSignal): Promise<void> {
  // A notification wakes for one job; of several that wait, as after a worker died, each would else cost half a minute.
  const asking = { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 2 };
  await boss.work(name, asking, async (jobs) => {
    for (const job of jobs) {
      const log = ctx.log.child({ job: name, id: job.id });
      log.info("begins");
      try {
        await tasks[name]({ ...ctx, log }, payloads[name].parse(job.data) as never, leaving);
        log.info("done");
      } catch (error) {
        log.error({ err: error }, "failed");
        throw error;
      }
    }
  });
}

await main();
