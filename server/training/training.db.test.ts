import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { eq, sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { auditLog, models, trainings } from "#/db/schema/index.ts";
import { insertCast } from "#/db/testing/cast.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import type { Ctx } from "../context.ts";
import { databaseUpFor } from "../testing/database-up-for.ts";
import { insertMarket } from "../testing/insert-market.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { useTestHome } from "../testing/test-home.ts";
import { smallMarket } from "../testing/train-small-market.ts";
import { TAKE_OVER_AFTER_SECONDS } from "./heartbeat.ts";
import { requestTraining } from "./request-training.ts";
import { standingParameters } from "./standing-parameters.ts";
import { trainModel } from "./train-model.ts";

const database = useTestDatabase();
const small = useTestDatabase();
const home = useTestHome();
let ctx: Ctx;

beforeAll(async () => {
  ctx = testCtx(database.connection, undefined, { home: home.path });
  await insertMarket(ctx.db, smallMarket(9).history());
  await insertCast(small.connection.db);
});

beforeEach(async () => {
  await ctx.db.update(trainings).set({ status: "failed" }).where(sql`${trainings.status} in ('queued', 'running')`);
});

const rowOf = async (ctx: Ctx, id: number) => (await ctx.db.select().from(trainings).where(eq(trainings.id, id)))[0]!;

async function leftovers(): Promise<string[]> {
  const folder = path.join(home.path, "tmp", "training");
  return existsSync(folder) ? readdir(folder) : [];
}

describe("a training", () => {
  test("makes a candidate with its report, tells how far it is, and leaves no temporary file", async () => {
    const { trainingId } = await requestTraining(ctx, { by: "here" });
    const percents: number[] = [];
    const { modelId, report } = await trainModel(
      ctx,
      { trainingId },
      { onProgress: ({ percent }) => percents.push(percent) },
    );
    const [model] = await ctx.db.select().from(models).where(eq(models.id, modelId));
    expect(model).toMatchObject({ status: "candidate", trainingId, createdBy: "system:cli" });
    expect(report).toBeTruthy();
    expect(model).toMatchObject({
      featureSetId: expect.stringMatching(/^[0-9a-f]{16}$/),
      seed: 1,
      thresholdBasis: { n: expect.any(Number), source: "offered_and_rented", alpha: expect.any(Number) },
      snapshot: {
        asOfDay: expect.any(Number),
        offers: expect.any(Number),
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
      parameters: { booster: { threads: 2 } },
      libraries: {
        xgboost: expect.stringMatching(/^\d+\.\d+\.\d+$/),
        onnxruntime: expect.stringMatching(/^\d+\.\d+\.\d+$/),
        onnx_opset: "13",
        onnx_ml_opset: "1",
      },
    });
    expect(await rowOf(ctx, trainingId)).toMatchObject({ status: "done", percent: 100, failure: null });
    expect(percents).toEqual(percents.toSorted((a, b) => a - b));
    expect(await leftovers()).toEqual([]);
    const lines = await ctx.db.select().from(auditLog);
    expect(lines.map((line) => line.subject)).toEqual(
      expect.arrayContaining([`training:${trainingId}`, `model:${modelId}`]),
    );
  }, 120_000);

  test("begins with what the latest search chose, and with this build's own where that does not fit", async () => {
    expect(await standingParameters(ctx)).toEqual({});
    const [{ id, ...copy }] = (await ctx.db.select().from(models).limit(1)) as [typeof models.$inferSelect];
    const searched = { ...copy, report: { ...copy.report, searchLog: [] } };
    const chosen = { ...copy.parameters, halfLifeDays: 730 };
    await ctx.db.insert(models).values({ ...searched, parameters: chosen });
    await ctx.db.insert(models).values(copy);
    expect(await standingParameters(ctx)).toMatchObject(chosen);
    await ctx.db.insert(models).values({ ...searched, parameters: { of: "another build" } });
    expect(await standingParameters(ctx)).toEqual({});
    await ctx.db.delete(models).where(sql`${models.id} > ${id}`);
  });

  test("on the same facts and seed gives the same artifact, in another process and with two threads", async () => {
    const { trainingId } = await requestTraining(ctx, { by: "here" });
    const { modelId } = await trainModel(ctx, { trainingId });
    const rows = await ctx.db
      .select({
        id: models.id,
        sha256: models.artifactSha256,
        snapshot: models.snapshot,
        parameters: models.parameters,
      })
      .from(models);
    const own = rows.find((row) => row.id === modelId)!;
    expect(own.parameters).toMatchObject({ booster: { threads: 2 } });
    expect(rows.filter((row) => row.sha256 === own.sha256).length).toBe(2);
    expect(new Set(rows.map((row) => row.snapshot.sha256)).size).toBe(1);
  }, 120_000);

  test("stops when it is cancelled in the middle; nothing is registered and nothing left", async () => {
    const { trainingId } = await requestTraining(ctx, { by: "here" });
    const before = await ctx.db.$count(models);
    const stop = new AbortController();
    const training = trainModel(
      ctx,
      { trainingId },
      { signal: stop.signal, onProgress: ({ percent }) => percent > 5 && stop.abort(new Error("enough")) },
    );
    await expect(training).rejects.toThrow("enough");
    expect(await rowOf(ctx, trainingId)).toMatchObject({ status: "cancelled" });
    expect(await ctx.db.$count(models)).toBe(before);
    expect(await leftovers()).toEqual([]);
  }, 120_000);

  test("says why it cannot learn from a market with a handful of deals", async () => {
    const poor = testCtx(small.connection, undefined, { home: home.path });
    const { trainingId } = await requestTraining(poor, { by: "here" });
    await expect(trainModel(poor, { trainingId })).rejects.toMatchObject({ code: "invalid" });
    const row = await rowOf(poor, trainingId);
    expect(row.status).toBe("failed");
    expect(row.failure).toMatch(/\d/);
    expect(await poor.db.$count(models)).toBe(0);
  }, 60_000);

  test("is run once: whoever comes second is refused", async () => {
    const { trainingId } = await requestTraining(ctx, { by: "here" });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 3 }, () => {
        const stop = new AbortController();
        return trainModel(
          ctx,
          { trainingId },
          { signal: stop.signal, onProgress: () => stop.abort(new Error("far enough")) },
        );
      }),
    );
    const reasons = outcomes.map((one) => one.status === "rejected" && (one.reason.code ?? one.reason.message));
    expect(reasons.toSorted()).toEqual(["conflict", "conflict", "far enough"]);
  }, 60_000);
});

