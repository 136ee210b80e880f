import { asc, desc, eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  auditLog,
  leads,
  marketState,
  marks,
  matchRuns,
  modelAliases,
  modelPromotions,
  models,
  shadowRuns,
  shadows,
} from "#/db/schema/index.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import type { Ctx } from "../context.ts";
import { dateOfDay } from "../days.ts";
import { markMistake } from "../feedback/mark-mistake.ts";
import { matchLead } from "../matching/match-lead.ts";
import { promoteModel } from "../models/promote-model.ts";
import { rollBackModel } from "../models/roll-back-model.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { useTestHome } from "../testing/test-home.ts";
import { smallMarket, trainOn } from "../testing/train-small-market.ts";
import { scoreWaiting } from "./score-waiting.ts";
import { showShadow } from "./show-shadow.ts";
import { startShadow } from "./start-shadow.ts";
import { stopShadow } from "./stop-shadow.ts";

const database = useTestDatabase();
const home = useTestHome();
const market = smallMarket(6);
const history = market.history();
const leadIds = [...new Set(history.offers.slice(-40).map((offer) => offer.leadId))];
const managerId = history.managers[0]!.managerId;
const override = "a test answers for it";
let ctx: Ctx;
/** Active; the same with a stricter and with a milder threshold; one whose file is not there; one more. */
let [active, strict, mild, missing, other]: number[] = [];

beforeAll(async () => {
  ctx = testCtx(database.connection, undefined, { home: home.path, now: () => new Date() });
  const { modelId } = await trainOn(ctx, market);
  const [{ id: _, ...copy }] = (await ctx.db.select().from(models)) as [typeof models.$inferSelect];
  const more = await ctx.db
    .insert(models)
    .values([
      { ...copy, threshold: copy.threshold + 0.25 * (1 - copy.threshold) },
      { ...copy, threshold: copy.threshold / 2 },
      { ...copy, artifactSha256: "0".repeat(64) },
      copy,
    ])
    .returning({ id: models.id });
  [active, strict, mild, missing, other] = [modelId, ...more.map(({ id }) => id)];
  await ctx.db.update(leads).set({ managerId }).where(eq(leads.id, leadIds[0]!));
}, 120_000);

beforeEach(async () => {
  await ctx.db.delete(shadows);
  await ctx.db.delete(marks);
  await ctx.db.delete(modelPromotions);
  await ctx.db.delete(modelAliases);
  await ctx.db.update(models).set({ status: "candidate" });
  await promoteModel(ctx, { modelId: active!, override });
});

const rows = () => ctx.db.select().from(shadowRuns).orderBy(asc(shadowRuns.askedAt));
const asUser = (role: "manager" | "owner" | "admin"): Ctx => ({
  ...ctx,
  actor: { kind: "user", userId: 1, name: "x", role, managerId: role === "manager" ? managerId : null },
});

