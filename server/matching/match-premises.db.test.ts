import { eq, inArray } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { deals, leads, leases, marks, modelAliases } from "#/db/schema/index.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import type { Ctx } from "../context.ts";
import { dateOfDay } from "../days.ts";
import { activeModel } from "../models/active-model.ts";
import { promoteModel } from "../models/promote-model.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { useTestHome } from "../testing/test-home.ts";
import { smallMarket, trainOn } from "../testing/train-small-market.ts";
import { openMarket } from "./market-timeline.ts";
import { matchLead } from "./match-lead.ts";
import { matchPremises, matchPremisesInput, type PremisesMatch } from "./match-premises.ts";

const database = useTestDatabase();
const home = useTestHome();
let ctx: Ctx;
const market = smallMarket(11);
const history = market.history();
const day = history.snapshotDay;
const today = dateOfDay(day);
const [anna, boris] = [...new Set(history.offers.slice(-60).map((offer) => offer.managerId!))] as [string, string];
let premisesIds: string[];

function asUser(role: "manager" | "owner", managerId: string | null): Ctx {
  return { ...ctx, actor: { kind: "user", userId: 1, name: "x", role, managerId } };
}

const match = (asker: Ctx, input: Partial<Parameters<typeof matchPremises>[1]> = {}) =>
  matchPremises(asker, matchPremisesInput.parse({ premisesId: premisesIds[0], ...input }));

/** All pages of an answer. */
async function whole(asker: Ctx, input: Parameters<typeof match>[1] = {}): Promise<PremisesMatch["leads"]> {
  const rows: PremisesMatch["leads"] = [];
  for (let cursor: number | null = 0; cursor !== null; ) {
    const page: PremisesMatch = await match(asker, { ...input, limit: 100, cursor, withReasons: false });
    rows.push(...page.leads);
    cursor = page.nextCursor;
  }
  return rows;
}

beforeAll(async () => {
  ctx = testCtx(database.connection, undefined, { home: home.path });
  const { modelId } = await trainOn(ctx, market);
  await promoteModel(ctx, { modelId, override: "a test answers for it" });
  ctx = { ...ctx, now: () => new Date((day + 0.25) * 86_400_000) };
  const { timeline } = await openMarket(ctx);
  premisesIds = Array.from(timeline.freeOn(day).premises, (index) => timeline.premises[index]!.premisesId);
  // The records keep the leads that were worked on; the same wishes come again, and nobody has worked on them yet.
  const wishes = await ctx.db.select().from(leads).limit(160);
  const recent = wishes.map((_, i) => `open-${i}`);
  await ctx.db
    .insert(leads)
    .values(
      wishes.map((row, i) => ({ ...row, id: `open-${i}`, managerId: null, createdOn: dateOfDay(day - (i % 91)) })),
    );
  await ctx.db
    .update(leads)
    .set({ managerId: anna })
    .where(inArray(leads.id, recent.slice(0, 25)));
  await ctx.db
    .update(leads)
    .set({ managerId: boris })
    .where(inArray(leads.id, recent.slice(25, 50)));
  // Each has a taste of his own: what the model removed for him was wrongly removed.
  for (const [managerId, leadId] of [
    [anna, recent[0]!],
    [boris, recent[25]!],
  ] as const) {
    const { ranking } = await matchLead(ctx, { leadId });
    const wrong = ranking.premises.filter(({ verdict }) => verdict === "remove").slice(0, 8);
    await ctx.db.insert(marks).values(
      wrong.map(({ premisesId }, i) => ({
        ...{ leadId, premisesId, managerId, mark: "wrongly_removed" as const, asOf: today, createdBy: "test" },
        createdAt: new Date(ctx.now().getTime() + i),
      })),
    );
  }
}, 120_000);