describe("a request", () => {
  test("is one at a time however many ask: twenty callers, one training, nineteen pointers to it", async () => {
    for (let round = 0; round < 10; round++) {
      const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => requestTraining(ctx, { by: "here" })));
      const granted = outcomes.filter((one) => one.status === "fulfilled");
      expect(granted).toHaveLength(1);
      const id = granted[0]!.value.trainingId;
      for (const one of outcomes)
        if (one.status === "rejected") {
          expect(one.reason.code).toBe("conflict");
          expect(one.reason.words.ru).toContain(`Обучение ${id}`);
        }
      await ctx.db.update(trainings).set({ status: "cancelled" }).where(eq(trainings.id, id));
    }
  });

  test("takes the place of a training whose process died, and writes that down", async () => {
    await databaseUpFor(ctx, TAKE_OVER_AFTER_SECONDS);
    const { trainingId } = await requestTraining(ctx, { by: "here" });
    const silentFor = (seconds: number) => ({ heartbeatAt: sql`now() - make_interval(secs => ${seconds})` });
    const itself = eq(trainings.id, trainingId);
    await ctx.db
      .update(trainings)
      .set({ status: "running", ...silentFor(9) })
      .where(itself);
    await expect(requestTraining(ctx, { by: "here" })).rejects.toMatchObject({ code: "conflict" });
    await ctx.db.update(trainings).set(silentFor(13)).where(itself);
    const next = await requestTraining(ctx, { by: "here" });
    expect(next.trainingId).not.toBe(trainingId);
    expect(await rowOf(ctx, trainingId)).toMatchObject({ status: "failed" });
  });

  test("is an administrator's, and looks into no future", async () => {
    const owner: Ctx = { ...ctx, actor: { kind: "user", userId: 1, name: "x", role: "owner", managerId: null } };
    await expect(requestTraining(owner, {})).rejects.toMatchObject({ code: "forbidden" });
    await expect(requestTraining(ctx, { asOf: "2026-11-24" })).rejects.toMatchObject({
      code: "invalid",
      place: "asOf",
    });
  });
});
