import { sql as tag } from "drizzle-orm";
import { fromDrizzle, PgBoss, type Queue } from "pg-boss";
import type { Connection } from "#/db/client.ts";
import type { Ctx } from "../context.ts";
import { type JobName, jobNames, type Payload, payloads } from "./payloads.ts";

/** How each job is tried; a job that runs again does no harm, see `tasks.ts`. */
const queues: Record<JobName, Omit<Queue, "name">> = {
  "take-free-snapshot": { policy: "stately", retryLimit: 5, retryDelay: 30, retryBackoff: true, expireInSeconds: 300 },
  "check-audit-log": { policy: "stately", retryLimit: 3, retryDelay: 60, retryBackoff: true, expireInSeconds: 1800 },
  "forget-runs": { policy: "stately", retryLimit: 3, retryDelay: 60, retryBackoff: true, expireInSeconds: 1800 },
  "watch-quality": { policy: "stately", retryLimit: 3, retryDelay: 60, retryBackoff: true, expireInSeconds: 3600 },
  "measure-filling": { policy: "standard", retryLimit: 1, retryDelay: 5, expireInSeconds: 1200 },
  "request-training": { policy: "stately", retryLimit: 5, retryDelay: 30, retryBackoff: true, expireInSeconds: 60 },
  // A training whose process died is found by its row and queued anew (take-up-trainings.ts); tried again here is a job whose
  // worker died or lost the database before the training was begun.
  "train-model": { policy: "standard", retryLimit: 5, retryDelay: 5, expireInSeconds: 12 * 3600, heartbeatSeconds: 20 },
  // As above: a run whose process died is found by its row (take-up-imports.ts).
  "run-import": { policy: "standard", retryLimit: 5, retryDelay: 5, expireInSeconds: 6 * 3600, heartbeatSeconds: 20 },
  // Each step does what is missing, so that one whose worker died is simply tried again.
  "load-demo": { policy: "stately", retryLimit: 3, retryDelay: 5, expireInSeconds: 3 * 3600, heartbeatSeconds: 20 },
};

/** The tables of the queue and its queues, made once for each pool; harmless where they are. */
const senders = new WeakMap<Connection["sql"], Promise<PgBoss>>();

/**
 * Puts a job into the queue, in the transaction of `ctx.db` where that is one: rolled back together, seen together.
 * Returns the job's id, or null where one such job waits already.
 */
export async function enqueue<N extends JobName>(ctx: Ctx, name: N, payload: Payload<N>): Promise<string | null> {
  const boss = await openSender(ctx.sql);
  return boss.send(name, payloads[name].parse(payload), { db: fromDrizzle(ctx.db, tag) });
}

function openSender(sql: Connection["sql"]): Promise<PgBoss> {
  const open = senders.get(sql) ?? startSender(sql);
  senders.set(sql, open);
  // A database that is away for a moment is no reason never to ask again.
  open.catch(() => senders.delete(sql));
  return open;
}

/** Sets the queue up and stops at once: what is left can `send`, and holds no timer or connection of its own. */
async function startSender(sql: Connection["sql"]): Promise<PgBoss> {
  const { host, port, user, pass, database, ssl } = sql.options;
  const boss = new PgBoss({
    host: host[0] as string,
    port: port[0] as number,
    user,
    password: pass ?? "",
    database,
    ssl,
    max: 2,
    application_name: "ostap queue setup",
    supervise: false,
    schedule: false,
    registerInstance: false,
  });
  const failures: Error[] = [];
  boss.on("error", (error) => failures.push(error));
  await boss.start();
  await createQueues(boss);
  await boss.stop({ graceful: false });
  if (failures[0]) throw failures[0];
  return boss;
}

/** Makes every queue, with this build's settings where an older build made it. */
export async function createQueues(boss: PgBoss): Promise<void> {
  for (const name of jobNames) {
    const { policy, ...settings } = queues[name];
    await boss.createQueue(name, { policy, ...settings, notify: true });
    await boss.updateQueue(name, { ...settings, notify: true });
  }
}
