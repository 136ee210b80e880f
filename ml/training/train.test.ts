import { beforeAll, describe, expect, it } from "vitest";
import { gate } from "../evaluation/gate.ts";
import { readReport } from "../evaluation/report.ts";
import type { MarketHistory } from "../facts.ts";
import { openModel, type RankingModel } from "../rank.ts";
import type { RankRequest } from "../ranked.ts";
import { rankByHandRules } from "../ranking/by-hand-rules.ts";
import { makeMarket } from "../testing/synthetic-market.ts";
import { MarketTimeline } from "../timeline.ts";
import { type TrainedModel, TrainingRefused, train } from "./train.ts";

const history = makeMarket({ seed: 5, leads: 9000, premises: 160, managers: 8, years: 5 }).history();
const parameters = { suitabilityRounds: 40, dealRounds: 30, randomNegatives: 15, hardNegatives: 5 };
const options = { asOfDay: history.snapshotDay, seed: 7, parameters };
const timeline = new MarketTimeline(history);

let trained: TrainedModel;
let model: RankingModel;
beforeAll(async () => {
  trained = await train(history, options);
  model = await openModel(trained.artifact);
}, 120_000);

const requestOf = (lead: MarketHistory["leads"][number], over: Partial<RankRequest> = {}): RankRequest => ({
  lead,
  managerId: history.managers[0]!.managerId,
  asOfDay: history.snapshotDay - 20,
  taste: null,
  ...over,
});