describe("a candidate in the shadow", () => {
  test("scores every live request and writes down exactly the verdicts that differ", async () => {
    const { shadowId } = await startShadow(ctx, { modelId: strict! });
    const asked = [];
    for (const leadId of leadIds.slice(0, 3)) asked.push(await matchLead(ctx, { leadId }));
    asked.push(await matchLead(ctx, { lead: { trades: ["кофейня"], bank: "left" } }));
    await matchLead(ctx, { leadId: leadIds[0]!, asOf: dateOfDay(history.snapshotDay - 100) });
    expect(await scoreWaiting(ctx)).toEqual({ scored: 4, failed: 0, queue_full: 0, outdated: 0, other_model: 0 });
    expect(await scoreWaiting(ctx)).toEqual({ scored: 0, failed: 0, queue_full: 0, outdated: 0, other_model: 0 });

    const [{ threshold }] = (await ctx.db.select().from(models).where(eq(models.id, strict!))) as [
      typeof models.$inferSelect,
    ];
    const found = await rows();
    expect(found.map((row) => row.runId)).toEqual(asked.map((match) => match.runId));
    for (const [i, row] of found.entries()) {
      const { premises, threshold: own } = asked[i]!.ranking;
      // The same trees with a stricter threshold: it restores nothing and removes what lies between the two.
      const between = premises.filter(({ suitability }) => suitability >= own && suitability < threshold);
      expect(row).toMatchObject({ shadowId, outcome: "scored", restored: 0, removed: between.length });
      expect(row).toMatchObject({ activeThreshold: own, candidateThreshold: threshold });
      expect(row.keptByActive! - row.keptByCandidate!).toBe(between.length);
      expect(new Set(row.premisesIds)).toEqual(new Set(between.slice(0, 50).map((one) => one.premisesId)));
      expect(row.activeSuitabilities).toEqual(row.candidateSuitabilities);
      expect(row.durationMs).toBeGreaterThan(0);
    }
    expect(found.some((row) => row.removed! > 0)).toBe(true);
    expect(found.at(-1)).toMatchObject({ leadId: null, trades: ["кофейня"], bank: "left" });
  });

  test("is told lead by lead, by bank and trade, with examples", async () => {
    await startShadow(asUser("admin"), { modelId: mild! });
    for (const leadId of [...leadIds.slice(0, 4), leadIds[0]!]) await matchLead(ctx, { leadId });
    await scoreWaiting(ctx);
    const { findings, ...around } = await showShadow(asUser("owner"), { modelId: mild! });
    expect(around).toEqual({ runningModelId: mild, eligible: true, mayShadow: false, workerRuns: false });
    const all = await rows();
    const latest = all.slice(1);
    expect(findings).toMatchObject({ againstModelId: active, ending: null, waiting: 0, startedBy: "user:1" });
    expect(findings!.totals).toMatchObject({
      scored: 5,
      failed: 0,
      leads: 4,
      changedLeads: latest.filter((row) => row.restored! > 0).length,
      restored: latest.reduce((sum, row) => sum + row.restored!, 0),
      removed: 0,
      lastFailure: null,
    });
    expect(findings!.totals.restored).toBeGreaterThan(0);
    expect(findings!.banks.reduce((sum, bank) => sum + bank.leads, 0)).toBe(4);
    expect(findings!.trades.reduce((sum, trade) => sum + trade.leads, 0)).toBeGreaterThanOrEqual(4);
    const [example] = findings!.examples;
    expect(example!.restored).toBe(Math.max(...latest.map((row) => row.restored!)));
    for (const { name, activeSuitability, candidateSuitability } of example!.premises) {
      expect(name).toMatch(/^Помещение /);
      expect(activeSuitability).toBeLessThan(example!.activeThreshold);
      expect(candidateSuitability).toBeGreaterThanOrEqual(example!.candidateThreshold);
    }
    expect((await showShadow(ctx, { modelId: strict! })).findings).toBeNull();
  });

  test("that breaks is seen by whoever looks at the model, and by no one who asks for a match", async () => {
    await startShadow(ctx, { modelId: strict! });
    await ctx.db.update(shadows).set({ modelId: missing! });
    const match = await matchLead(ctx, { leadId: leadIds[0]! });
    expect(match.modelId).toBe(active);
    expect(await scoreWaiting(ctx)).toMatchObject({ scored: 0, failed: 1 });
    const { findings } = await showShadow(ctx, { modelId: missing! });
    expect(findings!.totals).toMatchObject({ scored: 0, failed: 1, p95Ms: null, changedLeads: 0 });
    expect(findings!.totals.lastFailure).toMatch(/000000/);
    expect(findings!.examples).toEqual([]);
  });

  test("compares as the manager would have seen it: with his taste, and not after he has marked again", async () => {
    const leadId = leadIds[0]!;
    const mark = async () => {
      const { ranking, runId } = await matchLead(ctx, { leadId });
      const removed = ranking.premises.find((one) => one.verdict === "remove")!;
      const wanted = { leadId, premisesId: removed.premisesId, mark: "wrongly_removed" as const, managerId, runId };
      await markMistake(ctx, { ...wanted, idempotencyKey: crypto.randomUUID() });
    };
    await mark();
    const { shadowId } = await startShadow(ctx, { modelId: other! });
    await matchLead(ctx, { leadId });
    expect(await scoreWaiting(ctx)).toMatchObject({ scored: 1 });
    // The very same model with the very same taste finds the very same list.
    expect((await rows())[0]).toMatchObject({ restored: 0, removed: 0 });
    await mark();
    expect(await scoreWaiting(ctx)).toMatchObject({ scored: 0, outdated: 1 });
    await stopShadow(ctx, { shadowId });
  });

  test("leaves out what it cannot compare or what is too much, and counts it", async () => {
    await startShadow(ctx, { modelId: strict! });
    await matchLead(ctx, { leadId: leadIds[0]! });
    await ctx.db.update(marketState).set({ version: 77 });
    expect(await scoreWaiting(ctx)).toMatchObject({ outdated: 1 });
    for (const leadId of leadIds.slice(0, 5)) await matchLead(ctx, { leadId });
    const [first] = await ctx.db.select().from(matchRuns).orderBy(desc(matchRuns.createdAt)).limit(1);
    await ctx.db.update(matchRuns).set({ modelId: other! }).where(eq(matchRuns.id, first!.id));
    expect(await scoreWaiting(ctx, { waitingMax: 2 })).toMatchObject({ queue_full: 3, scored: 1, other_model: 1 });
    const { findings } = await showShadow(ctx, { modelId: strict! });
    expect(findings!.totals).toMatchObject({ queueFull: 3, outdated: 1, otherModel: 1, scored: 1 });
    expect(findings!.waiting).toBe(0);
    // One whose turn does not come before the end is told, too; what is asked after it is not its business.
    await matchLead(ctx, { leadId: leadIds[0]! });
    await stopShadow(ctx, { shadowId: findings!.shadowId });
    await matchLead(ctx, { leadId: leadIds[1]! });
    expect((await showShadow(ctx, { modelId: strict! })).findings).toMatchObject({ ending: "stopped", waiting: 1 });
  });
});

