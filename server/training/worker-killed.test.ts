import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Connection, connect } from "#/db/client.ts";
import { type EmbeddedPostgres, joinEmbeddedPostgres } from "#/db/embedded.ts";
import { migrate } from "#/db/migrate.ts";
import { modelAliases, models, trainings } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import { readArtifactBytes } from "../models/model-store.ts";
import { promoteModel } from "../models/promote-model.ts";
import { recordFaults } from "../testing/fault-recorder.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { useTestHome } from "../testing/test-home.ts";
import { smallMarket, trainOn } from "../testing/train-small-market.ts";
import { cancelTraining } from "./cancel-training.ts";
import { requestTraining } from "./request-training.ts";

/** A database and a home of its own: this story kills whoever works on them. */
const home = useTestHome();
let postgres: EmbeddedPostgres;
let connection: Connection;
let ctx: Ctx;
let worker: ChildProcess | undefined;
/** What a training of this market takes on this machine. */
let trainingMs: number;

beforeAll(async () => {
  postgres = await joinEmbeddedPostgres(home.path);
  await migrate(postgres.url);
  connection = connect(postgres.url, { max: 3 });
  ctx = testCtx(connection, undefined, { home: home.path, now: () => new Date() });
  const began = performance.now();
  const { modelId } = await trainOn(ctx, smallMarket(9));
  trainingMs = performance.now() - began;
  await promoteModel(ctx, { modelId, override: "a small market is taught for the test alone" });
}, 180_000);

afterAll(async () => {
  worker?.kill("SIGKILL");
  await connection.close();
  await postgres.leave();
}, 60_000);

function startWorker(): ChildProcess {
  return spawn(process.execPath, [path.join(import.meta.dirname, "..", "jobs", "worker.ts")], {
    env: { ...process.env, DATABASE_URL: postgres.url, OSTAP_HOME: home.path, LOG_LEVEL: "error" },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
}

async function rowOf(trainingId: number) {
  const [row] = await ctx.db.select().from(trainings).where(eq(trainings.id, trainingId));
  return row!;
}

/** Processes of this home that train: the child outlives nobody who ordered it. */
async function trainingProcesses(): Promise<string[]> {
  const found: string[] = [];
  for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    // A process may end while it is looked at.
    const line = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    if (!line.includes("training-process")) continue;
    const environment = await readFile(`/proc/${pid}/environ`, "utf8").catch(() => "");
    if (environment.includes(`OSTAP_HOME=${home.path}\0`)) found.push(pid);
  }
  return found;
}

async function leftovers(): Promise<string[]> {
  const parts = (await readdir(path.join(home.path, "models"))).filter((name) => name.endsWith(".part"));
  return existsSync(path.join(home.path, "tmp", "training")) ? [...parts, "tmp/training"] : parts;
}

test.skipIf(process.platform !== "linux")(
  "a worker killed at any point of a training costs seconds: the next one ends it, once, and all that stood stands",
  { timeout: 1_800_000 },
  async () => {
    const faults = recordFaults("worker killed while it trains", 2);
    const active = await ctx.db.select().from(modelAliases);
    worker = startWorker();
    for (let round = 0; round < faults.rounds; round++) {
      const afterMs = Math.round(faults.random() * trainingMs * 1.1);
      await faults.round(`after ${afterMs} ms of about ${Math.round(trainingMs)}`, async () => {
        const { trainingId } = await requestTraining(ctx);
        await expect.poll(async () => (await rowOf(trainingId)).status, { timeout: 60_000 }).not.toBe("queued");
        await wait(afterMs);
        const dead = once(worker!, "exit");
        worker!.kill("SIGKILL");
        await dead;
        await expect.poll(trainingProcesses, { timeout: 5000 }).toEqual([]);
        expect(await ctx.db.select().from(modelAliases)).toEqual(active);

        worker = startWorker();
        await expect
          .poll(async () => (await rowOf(trainingId)).status, { timeout: 180_000, interval: 250 })
          .toMatch(/done|failed|cancelled/);
        const row = await rowOf(trainingId);
        expect(row).toMatchObject({ status: "done", failure: null, percent: 100 });
        expect(row.attempts).toBeLessThanOrEqual(2);
        const made = await ctx.db.select().from(models).where(eq(models.trainingId, trainingId));
        expect(made).toHaveLength(1);
        await readArtifactBytes(home.path, made[0]!.artifactSha256);
        await expect.poll(leftovers, { timeout: 5000 }).toEqual([]);
        expect(await ctx.db.select().from(modelAliases)).toEqual(active);

        const next = await requestTraining(ctx);
        expect(await cancelTraining(ctx, next)).toEqual({ cancelled: true });
        expect(await rowOf(next.trainingId)).toMatchObject({ status: "cancelled" });
        await expect.poll(trainingProcesses, { timeout: 10_000 }).toEqual([]);
      });
    }
  },
);

test("a worker that is told to go in the middle puts its training back and the next one ends it", {
  timeout: 240_000,
}, async () => {
  worker ??= startWorker();
  const { trainingId } = await requestTraining(ctx);
  // It learns already: its process is there and has told how far it is.
  await expect
    .poll(async () => (await rowOf(trainingId)).percent, { timeout: 60_000, interval: 50 })
    .toBeGreaterThan(5);
  if (process.platform === "linux") expect(await trainingProcesses()).toHaveLength(1);
  const exit = once(worker, "exit");
  worker.kill("SIGTERM");
  expect(await exit).toEqual([0, null]);
  expect(await rowOf(trainingId)).toMatchObject({ status: "queued", attempts: 0, percent: 0 });
  if (process.platform === "linux") await expect.poll(trainingProcesses, { timeout: 5000 }).toEqual([]);
  worker = startWorker();
  await expect.poll(async () => (await rowOf(trainingId)).status, { timeout: 180_000 }).toBe("done");
  expect(await rowOf(trainingId)).toMatchObject({ attempts: 1 });
});