describe("a pair", () => {
  test("scores the same from the premises as from the lead, to the last bit, tastes included", async () => {
    const boards = [
      { asker: asUser("owner", null) },
      { asker: asUser("manager", anna) },
      { asker: asUser("manager", anna), asOf: dateOfDay(day - 20) },
    ];
    for (const { asker, asOf } of boards) {
      const scores = new Map<string, PremisesMatch["leads"][number]>();
      const tried = premisesIds.slice(0, 4);
      for (const premisesId of tried)
        for (const one of await whole(asker, { premisesId, asOf })) scores.set(`${one.lead.leadId} ${premisesId}`, one);
      const open = [...new Set([...scores.values()].map(({ lead }) => lead.leadId))];
      const some = [...open.slice(0, 12), ...open.slice(-12)];
      for (const leadId of some) {
        const board = await matchLead(asker, { leadId, asOf, withTaste: asOf === undefined });
        for (const premisesId of tried) {
          const one = scores.get(`${leadId} ${premisesId}`);
          // Not free on that day: then it is on no board either.
          if (!one) {
            expect(board.premises.has(premisesId)).toBe(false);
            continue;
          }
          const other = board.ranking.premises.find((ranked) => ranked.premisesId === premisesId)!;
          expect([one.decision, one.suitability, one.probability]).toEqual([
            other.verdict,
            other.suitability,
            other.probability,
          ]);
        }
      }
    }
  });

  test("is moved by the taste of its own manager and by nobody else's", async () => {
    const own = await whole(asUser("manager", anna), { whose: "mine" });
    const seenByOwner = await whole(asUser("owner", null));
    for (const one of own)
      expect(seenByOwner.find(({ lead }) => lead.leadId === one.lead.leadId)?.suitability).toBe(one.suitability);
    const [plain] = await Promise.all([
      matchLead(asUser("manager", anna), { leadId: own[0]!.lead.leadId, withTaste: false }),
    ]);
    const moved = plain!.ranking.premises.find(({ premisesId }) => premisesId === premisesIds[0])!;
    expect(own[0]!.suitability).not.toBe(moved.suitability);
  });
});

describe("the list", () => {
  test("holds the leads of ninety days without a won deal or a lease, kept first, and pages without gap or repetition", async () => {
    const rows = await whole(ctx);
    const successful = new Set([
      ...history.offers.filter(({ outcome }) => outcome === "won").map(({ leadId }) => leadId),
      ...history.leases.filter(({ startDay }) => startDay <= day).map(({ leadId }) => leadId),
    ]);
    const came = await ctx.db.select().from(leads);
    const expected = came.filter(({ id, createdOn }) => createdOn >= dateOfDay(day - 90) && !successful.has(id));
    expect(expected.length).toBeGreaterThan(160);
    expect(rows.map(({ lead }) => lead.leadId).toSorted()).toEqual(expected.map(({ id }) => id).toSorted());
    const answer = await match(ctx);
    expect([answer.total, answer.kept + answer.removed]).toEqual([expected.length, expected.length]);
    const kept = rows.filter(({ decision }) => decision === "keep");
    expect(rows.slice(0, kept.length)).toEqual(kept);
    expect(kept.map(({ probability }) => probability)).toEqual(
      kept.map(({ probability }) => probability).toSorted((a, b) => b - a),
    );
    for (const { reasons } of answer.leads) {
      expect(reasons.length).toBeGreaterThan(0);
      expect(reasons.every(({ text }) => /\p{Script=Cyrillic}/u.test(text))).toBe(true);
    }
  });

  test("puts one's own first where that is asked, and shows one verdict alone", async () => {
    const asker = asUser("manager", anna);
    const rows = await whole(asker, { ownFirst: true });
    const mine = rows.filter(({ lead }) => lead.mine);
    expect(mine.length).toBeGreaterThan(0);
    expect(rows.slice(0, mine.length)).toEqual(mine);
    expect((await whole(asker, { decision: "remove" })).every(({ decision }) => decision === "remove")).toBe(true);
  });

  test("tells what was offered before, and of a past day only what was known then", async () => {
    const [first] = await whole(ctx);
    const leadId = first!.lead.leadId;
    const deal = { leadId, premisesId: premisesIds[0]!, createdOn: today, closedOn: today, stage: "lost" as const };
    await ctx.db.insert(deals).values({ id: "offered", ...deal });
    const find = async () => (await whole(ctx)).find(({ lead }) => lead.leadId === leadId);
    expect((await find())?.offered).toEqual({ on: today, stage: "lost" });
    await ctx.db.update(deals).set({ stage: "won" }).where(eq(deals.id, "offered"));
    expect(await find()).toBeUndefined();
    const yesterday = await whole(ctx, { asOf: dateOfDay(day - 1) });
    const then = yesterday.find(({ lead }) => lead.leadId === leadId);
    if (yesterday.length > 0) expect(then?.offered ?? null).toBeNull();
    await ctx.db.delete(deals).where(eq(deals.id, "offered"));
    await ctx.db.insert(leases).values({ id: "paid", leadId, premisesId: premisesIds[1]!, startOn: today });
    expect(await find()).toBeUndefined();
    await ctx.db.delete(leases).where(eq(leases.id, "paid"));
  });

  test("of a day on which the premises was not free judges nobody", async () => {
    expect(await match(ctx, { asOf: "2001-01-01" })).toMatchObject({ isFree: false, total: 0, leads: [] });
  });
});