describe("a training", () => {
  it("gives the same bytes for the same history, day and seed, and others for another seed", async () => {
    expect(Buffer.compare((await train(history, options)).artifact, trained.artifact)).toBe(0);
    expect(Buffer.compare((await train(history, { ...options, seed: 8 })).artifact, trained.artifact)).not.toBe(0);
  }, 240_000);

  it("gives the same bytes whatever the order of the records' rows", async () => {
    const turned = Object.fromEntries(
      Object.entries(history).map(([noun, rows]) => [noun, Array.isArray(rows) ? rows.toReversed() : rows]),
    ) as unknown as MarketHistory;
    expect(Buffer.compare((await train(turned, options)).artifact, trained.artifact)).toBe(0);
  }, 120_000);

  it("proves itself: parity, better than the baselines, a threshold that says what it rests on", () => {
    const { report, thresholdBasis, threshold } = trained;
    expect(report.parity).toMatchObject({ ok: true, flipped: 0 });
    expect(gate(report, null)).toEqual({ ok: true, reasons: [] });
    const [own, ...baselines] = report.rankers;
    expect(baselines.map((ranker) => ranker.name)).toEqual([
      "logistic_regression",
      "deals_only_trees",
      "hand_rules",
      "hot_list",
      "random",
    ]);
    for (const name of ["deals_only_trees", "hand_rules", "hot_list", "random"]) {
      const other = baselines.find((ranker) => ranker.name === name)!;
      expect(own!.aucWithinLead.value!, name).toBeGreaterThan(other.aucWithinLead.value!);
    }
    expect(thresholdBasis).toMatchObject({ source: "offered_and_rented", alpha: 0.2 });
    expect(thresholdBasis.n).toBeGreaterThan(50);
    expect(threshold).toBeGreaterThan(0);
    expect(own!.ownThreshold.lossless.value!).toBeGreaterThan(0.75);
    expect(readReport(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  it("refuses with code and numbers what it cannot learn from", async () => {
    const refusalOf = async (over: Partial<MarketHistory>) => {
      const error = await train({ ...history, ...over }, options).catch((error: unknown) => error);
      if (!(error instanceof TrainingRefused)) throw error;
      return error;
    };
    expect(await refusalOf({ vacancies: [] })).toMatchObject({ code: "no_vacancies" });
    expect(await refusalOf({ premises: [] })).toMatchObject({ code: "no_premises" });
    expect(await refusalOf({ offers: history.offers.slice(0, 30), leases: [] })).toMatchObject({
      code: "too_few_pairs",
    });
    const lost = history.offers.map((offer) => ({ ...offer, outcome: "lost" as const }));
    const refused = await refusalOf({ offers: lost, leases: [] });
    expect(refused).toMatchObject({ code: "too_few_deals", numbers: { deals: 0 } });
  });

  it("stops when it is told to", async () => {
    const stop = new AbortController();
    stop.abort(new Error("enough"));
    await expect(train(history, { ...options, signal: stop.signal })).rejects.toThrow("enough");
  });

  it("learns from one manager, too", async () => {
    const [only] = history.managers;
    const offers = history.offers.map((offer) => ({ ...offer, managerId: only!.managerId }));
    const one = await train({ ...history, managers: [only!], offers }, options);
    expect(one.report.parity.ok).toBe(true);
  }, 120_000);
});

describe("a ranking", () => {
  it("judges every free premises once, ranks the kept by probability and gives each a reason", async () => {
    for (const lead of history.leads.slice(-12)) {
      const request = requestOf(lead);
      const { premises, threshold } = await model.rank(timeline, request);
      const free = timeline.freeOn(request.asOfDay);
      const ids = Array.from(free.premises, (index) => timeline.premises[index]!.premisesId);
      expect(premises.map((one) => one.premisesId).sort()).toEqual(ids.sort());
      const kept = premises.filter((one) => one.verdict === "keep");
      expect(kept.map((one) => one.rank)).toEqual(kept.map((_, place) => place + 1));
      for (const [place, one] of kept.entries()) {
        expect(one.suitability).toBeGreaterThanOrEqual(threshold);
        if (place > 0) expect(one.probability).toBeLessThanOrEqual(kept[place - 1]!.probability);
      }
      expect(premises.every((one) => one.reasons.length > 0)).toBe(true);
    }
  });

  it("never lets a dearer rent raise the chance, and asks for what was seen", async () => {
    const rankings = await Promise.all(history.leads.slice(-6).map((lead) => model.rank(timeline, requestOf(lead))));
    const guides = rankings.flatMap((ranking) => ranking.premises.filter((one) => one.verdict === "keep"));
    expect(guides.length).toBeGreaterThan(20);
    for (const { price, probability } of guides) {
      expect(price.curve).toHaveLength(13);
      for (let i = 1; i < 13; i++)
        expect(price.curve[i]!.probability).toBeLessThanOrEqual(price.curve[i - 1]!.probability);
      expect(price.curve[6]).toMatchObject({ rentRubMonth: price.askingRubMonth, probability });
      const seen = price.curve.filter((point) => !point.beyondSeen);
      const incomes = seen.map((point) => point.rentRubMonth * point.probability);
      if (seen.length === 0) expect(price.bestRubMonth).toBeNaN();
      else expect(price.bestRubMonth).toBe(seen[incomes.indexOf(Math.max(...incomes))]!.rentRubMonth);
    }
  });

  it("scores a pair to the same last bit from the premises' side", async () => {
    const request = requestOf(history.leads.at(-1)!);
    const { premises } = await model.rank(timeline, request);
    for (const one of [premises[0]!, premises.at(-1)!]) {
      const { verdict, suitability, probability } = one;
      expect(await model.scorePair(timeline, request, one.premisesId)).toEqual({ verdict, suitability, probability });
    }
    expect(await model.scorePair(timeline, request, "nowhere")).toBeNull();
  });

  it("scores many leads for one premises to the same last bit as each of their lists", async () => {
    const asOfDay = history.snapshotDay - 20;
    const premisesId = timeline.premises[timeline.freeOn(asOfDay).premises[1]!]!.premisesId;
    const taste = { marks: 30, countedMarks: 30, weights: { over_budget: -1, managed: 1 }, spreads: {} };
    const leads = history.leads.slice(-600).map((lead, i) => ({
      lead,
      managerId: i % 5 === 0 ? null : history.managers[i % history.managers.length]!.managerId,
      taste: i % 2 === 0 ? null : taste,
    }));
    const scores = await model.scoreLeads(timeline, { premisesId, asOfDay, leads });
    expect(scores).toHaveLength(leads.length);
    for (const i of [0, 1, 5, 7, 511, 512, 599]) {
      const { premises } = await model.rank(timeline, { ...leads[i]!, asOfDay });
      const { verdict, suitability, probability } = premises.find((one) => one.premisesId === premisesId)!;
      expect(scores![i]).toMatchObject({ verdict, suitability, probability });
    }
    expect(new Set(scores!.map((one) => one.suitability)).size).toBeGreaterThan(100);
    expect(scores!.every(({ reasons }) => reasons.length > 0)).toBe(true);
    expect(await model.scoreLeads(timeline, { premisesId, asOfDay, leads: [] })).toEqual([]);
    expect(await model.scoreLeads(timeline, { premisesId: "nowhere", asOfDay, leads })).toBeNull();
  });

  it("answers a lead of which nothing is known, an unknown manager, an unseen trade, and a day with nothing free", async () => {
    const unknown = Number.NaN;
    const blank = {
      leadId: null,
      createdDay: unknown,
      brand: null,
      trades: [],
      networkSize: unknown,
      areaFromSqm: unknown,
      areaToSqm: unknown,
      budgetRubMonth: unknown,
      bank: null,
      districts: [],
    };
    for (const request of [
      requestOf(blank),
      requestOf(blank, { managerId: null }),
      requestOf({ ...blank, trades: ["space port"], districts: ["Moon"] }, { managerId: "nobody" }),
    ])
      expect((await model.rank(timeline, request)).premises).toHaveLength(timeline.freeOn(request.asOfDay).count);
    expect((await model.rank(timeline, requestOf(blank, { asOfDay: -1000 }))).premises).toEqual([]);
  });

  it("shows only remedies that keep the premises when they are scored", async () => {
    const lead = history.leads.findLast((one) => Number.isFinite(one.areaToSqm))!;
    const request = requestOf(lead);
    const { premises } = await model.rank(timeline, request);
    const cheaper = premises.filter((one) => one.remedy?.phrase === "rent");
    for (const { premisesId, remedy } of cheaper) {
      const rentRubMonth = Number(remedy!.values.rentRubMonth);
      const vacancies = history.vacancies.map((vacancy) =>
        vacancy.premisesId === premisesId && vacancy.fromDay <= request.asOfDay && vacancy.toDay > request.asOfDay
          ? { ...vacancy, rentRubMonth }
          : vacancy,
      );
      const free = new MarketTimeline({ ...history, vacancies });
      const again = await model.scorePair(free, request, premisesId);
      expect(again?.suitability).toBeGreaterThan(premises.find((one) => one.premisesId === premisesId)!.suitability);
    }
  });

  it("refuses damaged bytes", async () => {
    await expect(openModel(trained.artifact.slice(0, 5000))).rejects.toThrow(/cut short/);
    const damaged = trained.artifact.slice();
    damaged[damaged.length >> 1]! ^= 1;
    await expect(openModel(damaged)).rejects.toThrow(/SHA-256/);
  });
});

it("the hand rules answer without a model: every free premises once, a reason each", () => {
  const request = requestOf(history.leads.at(-1)!);
  const { premises, threshold } = rankByHandRules(timeline, request);
  expect(premises).toHaveLength(timeline.freeOn(request.asOfDay).count);
  for (const one of premises) {
    expect(one.verdict).toBe(one.suitability >= threshold ? "keep" : "remove");
    expect(one.reasons.length).toBeGreaterThan(0);
  }
});

describe("the active model", () => {
  const weeksEarlier = history.snapshotDay - 150;

  it("is held against the new one on the leads that it has not seen", async () => {
    const before = await train(history, { ...options, asOfDay: weeksEarlier });
    const { report, artifact } = await train(history, {
      ...options,
      active: { sha256: "before", artifact: before.artifact },
    });
    expect(report.active).toEqual({ sha256: "before", leftOut: null, message: null });
    const active = report.rankers.find(({ name }) => name === "active")!;
    expect(active.leads).toBeGreaterThan(19);
    expect(active.leads).toBeLessThan(report.testLeads);
    expect(active.ownThreshold.threshold).toBe(before.threshold);
    const difference = report.differences.find(({ name }) => name === "active")!;
    expect(difference.leads).toBe(active.leads);
    expect(difference.aucWithinLead.low!).toBeLessThan(difference.aucWithinLead.high!);
    expect(gate(report, { sha256: "before", report: before.report })).toEqual({ ok: true, reasons: [] });
    // Being compared changes nothing in what is made.
    expect(Buffer.compare(artifact, trained.artifact)).toBe(0);
  }, 240_000);

  it.each([
    ["that has seen every lead", () => trained.artifact, "too_few_leads"],
    ["whose file is damaged", () => trained.artifact.slice(0, 5000), "unreadable"],
  ])(
    "%s is left out, and the report says why",
    async (_, artifact, leftOut) => {
      const { report } = await train(history, { ...options, active: { sha256: "this", artifact: artifact() } });
      expect(report.active).toMatchObject({ sha256: "this", leftOut, message: expect.any(String) });
      expect(report.rankers.map(({ name }) => name)).not.toContain("active");
    },
    240_000,
  );
});
