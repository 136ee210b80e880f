import { rm, writeFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { asc, eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { auditLog, modelAliases, modelPromotions, models } from "#/db/schema/index.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import type { Ctx } from "../context.ts";
import { AppError } from "../errors.ts";
import { recordFaults } from "../testing/fault-recorder.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { useTestHome } from "../testing/test-home.ts";
import { smallMarket, trainOn } from "../testing/train-small-market.ts";
import { activeModel } from "./active-model.ts";
import { listModels } from "./list-models.ts";
import { artifactPath, readArtifactBytes } from "./model-store.ts";
import { forgetArtifact } from "./open-artifact.ts";
import { promoteModel } from "./promote-model.ts";
import { readModelReport } from "./read-model-report.ts";
import { rollBackModel } from "./roll-back-model.ts";

const database = useTestDatabase();
const home = useTestHome();
let ctx: Ctx;
let sha256: string;
let ids: number[];
const override = "a test answers for it";

beforeAll(async () => {
  ctx = testCtx(database.connection, undefined, { home: home.path });
  await trainOn(ctx, smallMarket());
  const [row] = await ctx.db.select().from(models);
  sha256 = row!.artifactSha256;
  const { id: _, ...copy } = row!;
  const more = await ctx.db.insert(models).values([copy, copy]).returning({ id: models.id });
  ids = [row!.id, ...more.map((one) => one.id)];
}, 120_000);

const history = () => ctx.db.select().from(modelPromotions).orderBy(asc(modelPromotions.aliasVersion));
const statuses = async () => new Map((await ctx.db.select().from(models)).map((one) => [one.id, one.status]));

async function startOver(): Promise<void> {
  await ctx.db.delete(modelPromotions);
  await ctx.db.delete(modelAliases);
  await ctx.db.update(models).set({ status: "candidate" });
}

describe("promote and roll back", () => {
  test("before the first promotion nothing is active and there is nothing to roll back to", async () => {
    await startOver();
    expect(await activeModel(ctx)).toBeNull();
    await expect(rollBackModel(ctx)).rejects.toMatchObject({ code: "conflict" });
  });

  test("move the active alias, the statuses and the history, with a line in the audit log", async () => {
    await startOver();
    const [a, b] = ids as [number, number];
    expect(await promoteModel(ctx, { modelId: a, override })).toMatchObject({
      ok: true,
      aliasVersion: 1,
      changed: true,
    });
    expect(await promoteModel(ctx, { modelId: b, override })).toMatchObject({ ok: true, aliasVersion: 2 });
    expect(await promoteModel(ctx, { modelId: b })).toMatchObject({ ok: true, aliasVersion: 2, changed: false });
    expect((await activeModel(ctx))?.modelId).toBe(b);
    expect(await statuses()).toEqual(
      new Map([
        [a, "retired"],
        [b, "active"],
        [ids[2], "candidate"],
      ]),
    );
    expect(await rollBackModel(ctx)).toEqual({ modelId: a, fromModelId: b, aliasVersion: 3 });
    expect((await activeModel(ctx))?.modelId).toBe(a);
    expect(await statuses()).toEqual(
      new Map([
        [a, "active"],
        [b, "retired"],
        [ids[2], "candidate"],
      ]),
    );
    expect((await history()).map((one) => [one.kind, one.fromModelId, one.toModelId])).toEqual([
      ["promote", null, a],
      ["promote", a, b],
      ["rollback", b, a],
    ]);
    const lines = await ctx.db.select().from(auditLog).orderBy(asc(auditLog.id));
    expect(lines.at(-1)).toMatchObject({
      actor: "system:cli",
      action: "model:promote",
      subject: `model:${a}`,
      detail: { kind: "rollback", from: b, version: 3 },
    });
    await expect(rollBackModel(ctx)).rejects.toMatchObject({ code: "conflict" });
  });

  test("the latest is the newest", async () => {
    await startOver();
    expect(await promoteModel(ctx, { modelId: "latest", override })).toMatchObject({ modelId: ids[2] });
    expect((await listModels(ctx)).map((one) => one.modelId)).toEqual(ids.toReversed());
  });

  test("a model the gate refuses stays a candidate, unless somebody answers for it; his reason is kept", async () => {
    await startOver();
    const { id: _, report, ...copy } = (await ctx.db.select().from(models))[0]!;
    const unfaithful = { ...report, parity: { ok: false, rows: 1, maxAbsDiff: 1, flipped: 1, reasons: ["a test"] } };
    const [bad] = await ctx.db
      .insert(models)
      .values({ ...copy, report: unfaithful })
      .returning();
    try {
      const refused = await promoteModel(ctx, { modelId: bad!.id });
      expect(refused).toMatchObject({ ok: false });
      expect(!refused.ok && refused.reasons.map(({ en }) => en).join()).toContain("a test");
      expect(await history()).toEqual([]);
      expect(await promoteModel(ctx, { modelId: bad!.id, override })).toMatchObject({ ok: true });
      expect((await history())[0]?.overrideReason).toBe(override);
    } finally {
      await startOver();
      await ctx.db.delete(models).where(eq(models.id, bad!.id));
    }
  });

  test("only an administrator may", async () => {
    for (const role of ["manager", "owner"] as const) {
      const asRole = { ...ctx, actor: { kind: "user", userId: 1, name: "x", role, managerId: null } } as Ctx;
      await expect(promoteModel(asRole, { modelId: ids[0]! })).rejects.toMatchObject({ code: "forbidden" });
      await expect(rollBackModel(asRole)).rejects.toMatchObject({ code: "forbidden" });
    }
    await expect(promoteModel(ctx, { modelId: 999_999 })).rejects.toMatchObject({ code: "not_found" });
  });

  test("race for a hundred rounds: one winner a version, and the history is one unbroken chain", async () => {
    await startOver();
    await promoteModel(ctx, { modelId: ids[0]!, override });
    const faults = recordFaults("promote and roll back race", 100);
    const rounds = Math.max(100, faults.rounds);
    const drawn = () => ids[Math.floor(faults.random() * ids.length)]!;
    let won = 1;
    let lost = 0;
    await faults.round(`${rounds} races of two promotions and two rollbacks`, async () => {
      for (let round = 0; round < rounds; round++) {
        const [one, other, pauseMs] = [drawn(), drawn(), Math.round(faults.random() * 4)];
        const outcomes = await Promise.allSettled([
          promoteModel(ctx, { modelId: one, override }),
          rollBackModel(ctx),
          promoteModel(ctx, { modelId: other, override }),
          wait(pauseMs).then(() => rollBackModel(ctx)),
        ]);
        for (const outcome of outcomes) {
          if (outcome.status === "rejected") {
            expect(outcome.reason).toBeInstanceOf(AppError);
            expect(outcome.reason.code).toBe("conflict");
            lost += 1;
          } else if (!("changed" in outcome.value) || outcome.value.changed) won += 1;
        }
        const [alias] = await ctx.db.select().from(modelAliases);
        expect(alias?.version, `round ${round}`).toBe(won);
        expect((await activeModel(ctx))?.modelId).toBe(alias?.modelId);
      }
    });
    const swaps = await history();
    expect(lost).toBeGreaterThan(0);
    expect(swaps.map((one) => one.aliasVersion)).toEqual(Array.from({ length: won }, (_, i) => i + 1));
    for (const [i, swap] of swaps.entries()) expect(swap.fromModelId).toBe(i === 0 ? null : swaps[i - 1]!.toModelId);
    const [alias] = await ctx.db.select().from(modelAliases);
    expect(alias).toMatchObject({ modelId: swaps.at(-1)!.toModelId, version: won });
    const active = [...(await statuses())].filter(([, status]) => status === "active").map(([id]) => id);
    expect(active).toEqual([alias!.modelId]);
  }, 120_000);
});

describe("a model's report", () => {
  test("is the owner's and the administrator's to read, not a manager's", async () => {
    const as = (role: "manager" | "owner"): Ctx => ({
      ...ctx,
      actor: { kind: "user", userId: 1, name: "x", role, managerId: null },
    });
    await expect(readModelReport(as("manager"), { modelId: "latest" })).rejects.toMatchObject({ code: "forbidden" });
    expect((await readModelReport(as("owner"), { modelId: "latest" })).modelId).toBe(ids[2]);
  });

  test("comes with what the gate says beside the model that is active now", async () => {
    await startOver();
    const { report, verdict } = await readModelReport(ctx, { modelId: ids[0]! });
    expect(report.rankers[0]?.name).toBe("candidate");
    const { id: _, ...copy } = (await ctx.db.select().from(models))[0]!;
    const better = structuredClone(report);
    better.rankers[0]!.aucWithinLead = { value: 0.999, low: 0.998, high: 1 };
    const [best] = await ctx.db
      .insert(models)
      .values({ ...copy, artifactSha256: sha256.replace(/./, "0"), report: better })
      .returning();
    await ctx.db.insert(modelAliases).values({ name: "active", modelId: best!.id });
    const beside = await readModelReport(ctx, { modelId: ids[0]! });
    expect(beside.verdict.reasons).toHaveLength(verdict.reasons.length + 1);
    expect(beside.verdict.reasons.at(-1)).toMatchObject({ code: "active" });
    await startOver();
    await ctx.db.delete(models).where(eq(models.id, best!.id));
  });

  test("of another build's form is refused in words, and such a model cannot be promoted", async () => {
    const { id: _, ...copy } = (await ctx.db.select().from(models))[0]!;
    const [old] = await ctx.db
      .insert(models)
      .values({ ...copy, report: { rankers: [] } })
      .returning();
    const refused = { code: "unavailable", words: { en: expect.stringContaining("train the model anew") } };
    await expect(readModelReport(ctx, { modelId: old!.id })).rejects.toMatchObject(refused);
    await expect(promoteModel(ctx, { modelId: old!.id })).rejects.toMatchObject(refused);
    await ctx.db.delete(models).where(eq(models.id, old!.id));
    await expect(readModelReport(ctx, { modelId: 999_999 })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a broken model file", () => {
  const damage = async () => {
    await writeFile(artifactPath(home.path, sha256), "rubbish");
    forgetArtifact(home.path, sha256);
  };

  test("is answered for by the last good one, with an error in the log, and cannot be promoted", async () => {
    await startOver();
    const bytes = await readArtifactBytes(home.path, sha256);
    const [row] = await ctx.db.select().from(models);
    const { id: _, ...copy } = row!;
    const missing = { ...copy, artifactSha256: "0".repeat(64) };
    const [gone] = await ctx.db.insert(models).values(missing).returning();
    await promoteModel(ctx, { modelId: ids[0]!, override });
    await ctx.db
      .insert(modelPromotions)
      .values({ kind: "promote", fromModelId: ids[0]!, toModelId: gone!.id, aliasVersion: 2, by: "test" });
    await ctx.db.update(modelAliases).set({ modelId: gone!.id, version: 2 });
    const errors: unknown[] = [];
    const log = { ...ctx.log, error: (fields: unknown) => errors.push(fields) } as unknown as Ctx["log"];
    expect((await activeModel({ ...ctx, log }))?.modelId).toBe(ids[0]);
    expect(errors).toHaveLength(1);
    await expect(promoteModel(ctx, { modelId: gone!.id, override })).rejects.toMatchObject({ code: "unavailable" });
    await damage();
    expect(await activeModel(ctx)).toBeNull();
    await writeFile(artifactPath(home.path, sha256), bytes);
    forgetArtifact(home.path, sha256);
    expect((await activeModel(ctx))?.modelId).toBe(ids[0]);
    expect((await rollBackModel(ctx)).modelId).toBe(ids[0]);
    await startOver();
    await rm(artifactPath(home.path, sha256));
  });
});