describe("who puts a candidate into the shadow", () => {
  test("an administrator, one at a time, and each deed is in the audit log", async () => {
    for (const role of ["manager", "owner"] as const) {
      await expect(startShadow(asUser(role), { modelId: strict! })).rejects.toMatchObject({ code: "forbidden" });
      await expect(stopShadow(asUser(role), { shadowId: 1 })).rejects.toMatchObject({ code: "forbidden" });
    }
    await expect(showShadow(asUser("manager"), { modelId: strict! })).rejects.toMatchObject({ code: "forbidden" });
    const begun = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) => startShadow(asUser("admin"), { modelId: i % 2 ? strict! : mild! })),
    );
    const won = begun.filter((one) => one.status === "fulfilled");
    expect(won).toHaveLength(1);
    for (const one of begun) if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "conflict" });
    const { shadowId } = won[0]!.value;
    await stopShadow(asUser("admin"), { shadowId });
    await expect(stopShadow(asUser("admin"), { shadowId })).rejects.toMatchObject({ code: "conflict" });
    const lines = await ctx.db
      .select()
      .from(auditLog)
      .where(eq(auditLog.action, "model:shadow"))
      .orderBy(asc(auditLog.id));
    expect(lines.slice(-2).map(({ actor, detail }) => [actor, detail])).toEqual([
      ["user:1", { deed: "start", shadowId, against: active }],
      ["user:1", { deed: "stop", shadowId }],
    ]);
  });

  test("nobody where there is nothing to compare, no candidate, or no file", async () => {
    await expect(startShadow(ctx, { modelId: active! })).rejects.toMatchObject({ code: "conflict" });
    await expect(startShadow(ctx, { modelId: missing! })).rejects.toMatchObject({ code: "unavailable" });
    await expect(startShadow(ctx, { modelId: 999_999 })).rejects.toMatchObject({ code: "not_found" });
    await ctx.db.delete(modelAliases);
    await expect(startShadow(ctx, { modelId: strict! })).rejects.toMatchObject({ code: "conflict" });
    expect(await scoreWaiting(ctx)).toBeNull();
  });
});

describe("it ends by itself", () => {
  const ending = async () => (await ctx.db.select().from(shadows))[0]!.ending;

  test("when the candidate goes live", async () => {
    await startShadow(ctx, { modelId: strict! });
    await promoteModel(ctx, { modelId: strict!, override });
    expect(await ending()).toBe("promoted");
    await matchLead(ctx, { leadId: leadIds[0]! });
    expect(await scoreWaiting(ctx)).toBeNull();
    expect((await showShadow(ctx, { modelId: strict! })).eligible).toBe(false);
  });

  test("when another goes live or the active one is rolled back", async () => {
    await startShadow(ctx, { modelId: strict! });
    await promoteModel(ctx, { modelId: mild!, override });
    expect(await ending()).toBe("active_changed");
    await ctx.db.delete(shadows);
    await startShadow(ctx, { modelId: strict! });
    await rollBackModel(ctx);
    expect(await ending()).toBe("active_changed");
  });

  test("whatever the race between starting and swapping, no shadow compares with a model that is not active", async () => {
    for (let round = 0; round < 20; round++) {
      await Promise.allSettled([
        startShadow(ctx, { modelId: strict! }),
        round % 2 ? rollBackModel(ctx) : promoteModel(ctx, { modelId: mild!, override }),
      ]);
      const [alias] = await ctx.db.select().from(modelAliases);
      const running = (await ctx.db.select().from(shadows)).filter((one) => one.endedAt === null);
      for (const one of running) expect(one.againstModelId).toBe(alias!.modelId);
      await ctx.db.delete(shadows);
    }
  });
});
