import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { leads, marks, markWithdrawals, matchRuns, modelAliases } from "#/db/schema/index.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import type { Ctx } from "../context.ts";
import { dateOfDay } from "../days.ts";
import { markMistake } from "../feedback/mark-mistake.ts";
import { matchLead } from "../matching/match-lead.ts";
import { promoteModel } from "../models/promote-model.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { useTestHome } from "../testing/test-home.ts";
import { smallMarket, trainOn } from "../testing/train-small-market.ts";
import { measureTaste } from "./measure-taste.ts";
import { showTaste } from "./show-taste.ts";

const database = useTestDatabase();
const home = useTestHome();
let ctx: Ctx;
const market = smallMarket(8);
const offers = market.history().offers.slice(-40);
const [anna, boris] = [...new Set(offers.map((offer) => offer.managerId!))] as [string, string];
const [first, second] = [...new Map(offers.map((offer) => [offer.leadId, offer])).values()];
/** Each mark is a millisecond later than the one before, as the clock has it. */
let clock = new Date("2026-11-20T05:00:00Z").getTime();

beforeAll(async () => {
  ctx = testCtx(database.connection, undefined, { home: home.path });
  const { modelId } = await trainOn(ctx, market);
  await promoteModel(ctx, { modelId, override: "a test answers for it" });
  await ctx.db.update(leads).set({ managerId: null }).where(eq(leads.id, first!.leadId));
}, 120_000);

async function list(managerId: string, offer = second!, withTaste = true) {
  const match = await matchLead(ctx, { leadId: offer.leadId, managerId, asOf: dateOfDay(offer.offeredDay), withTaste });
  return match.ranking.premises.map((one) => [one.premisesId, one.suitability] as const);
}

async function markAll(managerId: string, count: number): Promise<string[]> {
  const match = await matchLead(ctx, { leadId: first!.leadId, managerId, asOf: dateOfDay(first!.offeredDay) });
  const removed = match.ranking.premises.filter((one) => one.verdict === "remove").slice(0, count);
  const rows = await ctx.db
    .insert(marks)
    .values(
      removed.map((one) => ({
        leadId: first!.leadId,
        premisesId: one.premisesId,
        managerId,
        mark: "wrongly_removed" as const,
        asOf: match.asOf,
        createdBy: "test",
        createdAt: new Date(++clock),
      })),
    )
    .returning({ id: marks.id });
  return rows.map((row) => row.id);
}

test("a mark moves the next list of who made it, nobody else's, and its withdrawal moves it back", async () => {
  const plain = { anna: await list(anna, second, false), boris: await list(boris, second, false) };
  expect(await list(anna)).toEqual(plain.anna);
  const borisMarks = await markAll(boris, 4);
  const settled = await list(boris);
  expect(settled).not.toEqual(plain.boris);
  expect(await list(anna)).toEqual(plain.anna);

  // Enough that what is known of how managers differ is learned anew: still his own list alone.
  const made: string[] = [];
  for (let i = 0; i < 6; i++) made.push(...(await markAll(anna, 10)));
  expect(made.length).toBeGreaterThan(0);
  expect(await list(anna)).not.toEqual(plain.anna);
  expect(await list(boris)).toEqual(settled);

  await ctx.db
    .insert(markWithdrawals)
    .values(made.map((markId) => ({ markId, withdrawnBy: "test", withdrawnAt: new Date(++clock) })));
  expect(await list(anna)).toEqual(plain.anna);
  expect(await list(boris)).toEqual(settled);
  await ctx.db
    .insert(markWithdrawals)
    .values(borisMarks.map((markId) => ({ markId, withdrawnBy: "test", withdrawnAt: new Date(++clock) })));
  expect(await list(boris)).toEqual(plain.boris);
});

test("a mark is in the next list of who made it within a second, and in nobody else's", async () => {
  const before = { anna: await list(anna), boris: await list(boris) };
  const match = await matchLead(ctx, { leadId: first!.leadId, managerId: anna, asOf: dateOfDay(first!.offeredDay) });
  const removed = match.ranking.premises.filter((one) => one.verdict === "remove").slice(0, 3);
  const tookMs: number[] = [];
  for (const { premisesId } of removed) {
    const began = performance.now();
    const mark = { leadId: first!.leadId, premisesId, mark: "wrongly_removed" as const, runId: match.runId };
    await markMistake(ctx, { ...mark, managerId: anna, idempotencyKey: randomUUID() });
    const next = await list(anna);
    tookMs.push(performance.now() - began);
    expect(next).not.toEqual(before.anna);
    before.anna = next;
  }
  expect(await list(boris)).toEqual(before.boris);
  const median = tookMs.toSorted((a, b) => a - b)[1]!;
  process.stderr.write(
    `from a mark to the next list that knows it: ${tookMs.map((ms) => ms.toFixed(0)).join(", ")} ms\n`,
  );
  expect(median).toBeLessThan(1000);
  await ctx.db.execute(sql`
    insert into mark_withdrawals (mark_id, withdrawn_by)
    select id, 'test' from marks where manager_id = ${anna} on conflict do nothing`);
});

