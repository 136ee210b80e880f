import { eq, sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Connection, connect } from "#/db/client.ts";
import { auditLog, trainingLogLines, trainings } from "#/db/schema/index.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import type { Actor, Ctx } from "../context.ts";
import { HandedBack } from "../jobs/handed-back.ts";
import { databaseUpFor } from "../testing/database-up-for.ts";
import { recordFaults } from "../testing/fault-recorder.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { useTestHome } from "../testing/test-home.ts";
import { cancelTraining } from "./cancel-training.ts";
import { TAKE_OVER_AFTER_SECONDS } from "./heartbeat.ts";
import { readTrainingLog } from "./read-training-log.ts";
import { requestTraining } from "./request-training.ts";
import { runTraining } from "./run-training.ts";
import { showTrainings } from "./show-trainings.ts";
import { takeUpTrainings } from "./take-up-trainings.ts";

const database = useTestDatabase();
const home = useTestHome();
const user = (userId: number, role: "owner" | "admin" | "manager"): Actor => ({
  ...{ kind: "user", userId, name: role, role, managerId: null },
});
let ctx: Ctx;

beforeEach(async () => {
  ctx = testCtx(database.connection, user(1, "admin"), { home: home.path });
  await ctx.db.delete(trainings);
});

async function rowOf(trainingId: number) {
  const [row] = await ctx.db.select().from(trainings).where(eq(trainings.id, trainingId));
  return row!;
}

async function textsOf(trainingId: number): Promise<string[]> {
  return (await readTrainingLog(ctx, { trainingId })).map(({ text }) => text);
}

async function jobsOf(trainingId: number): Promise<number> {
  const [row] = await ctx.sql`
    select count(*)::int as n from pgboss.job where name = 'train-model' and (data ->> 'trainingId')::int = ${trainingId}`;
  return row!.n;
}

const silentFor = (trainingId: number, seconds: number, over: Partial<typeof trainings.$inferInsert> = {}) =>
  ctx.db
    .update(trainings)
    .set({ status: "running", attempts: 1, heartbeatAt: sql`now() - make_interval(secs => ${seconds})`, ...over })
    .where(eq(trainings.id, trainingId));

describe("two administrators at once", () => {
  test("a hundred times: one training each time, one job, and the other is led to it", async () => {
    const faults = recordFaults("two administrators press at once", 100);
    const pools: Connection[] = [connect(database.url, { max: 1 }), connect(database.url, { max: 1 })];
    const presses = pools.map((pool, at) => testCtx(pool, user(at + 1, "admin"), { home: home.path }));
    const rounds = Math.max(100, faults.rounds);
    await faults.round(`${rounds} presses`, async () => {
      for (let round = 0; round < rounds; round++) {
        const press = (at: number) => requestTraining(presses[at]!);
        const outcomes = await Promise.allSettled(faults.random() < 0.5 ? [press(0), press(1)] : [press(1), press(0)]);
        const granted = outcomes.flatMap((one) => (one.status === "fulfilled" ? [one.value.trainingId] : []));
        const refused = outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
        expect(granted).toHaveLength(1);
        const [trainingId] = granted as [number];
        expect(refused).toEqual([expect.objectContaining({ code: "conflict", place: `training:${trainingId}` })]);
        expect(await jobsOf(trainingId)).toBe(1);
        await cancelTraining(ctx, { trainingId });
      }
      expect(await ctx.db.$count(trainings)).toBe(rounds);
    });
    await Promise.all(pools.map((pool) => pool.close()));
  }, 120_000);
});

describe("cancelling", () => {
  test("is an administrator's", async () => {
    const { trainingId } = await requestTraining(ctx);
    for (const role of ["owner", "manager"] as const)
      await expect(cancelTraining({ ...ctx, actor: user(2, role) }, { trainingId })).rejects.toMatchObject({
        code: "forbidden",
      });
    await expect(cancelTraining(ctx, { trainingId: trainingId + 1 })).rejects.toMatchObject({ code: "not_found" });
  });

  test("stops the run within seconds, once, and keeps it from being completed", async () => {
    const { trainingId } = await requestTraining(ctx, { by: "here" });
    const run = runTraining(ctx, trainingId, {}, async ({ signal, complete }) => {
      expect(await cancelTraining(ctx, { trainingId })).toEqual({ cancelled: true });
      await expect(complete(async () => expect.unreachable("it was cancelled"))).rejects.toMatchObject({
        code: "conflict",
      });
      const asked = performance.now();
      await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
      expect(performance.now() - asked).toBeLessThan(5000);
      signal.throwIfAborted();
    });
    await expect(run).rejects.toMatchObject({ code: "conflict" });
    expect(await cancelTraining(ctx, { trainingId })).toEqual({ cancelled: false });
    expect(await rowOf(trainingId)).toMatchObject({ status: "cancelled", failure: null });
    const audited = await ctx.db
      .select()
      .from(auditLog)
      .where(eq(auditLog.subject, `training:${trainingId}`));
    expect(audited.filter(({ detail }) => (detail as { cancelled?: true }).cancelled)).toHaveLength(1);
  });
});

