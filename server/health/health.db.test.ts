import { expect, test } from "vitest";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import type { Actor } from "../context.ts";
import { enqueue } from "../jobs/queue.ts";
import { TEST_NOW, testCtx } from "../testing/test-ctx.ts";
import { useTestHome } from "../testing/test-home.ts";
import { showJobs } from "./show-jobs.ts";
import { showSystem } from "./show-system.ts";
import { beat, sayFarewell, thisWorker } from "./worker-beats.ts";

const database = useTestDatabase();
const home = useTestHome();
const owner: Actor = { kind: "user", userId: 1, name: "Ольга", role: "owner", managerId: null };
const as = (actor: Actor, now = TEST_NOW) => testCtx(database.connection, actor, { now: () => now, home: home.path });
const after = (seconds: number) => new Date(TEST_NOW.getTime() + seconds * 1000);

test("a manager sees neither", async () => {
  const manager: Actor = { ...owner, role: "manager" };
  await expect(showJobs(as(manager))).rejects.toMatchObject({ code: "forbidden" });
  await expect(showSystem(as(manager))).rejects.toMatchObject({ code: "forbidden" });
});

test("before there is a queue, nothing waits and the next runs are known", async () => {
  const shown = await showJobs(as(owner));
  expect(shown).toMatchObject({ workers: [], queues: [], runs: [] });
  expect(shown.schedule.map(({ job }) => job)).toContain("check-audit-log");
  expect(shown.schedule[0]!.next.getTime()).toBeGreaterThan(TEST_NOW.getTime());
});

test("what waits is counted by queue, what failed says why", async () => {
  const ctx = as(owner);
  await enqueue(ctx, "take-free-snapshot", {});
  const failed = await enqueue(ctx, "check-audit-log", {});
  await database.connection.sql`
    update pgboss.job set state = 'failed', started_on = now() - interval '3 seconds', completed_on = now(),
      output = '{"message": "the disk is full\\nat line 1", "stack": "secret"}' where id = ${failed}`;
  const { queues, runs } = await showJobs(ctx);
  expect(queues.find(({ job }) => job === "take-free-snapshot")).toMatchObject({ waiting: 1, running: 0, failed: 0 });
  expect(queues.find(({ job }) => job === "check-audit-log")).toMatchObject({ waiting: 0, failed: 1 });
  expect(queues.find(({ job }) => job === "train-model")).toMatchObject({ waiting: 0, oldestWaitingSeconds: null });
  expect(runs[0]).toMatchObject({ job: "check-audit-log", state: "failed", tries: 1, failure: "the disk is full" });
});

test("a worker lives while it says so", async () => {
  const life = thisWorker(TEST_NOW);
  expect(life.versions.node).toBe(process.versions.node);
  await beat(as(owner), life);
  await beat(as(owner, after(10)), life);
  expect((await showJobs(as(owner, after(39)))).workers).toMatchObject([{ alive: true, beatAt: after(10) }]);
  expect((await showJobs(as(owner, after(41)))).workers).toMatchObject([{ alive: false }]);
  await beat(as(owner, after(25 * 3600)), { ...life, worker: "another:1" });
  expect((await showJobs(as(owner, after(25 * 3600)))).workers).toMatchObject([{ worker: "another:1" }]);
  await sayFarewell(as(owner), { ...life, worker: "another:1" });
  expect((await showJobs(as(owner, after(25 * 3600)))).workers).toEqual([]);
});

test("the system tells sizes and versions; what is not known is null", async () => {
  const shown = await showSystem(as(owner));
  expect(shown.database.bytes).toBeGreaterThan(1e6);
  expect(shown.database.largest).toHaveLength(5);
  expect(shown.disk!.totalBytes).toBeGreaterThan(shown.disk!.freeBytes);
  expect(shown.backup).toBeNull();
  expect(shown.versions).toMatchObject({ node: process.versions.node, activeModelId: null });
  expect(shown.versions.postgres).toMatch(/^\d+/);
  expect((await showSystem({ ...as(owner), home: "/nonexistent/home" })).disk).toBeNull();
});