test("another process finds the same taste", async () => {
  await markAll(boris, 5);
  await markAll(anna, 9);
  await markAll(boris, 9);
  const here = await list(boris);
  globalThis.ostapTastes = undefined;
  expect(await list(boris)).toEqual(here);
});

describe("what the marks changed", () => {
  const as = (managerId: string | null): Ctx => ({
    ...ctx,
    actor: { kind: "user", userId: 1, name: "x", role: "manager", managerId },
  });

  test("is told to oneself alone, and nothing is told of nobody", async () => {
    const stranger: Ctx = { ...ctx, actor: { kind: "anonymous" } };
    await expect(measureTaste(stranger)).rejects.toMatchObject({ code: "unauthenticated" });
    await expect(showTaste(stranger)).rejects.toMatchObject({ code: "unauthenticated" });
    expect(await measureTaste(as(null))).toMatchObject({ state: "no-taste", boards: 0 });
    expect(await showTaste(as(null))).toMatchObject({ state: "no-manager", words: null });
  });

  test("is the difference of his latest boards with his taste and without it, each lead once", async () => {
    await ctx.db.delete(matchRuns);
    const boards = [...new Map(offers.map((offer) => [offer.leadId, offer])).values()].slice(0, 8);
    await ctx.db.update(leads).set({ managerId: boris });
    expect(await measureTaste(as(boris))).toMatchObject({ state: "no-boards" });
    const turned: string[] = [];
    for (const { leadId, offeredDay } of boards) {
      const day = { now: () => new Date((offeredDay + 0.25) * 86_400_000) };
      const verdicts = async (withTaste: boolean) => {
        const { ranking } = await matchLead({ ...ctx, ...day }, { leadId, withTaste });
        return new Map(ranking.premises.map(({ premisesId, verdict }) => [premisesId, verdict]));
      };
      const [plain, own] = [await verdicts(false), await verdicts(true)];
      for (const [premisesId, verdict] of own)
        if (plain.get(premisesId) !== verdict) turned.push(`${leadId} ${premisesId} ${verdict}`);
    }
    const effect = await measureTaste(as(boris));
    expect(turned.length).toBeGreaterThan(0);
    expect(effect).toMatchObject({
      state: "measured",
      boards: boards.length,
      changedBoards: new Set(turned.map((one) => one.split(" ")[0])).size,
      rescued: turned.filter((one) => one.endsWith("keep")).length,
      removed: turned.filter((one) => one.endsWith("remove")).length,
    });
    for (const { leadId, premisesId, decision } of effect.examples)
      expect(turned).toContain(`${leadId} ${premisesId} ${decision}`);
    await ctx.db.update(leads).set({ managerId: anna }).where(eq(leads.id, boards[0]!.leadId));
    expect((await measureTaste(as(boris))).boards).toBe(boards.length - 1);
  });

  test("the taste is told in words, each leaning with the marks that taught it", async () => {
    const taste = await showTaste(as(boris));
    expect(taste.state).toBe("learned");
    expect(taste.words).toMatch(/^ваш[иа] \d+ отмет/);
    expect((await showTaste({ ...as(boris), locale: "en" })).words).toMatch(/^your \d+ mark/);
    const own = new Set((await ctx.db.select().from(marks).where(eq(marks.managerId, boris))).map(({ id }) => id));
    for (const { n, examples, strength } of taste.leanings) {
      expect(examples.length).toBe(Math.min(3, n));
      expect(examples.every(({ markId }) => own.has(markId))).toBe(true);
      expect(strength).toBeGreaterThan(0);
      expect(strength).toBeLessThan(1);
    }
    const alias = await ctx.db.select().from(modelAliases);
    await ctx.db.delete(modelAliases);
    try {
      expect(await showTaste(as(boris))).toMatchObject({ state: "no-model", marks: taste.marks, leanings: [] });
    } finally {
      await ctx.db.insert(modelAliases).values(alias);
    }
  });
});
