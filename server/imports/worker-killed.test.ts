import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Connection, connect } from "#/db/client.ts";
import { type EmbeddedPostgres, joinEmbeddedPostgres } from "#/db/embedded.ts";
import { migrate } from "#/db/migrate.ts";
import type { Ctx } from "../context.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { useTestHome } from "../testing/test-home.ts";
import { requestImport } from "./request-import.ts";
import { showImport } from "./show-import.ts";
import { sendUpload } from "./testing/send-upload.ts";
import { uploadFolder } from "./upload-files.ts";

/** A database and a home of its own: this story kills whoever works on them. */
const home = useTestHome();
let postgres: EmbeddedPostgres;
let connection: Connection;
let ctx: Ctx;
let worker: ChildProcess | undefined;

beforeAll(async () => {
  postgres = await joinEmbeddedPostgres(home.path);
  await migrate(postgres.url);
  connection = connect(postgres.url, { max: 4 });
  ctx = testCtx(connection, undefined, { home: home.path, now: () => new Date() });
}, 120_000);

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

const ROWS = 60_000;
const file = (from: number) => [
  "ID;Дата создания;Бренд;Площадь от",
  ...Array.from({ length: ROWS }, (_, i) => `${from + i};05.01.2019;Бренд номер ${i};40`),
];
const countLeads = async () => Number((await ctx.sql`select count(*) as n from leads`)[0]?.n);

test("a worker killed in the second of two files leaves neither; the next one brings both, once", {
  timeout: 240_000,
}, async () => {
  const uploadIds = [await sendUpload(ctx, "first.csv", file(0)), await sendUpload(ctx, "second.csv", file(ROWS))];
  const run = await requestImport(ctx, { uploadIds, dryRun: false });
  const place = async () => {
    const { status, stageFile, stage } = await showImport(ctx, run);
    return `${status} ${stage} ${stageFile}`;
  };
  worker = startWorker();
  await expect.poll(place, { timeout: 90_000, interval: 50 }).toMatch(/running \w+ second\.csv/);
  const killed = once(worker, "exit");
  worker.kill("SIGKILL");
  await killed;
  expect(await countLeads()).toBe(0);
  expect((await showImport(ctx, run)).status).toBe("running");

  worker = startWorker();
  await expect.poll(async () => (await showImport(ctx, run)).status, { timeout: 120_000, interval: 200 }).toBe("done");
  const view = await showImport(ctx, run);
  expect(view).toMatchObject({ attempts: 2, totals: { rows: 2 * ROWS, inserted: 2 * ROWS, changed: 0, refused: 0 } });
  expect(await countLeads()).toBe(2 * ROWS);
  expect(await ctx.sql`select 1 from import_runs`).toHaveLength(1);
  await expect.poll(() => readdir(uploadFolder(home.path)), { timeout: 20_000 }).toEqual([]);
});