describe("who may ask", () => {
  test("a manager sees his own leads and those nobody has, an owner all of them, a stranger none", async () => {
    const visible = await whole(asUser("manager", anna));
    expect(new Set(visible.map(({ lead }) => lead.managerId))).toEqual(new Set([anna, null]));
    expect(new Set((await whole(asUser("owner", null))).map(({ lead }) => lead.managerId))).toEqual(
      new Set([anna, boris, null]),
    );
    expect((await whole(asUser("manager", null))).every(({ lead }) => lead.managerId === null)).toBe(true);
    const mine = await whole(asUser("manager", anna), { whose: "mine" });
    expect(mine.every(({ lead }) => lead.managerId === anna)).toBe(true);
    await expect(match({ ...ctx, actor: { kind: "anonymous" } })).rejects.toMatchObject({ code: "unauthenticated" });
  });

  test("nobody asks about tomorrow or about premises that are not there", async () => {
    await expect(match(ctx, { asOf: dateOfDay(day + 1) })).rejects.toMatchObject({ code: "invalid", place: "asOf" });
    await expect(match(ctx, { premisesId: "nowhere" })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("without a sound model", () => {
  test("the hand rules answer as they do on the board, and say so", async () => {
    const alias = await ctx.db.select().from(modelAliases);
    await ctx.db.delete(modelAliases);
    try {
      const answer = await match(ctx);
      expect(answer.model).toBeNull();
      for (const one of answer.leads.slice(0, 10)) {
        const board = await matchLead(ctx, { leadId: one.lead.leadId });
        const other = board.ranking.premises.find(({ premisesId }) => premisesId === premisesIds[0])!;
        expect([one.decision, one.suitability, one.probability]).toEqual([
          other.verdict,
          other.suitability,
          other.probability,
        ]);
        expect(one.reasons.length).toBeGreaterThan(0);
      }
    } finally {
      await ctx.db.insert(modelAliases).values(alias);
    }
  });

  test("a model that answers nonsense is not believed", async () => {
    const { model } = (await activeModel(ctx))!;
    const sound = model.scoreLeads;
    const errors: unknown[] = [];
    const log = {
      ...ctx.log,
      error: (fields: unknown) => errors.push(fields),
      info: () => {},
    } as unknown as Ctx["log"];
    model.scoreLeads = async (...asked) => {
      const scores = await sound.apply(model, asked);
      return scores?.map((one) => ({ ...one, suitability: Number.NaN })) ?? null;
    };
    try {
      expect((await match({ ...ctx, log })).model).toBeNull();
      expect(errors).toHaveLength(1);
    } finally {
      model.scoreLeads = sound;
    }
  });
});
