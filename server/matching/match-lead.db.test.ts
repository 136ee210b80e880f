import { and, eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { deals, leads, leases, marketState, marks, matchRuns, modelAliases, vacancies } from "#/db/schema/index.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import type { Ctx } from "../context.ts";
import { dateOfDay, dayOfDate } from "../days.ts";
import { activeModel } from "../models/active-model.ts";
import { promoteModel } from "../models/promote-model.ts";
import { describePremises } from "../premises/describe-premises.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { useTestHome } from "../testing/test-home.ts";
import { smallMarket, trainOn } from "../testing/train-small-market.ts";
import { leadFactsFromJson } from "./facts-from-rows.ts";
import { openMarket } from "./market-timeline.ts";
import { matchLead } from "./match-lead.ts";
import { showBoard } from "./show-board.ts";
import { weighPremises } from "./weigh-premises.ts";

const database = useTestDatabase();
const home = useTestHome();
let ctx: Ctx;
const market = smallMarket(6);
const history = market.history();
const offers = history.offers.slice(-60);
const [anna, boris] = [...new Set(offers.map((offer) => offer.managerId!))] as [string, string];
const leadId = offers.at(-1)!.leadId;
const asOf = dateOfDay(offers.at(-1)!.offeredDay);

function asUser(role: "manager" | "owner" | "admin", managerId: string | null): Ctx {
  return { ...ctx, actor: { kind: "user", userId: 1, name: "x", role, managerId } };
}

beforeAll(async () => {
  ctx = testCtx(database.connection, undefined, { home: home.path });
  const { modelId } = await trainOn(ctx, market);
  await promoteModel(ctx, { modelId, override: "a test answers for it" });
  await ctx.db.update(leads).set({ managerId: anna }).where(eq(leads.id, leadId));
}, 120_000);

describe("the answer", () => {
  test("holds every premises that was free on the day, once, and no other", async () => {
    for (const offer of offers.slice(0, 12)) {
      const day = offer.offeredDay;
      const match = await matchLead(ctx, { leadId: offer.leadId, asOf: dateOfDay(day) });
      const rows = await ctx.db
        .selectDistinct({ id: vacancies.premisesId })
        .from(vacancies)
        .where(
          sql`${vacancies.fromOn} <= ${dateOfDay(day)} and (${vacancies.toOn} is null or ${vacancies.toOn} > ${dateOfDay(day)})`,
        );
      expect(match.ranking.premises.map((one) => one.premisesId).toSorted()).toEqual(
        rows.map((one) => one.id).toSorted(),
      );
      expect([...match.premises.keys()].toSorted()).toEqual(rows.map((one) => one.id).toSorted());
      expect(match.modelId).not.toBeNull();
      for (const one of match.ranking.premises) {
        expect(one.verdict).toBe(one.suitability >= match.threshold ? "keep" : "remove");
        expect(one.reasons.length).toBeGreaterThan(0);
      }
      const kept = match.ranking.premises.filter((one) => one.verdict === "keep");
      expect(kept.map((one) => one.rank)).toEqual(kept.map((_, i) => i + 1));
    }
  });

  test("is logged, and its log replays to the same bits", async () => {
    const match = await matchLead(ctx, { leadId, asOf });
    const [run] = await ctx.db.select().from(matchRuns).where(eq(matchRuns.id, match.runId));
    expect(run).toMatchObject({ leadId, managerId: anna, modelId: match.modelId, asOf, requestedBy: "system:cli" });
    const { timeline } = await openMarket(ctx);
    const active = await activeModel(ctx);
    const again = await active!.model.rank(timeline, {
      lead: leadFactsFromJson(run!.leadFacts),
      managerId: run!.managerId,
      asOfDay: dayOfDate(run!.asOf),
      taste: null,
    });
    expect(again.featuresSha256).toBe(run!.featuresSha256);
    expect(again.premises.map((one) => one.premisesId)).toEqual(run!.premisesIds);
    expect(again.premises.map((one) => one.suitability)).toEqual(run!.suitabilities);
    expect(again.premises.map((one) => one.probability)).toEqual(run!.probabilities);
  });

  test("as of a past day is the same, bit for bit, whatever became known since", async () => {
    const day = history.snapshotDay - 200;
    const past = { leadId, asOf: dateOfDay(day) };
    const before = await matchLead(ctx, past);
    const free = before.ranking.premises[0]!.premisesId;
    await ctx.db.insert(deals).values(
      [1, 50].map((later) => ({
        id: `later-${later}`,
        leadId,
        premisesId: free,
        managerId: anna,
        createdOn: dateOfDay(day + later),
        closedOn: dateOfDay(day + later + 3),
        stage: "won" as const,
      })),
    );
    await ctx.db
      .insert(leases)
      .values({ id: "later", leadId, premisesId: free, startOn: dateOfDay(day + 4), rentRubMonth: 1 });
    await ctx.db
      .update(vacancies)
      .set({ toOn: dateOfDay(day + 4) })
      .where(
        and(
          eq(vacancies.premisesId, free),
          sql`${vacancies.fromOn} <= ${past.asOf} and (${vacancies.toOn} is null or ${vacancies.toOn} > ${dateOfDay(day + 4)})`,
        ),
      );
    await ctx.db.update(marketState).set({ version: sql`${marketState.version} + 1` });
    const after = await matchLead(ctx, past);
    expect(after.ranking.featuresSha256).toBe(before.ranking.featuresSha256);
    expect(after.ranking.premises.map((one) => [one.premisesId, one.suitability, one.probability])).toEqual(
      before.ranking.premises.map((one) => [one.premisesId, one.suitability, one.probability]),
    );
  });

  test("for a lead that the CRM has not sent needs nothing to be known", async () => {
    const match = await matchLead(ctx, { lead: {}, asOf });
    expect(match).toMatchObject({ leadRow: null, managerId: null });
    expect(match.ranking.premises.length).toBeGreaterThan(0);
    const [run] = await ctx.db.select().from(matchRuns).where(eq(matchRuns.id, match.runId));
    expect(run).toMatchObject({ leadId: null });
    expect(leadFactsFromJson(run!.leadFacts)).toEqual(match.lead);
  });

  test("of a day before all records is an empty list", async () => {
    const match = await matchLead(ctx, { leadId, asOf: "1999-01-01" });
    expect(match.ranking.premises).toEqual([]);
  });
});

describe("who may ask what", () => {
  test("a manager asks for his own leads and those nobody has; a foreign lead does not exist", async () => {
    expect((await matchLead(asUser("manager", anna), { leadId, asOf })).managerId).toBe(anna);
    await expect(matchLead(asUser("manager", boris), { leadId, asOf })).rejects.toMatchObject({ code: "not_found" });
    const unassigned = offers[0]!.leadId;
    expect((await matchLead(asUser("manager", boris), { leadId: unassigned, asOf })).managerId).toBe(boris);
    expect((await matchLead(asUser("owner", null), { leadId, asOf })).managerId).toBe(anna);
  });

  test("a manager asks in nobody's name but his own; another system may name any manager there is", async () => {
    const foreign = { leadId: offers[0]!.leadId, asOf, managerId: anna };
    await expect(matchLead(asUser("manager", boris), foreign)).rejects.toMatchObject({
      code: "not_found",
      place: "managerId",
    });
    const key: Ctx = { ...ctx, actor: { kind: "apiKey", keyId: 1, name: "crm", scopes: ["match"] } };
    expect((await matchLead(key, foreign)).managerId).toBe(anna);
    await expect(matchLead(key, { ...foreign, managerId: "nobody" })).rejects.toMatchObject({ code: "not_found" });
    const marksOnly: Ctx = { ...ctx, actor: { kind: "apiKey", keyId: 1, name: "crm", scopes: ["marks"] } };
    await expect(matchLead(marksOnly, foreign)).rejects.toMatchObject({ code: "forbidden" });
    await expect(matchLead({ ...ctx, actor: { kind: "anonymous" } }, foreign)).rejects.toMatchObject({
      code: "unauthenticated",
    });
  });

  test("nobody asks about tomorrow", async () => {
    await expect(matchLead(ctx, { leadId, asOf: "2026-11-24" })).rejects.toMatchObject({
      code: "invalid",
      place: "asOf",
    });
    expect((await matchLead(ctx, { leadId })).asOf).toBe("2026-11-23");
    const evening = { ...ctx, now: () => new Date("2026-11-23T17:30:00Z") };
    expect((await matchLead(evening, { leadId })).asOf).toBe("2026-11-24");
  });
});

describe("without a sound model", () => {
  test("the hand rules answer, say so, and give every premises a reason", async () => {
    const alias = await ctx.db.select().from(modelAliases);
    await ctx.db.delete(modelAliases);
    try {
      const match = await matchLead(ctx, { leadId, asOf });
      expect(match).toMatchObject({ modelId: null, thresholdBasis: null });
      expect(match.ranking.premises.length).toBeGreaterThan(0);
      expect(match.ranking.premises.every((one) => one.reasons.length > 0)).toBe(true);
      expect((await showBoard(ctx, { leadId, asOf })).model).toBeNull();
    } finally {
      await ctx.db.insert(modelAliases).values(alias);
    }
  });

  test("a model that answers nonsense is not believed", async () => {
    const active = (await activeModel(ctx))!;
    const sound = active.model.rank;
    const errors: unknown[] = [];
    const log = {
      ...ctx.log,
      error: (fields: unknown) => errors.push(fields),
      info: () => {},
    } as unknown as Ctx["log"];
    active.model.rank = async (...asked) => {
      const ranking = await sound.apply(active.model, asked);
      return { ...ranking, premises: ranking.premises.map((one) => ({ ...one, suitability: Number.NaN })) };
    };
    try {
      expect((await matchLead({ ...ctx, log }, { leadId, asOf })).modelId).toBeNull();
      expect(errors).toHaveLength(1);
    } finally {
      active.model.rank = sound;
    }
  });
});

describe("the board", () => {
  test("words every card in the reader's language and keeps the unknown unknown", async () => {
    const board = await showBoard(ctx, { leadId, asOf });
    const match = await matchLead(ctx, { leadId, asOf, withTaste: false });
    expect(board.items.map((item) => item.premisesId)).toEqual(match.ranking.premises.map((one) => one.premisesId));
    expect(board).toMatchObject({ isToday: false, asOf, lead: { leadId, mine: false } });
    for (const item of board.items) {
      expect(item.reasons.every((reason) => /\p{Script=Cyrillic}/u.test(reason.text))).toBe(true);
      expect(item.reasons.every((reason) => reason.strength >= 0 && reason.strength <= 1)).toBe(true);
      expect(item.freeSinceOn <= asOf).toBe(true);
      expect(Object.values(item).some((value) => Number.isNaN(value))).toBe(false);
    }
    const english = await showBoard({ ...ctx, locale: "en" }, { leadId, asOf });
    expect(english.items.flatMap((item) => item.reasons.map((reason) => reason.text)).join()).toMatch(/[a-z]{3}/);
  });

  test("of today shows the marks of the lead's manager that stand; a replay shows none", async () => {
    const today = await showBoard(ctx, { leadId });
    const one = today.items.at(-1)!;
    const mark = {
      leadId,
      premisesId: one.premisesId,
      mark: "wrongly_removed" as const,
      asOf: today.asOf,
      createdBy: "test",
    };
    await ctx.db.insert(marks).values([
      { ...mark, managerId: anna, reason: "price", createdAt: ctx.now() },
      { ...mark, managerId: boris, mark: "wrongly_kept", createdAt: ctx.now() },
    ]);
    const marked = (await showBoard(ctx, { leadId })).items.filter((item) => item.mark !== null);
    expect(marked.map((item) => [item.premisesId, item.mark?.mark, item.mark?.reason])).toEqual([
      [one.premisesId, "wrongly_removed", "price"],
    ]);
    expect((await showBoard(ctx, { leadId, asOf })).items.every((item) => item.mark === null)).toBe(true);
    await ctx.db.delete(marks);
  });
});

describe("one premises of a board", () => {
  test("has a falling price curve with the best of the rents that were seen", async () => {
    const board = await showBoard(asUser("manager", anna), { leadId, asOf });
    const kept = board.items.filter((item) => item.decision === "keep" && item.rentRubMonth !== null);
    for (const item of kept.slice(0, 5)) {
      const weighed = await weighPremises(asUser("manager", anna), {
        leadId,
        runId: board.runId,
        premisesId: item.premisesId,
      });
      const { curve, bestRubMonth, askingRubMonth } = weighed!.price;
      expect(askingRubMonth).toBe(item.rentRubMonth);
      expect(bestRubMonth).toBe(item.price.best);
      expect(curve.length).toBeGreaterThan(5);
      const asked = curve.find((point) => point.rentRubMonth === item.rentRubMonth);
      expect(asked?.probability).toBeCloseTo(item.probability, 5);
      expect(weighed!.remedy).toBeNull();
      for (const [i, point] of curve.slice(1).entries()) {
        expect(point.rentRubMonth).toBeGreaterThan(curve[i]!.rentRubMonth);
        expect(point.probability).toBeLessThanOrEqual(curve[i]!.probability + 1e-6);
      }
    }
  });

  test("that was removed is told the change that its card tells", async () => {
    const board = await showBoard(asUser("manager", anna), { leadId, asOf });
    const removed = board.items.filter((item) => item.remedy !== null);
    expect(removed.length).toBeGreaterThan(0);
    for (const { premisesId, remedy } of removed.slice(0, 3)) {
      const weighed = await weighPremises(asUser("manager", anna), { leadId, runId: board.runId, premisesId });
      expect(weighed!.remedy).toBe(remedy!.text);
    }
  });

  test("says nothing of another lead's board or of what was not on it, and refuses a foreign lead", async () => {
    const { runId, items } = await showBoard(asUser("manager", anna), { leadId, asOf });
    const { premisesId } = items[0]!;
    const other = offers.find((offer) => offer.leadId !== leadId)!.leadId;
    expect(await weighPremises(ctx, { leadId: other, runId, premisesId })).toBeNull();
    expect(await weighPremises(ctx, { leadId, runId, premisesId: "nope" })).toBeNull();
    await expect(weighPremises(asUser("manager", boris), { leadId, runId, premisesId })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("lists the very leases whose count and quartiles its card shows", async () => {
    const board = await showBoard(asUser("manager", anna), { leadId, asOf });
    const shown = board.items.filter((item) => item.price.similar !== null).slice(0, 10);
    expect(shown.length).toBeGreaterThan(0);
    for (const { premisesId, price } of shown) {
      const { similarLeases } = await describePremises(asUser("manager", anna), { premisesId, asOf });
      expect(similarLeases.length).toBe(price.similar!.n);
      const rising = similarLeases.map((lease) => lease.rentRubMonth / lease.areaSqm).sort((a, b) => a - b);
      const middle = (rising.length - 1) / 2;
      expect((rising[Math.floor(middle)]! + rising[Math.ceil(middle)]!) / 2).toBeCloseTo(price.similar!.median, 6);
    }
  });
});