describe("a training whose process died", () => {
  beforeAll(() => databaseUpFor(testCtx(database.connection), TAKE_OVER_AFTER_SECONDS));

  test("goes back into the queue with a job of its own, and the run that was taken for dead can write nothing", async () => {
    const { trainingId } = await requestTraining(ctx);
    const run = runTraining(ctx, trainingId, {}, async ({ complete }) => {
      await silentFor(trainingId, 13);
      expect(await takeUpTrainings(ctx)).toEqual([trainingId]);
      expect(await rowOf(trainingId)).toMatchObject({ status: "queued", percent: 0, stage: null });
      expect(await jobsOf(trainingId)).toBe(2);
      const again = runTraining(ctx, trainingId, {}, async ({ complete }) => complete(async () => "mine"));
      expect(await again).toBe("mine");
      await complete(async () => expect.unreachable("another has it"));
    });
    await expect(run).rejects.toMatchObject({ code: "conflict" });
    expect(await rowOf(trainingId)).toMatchObject({ status: "done", attempts: 2 });
    expect(await takeUpTrainings(ctx)).toEqual([]);
    expect(await textsOf(trainingId)).toContain("Процесс, который обучал, умер. Обучение начнётся заново.");
  });

  test("is given up after the third time, or where somebody trained it himself, in words", async () => {
    const { trainingId } = await requestTraining(ctx);
    await silentFor(trainingId, 13, { attempts: 3 });
    await takeUpTrainings(ctx);
    expect(await rowOf(trainingId)).toMatchObject({ status: "failed", failureWords: { ru: /3 раза подряд/ } as never });
    const own = await requestTraining(ctx, { by: "here" });
    await silentFor(own.trainingId, 11);
    expect(await takeUpTrainings(ctx)).toEqual([]);
    await silentFor(own.trainingId, 13);
    expect(await takeUpTrainings(ctx)).toEqual([own.trainingId]);
    expect((await rowOf(own.trainingId)).failureWords?.ru).toContain("умер");
  });

  test("is looked for by the system and administrators alone", async () => {
    await expect(takeUpTrainings({ ...ctx, actor: user(2, "owner") })).rejects.toMatchObject({ code: "forbidden" });
  });
});

test("a run that is handed back waits again, costs no attempt, and has a job", async () => {
  const { trainingId } = await requestTraining(ctx);
  const leaving = new AbortController();
  const run = runTraining(ctx, trainingId, { signal: leaving.signal }, async ({ signal }) => {
    leaving.abort(new HandedBack("the worker goes"));
    signal.throwIfAborted();
  });
  await expect(run).rejects.toBeInstanceOf(HandedBack);
  expect(await rowOf(trainingId)).toMatchObject({ status: "queued", attempts: 0 });
  expect(await jobsOf(trainingId)).toBe(2);
});

describe("the page of trainings", () => {
  test("tells of the one under way: stage in words, percent, time, log, and that no worker runs", async () => {
    const { trainingId } = await requestTraining(ctx, { by: "here", searchTrials: 3 });
    const owner = { ...ctx, actor: user(2, "owner") };
    expect((await showTrainings(owner)).underWay).toMatchObject({ trainingId, status: "queued", stage: null });
    await runTraining(ctx, trainingId, {}, async ({ advance, tell, complete }) => {
      advance("suitability", 42);
      tell({ ru: "Сказано по-русски", en: "Said in English" });
      await expect
        .poll(async () => (await showTrainings(owner)).underWay, { timeout: 10_000 })
        .toMatchObject({ stage: "Учится, что подходит", percent: 42, remainingSeconds: null, searchTrials: 3 });
      await expect.poll(() => textsOf(trainingId)).toContain("Сказано по-русски");
      return complete(async () => {});
    });
    const english = await readTrainingLog({ ...ctx, locale: "en" }, { trainingId });
    expect(english.map(({ text }) => text)).toEqual(expect.arrayContaining(["Said in English", "Done."]));
    const shown = await showTrainings(owner);
    expect(shown).toMatchObject({ underWay: null, workerRuns: false, mayTrain: false });
    expect(shown.past[0]).toMatchObject({ trainingId, status: "done", failure: null, modelId: null });
    expect(shown.past[0]!.seconds).toBeGreaterThan(0);
    expect((await rowOf(trainingId)).laps).toEqual([expect.objectContaining({ stage: "suitability", percent: 42 })]);
  });

  test("estimates by the latest training of the same kind", async () => {
    const laps = [{ stage: "deal", percent: 50, atSeconds: 20 }];
    await ctx.db.insert(trainings).values({
      ...{ status: "done", requestedBy: "system:cli", by: "here", percent: 100, laps },
      startedAt: new Date("2026-11-01T00:00:00Z"),
      finishedAt: new Date("2026-11-01T00:01:40Z"),
    });
    const { trainingId } = await requestTraining(ctx, { by: "here" });
    const startedAt = sql`now() - interval '20 seconds'`;
    await silentFor(trainingId, 0, { percent: 50, stage: "deal", startedAt: startedAt as never });
    const { underWay } = await showTrainings(ctx);
    expect(underWay?.remainingSeconds).toBeCloseTo(80, 0);
  });

  test("says in the reader's language why one failed, and is not a manager's", async () => {
    const { trainingId } = await requestTraining(ctx, { by: "here" });
    const broken = runTraining(ctx, trainingId, {}, async () => Promise.reject(new Error("secret detail")));
    await expect(broken).rejects.toThrow("secret detail");
    const { past } = await showTrainings(ctx);
    expect(past[0]).toMatchObject({ status: "failed", failure: expect.stringContaining("по нашей вине") });
    const manager = { ...ctx, actor: user(3, "manager") };
    await expect(showTrainings(manager)).rejects.toMatchObject({ code: "forbidden" });
    await expect(readTrainingLog(manager, { trainingId })).rejects.toMatchObject({ code: "forbidden" });
    await ctx.db.delete(trainings);
    expect(await ctx.db.$count(trainingLogLines)).toBe(0);
  });
});
