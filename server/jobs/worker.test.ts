import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Connection, connect } from "#/db/client.ts";
import { type EmbeddedPostgres, joinEmbeddedPostgres } from "#/db/embedded.ts";
import { migrate } from "#/db/migrate.ts";
import { insertCast } from "#/db/testing/cast.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { useTestHome } from "../testing/test-home.ts";
import { enqueue } from "./queue.ts";

/** A database of its own: this story kills it. */
const home = useTestHome();
let postgres: EmbeddedPostgres;
let connection: Connection;
let worker: ChildProcess;

beforeAll(async () => {
  postgres = await joinEmbeddedPostgres(home.path);
  await migrate(postgres.url);
  connection = connect(postgres.url, { max: 3 });
  await insertCast(connection.db);
  worker = spawn(process.execPath, [path.join(import.meta.dirname, "worker.ts")], {
    env: { ...process.env, DATABASE_URL: postgres.url, OSTAP_HOME: home.path, LOG_LEVEL: "error" },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
}, 60_000);

afterAll(async () => {
  worker.kill("SIGKILL");
  await connection.close();
  await postgres.leave();
}, 60_000);

async function recordedToday(): Promise<string[]> {
  const rows = await connection.sql<{ id: string }[]>`select premises_id as id from free_snapshots order by 1`;
  return rows.map((row) => row.id);
}

test("the worker records what is free, survives the death of its database, and drains", {
  timeout: 120_000,
}, async () => {
  await expect.poll(recordedToday, { timeout: 30_000 }).toEqual(["501", "502", "503"]);

  const pidFile = path.join(home.path, "pg18", "data", "postmaster.pid");
  process.kill(Number((await readFile(pidFile, "utf8")).split("\n")[0]), "SIGKILL");
  const again = await joinEmbeddedPostgres(home.path);
  try {
    await connection.sql`delete from free_snapshots`;
    await enqueue(testCtx(connection), "take-free-snapshot", {});
    await expect.poll(recordedToday, { timeout: 60_000 }).toEqual(["501", "502", "503"]);
    expect(worker.exitCode).toBeNull();

    const exit = once(worker, "exit");
    const asked = performance.now();
    worker.kill("SIGTERM");
    expect(await exit).toEqual([0, null]);
    expect(performance.now() - asked).toBeLessThan(10_000);
  } finally {
    await again.leave();
  }
});
