import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { readArtifact, writeArtifact } from "./artifact.ts";
import type { MarketHistory } from "./facts.ts";
import { catalog, featureSetId } from "./features/catalog.ts";
import { Pair, pairOf, Scene } from "./features/pair.ts";
import { vectorize } from "./features/vectorize.ts";
import { modelSettings } from "./model-settings.ts";
import { openSession } from "./onnx/session.ts";
import { treesToOnnx } from "./onnx/to-onnx.ts";
import { CanaryFailed, openModel, type RankingModel } from "./rank.ts";
import type { RankRequest } from "./ranked.ts";
import { rankByHandRules } from "./ranking/by-hand-rules.ts";
import { learnableRows } from "./testing/learnable-rows.ts";
import { makeMarket } from "./testing/synthetic-market.ts";
import { MarketTimeline } from "./timeline.ts";
import { train } from "./training/train.ts";
import { trainBooster } from "./xgboost/booster.ts";
import { parseTrees } from "./xgboost/trees.ts";

const history = makeMarket({ seed: 5, leads: 9000, premises: 160, managers: 8, years: 5 }).history();
const parameters = { suitabilityRounds: 40, dealRounds: 30, randomNegatives: 15, hardNegatives: 5 };
const timeline = new MarketTimeline(history);

let artifact: Uint8Array;
let model: RankingModel;
beforeAll(async () => {
  ({ artifact } = await train(history, { asOfDay: history.snapshotDay, seed: 7, parameters }));
  model = await openModel(artifact);
}, 120_000);

const requestOf = (lead: MarketHistory["leads"][number], over: Partial<RankRequest> = {}): RankRequest => ({
  lead,
  managerId: history.managers[0]!.managerId,
  asOfDay: history.snapshotDay - 20,
  taste: null,
  ...over,
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

  it("shows for every removed premises only a change that keeps it when it is scored, whenever there is one", async () => {
    const opened = readArtifact(artifact, featureSetId, modelSettings);
    const features = catalog(opened.settings.vocabulary);
    const session = await openSession(opened.heads.suitability.onnx);
    const seen: Record<string, number> = {};
    let farthest = 0;
    for (const lead of history.leads.slice(-30)) {
      const request = requestOf(lead);
      const { premises, threshold } = await model.rank(timeline, request);
      for (const [place, one] of premises.filter(({ verdict }) => verdict === "remove").entries()) {
        if (!one.remedy) continue;
        const { phrase, values } = one.remedy;
        seen[phrase] = (seen[phrase] ?? 0) + 1;
        farthest = Math.max(farthest, place);
        if (phrase === "rent") {
          const scene = new Scene(timeline, lead, request.managerId, request.asOfDay);
          const at = scene.standing.free.premises.indexOf(timeline.indexOf(one.premisesId));
          const { index, sinceDay, openingRentRubMonth } = pairOf(scene, at);
          const cheaper = new Pair(scene, index, Number(values.rentRubMonth), sinceDay, openingRentRubMonth);
          const [margin] = await session.margins(vectorize(features, [cheaper]), 1, features.length);
          expect(1 / (1 + Math.exp(-margin!))).toBeGreaterThanOrEqual(threshold);
        } else {
          const wish =
            phrase === "bank"
              ? { bank: "any" as const }
              : phrase === "district"
                ? { districts: [...lead.districts, String(values.district)] }
                : Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value ?? Number.NaN]));
          const again = await model.scorePair(timeline, { ...request, lead: { ...lead, ...wish } }, one.premisesId);
          expect(again?.verdict, `${phrase} of ${one.premisesId}`).toBe("keep");
        }
      }
      expect(premises.every(({ verdict, remedy }) => verdict === "remove" || remedy === null)).toBe(true);
    }
    await session.close();
    expect(Object.keys(seen).length).toBeGreaterThan(2);
    expect(farthest).toBeGreaterThan(24);
  });

  it("counts a manager's taste when it looks for a change", async () => {
    const taste = { marks: 300, countedMarks: 300, weights: { over_budget: -3, other_bank: -3 }, spreads: {} };
    let changes = 0;
    for (const lead of history.leads.filter(({ budgetRubMonth }) => budgetRubMonth > 0).slice(-30)) {
      const request = requestOf(lead, { taste });
      const { premises } = await model.rank(timeline, request);
      for (const { premisesId, remedy } of premises) {
        if (remedy?.phrase !== "budget" && remedy?.phrase !== "bank") continue;
        const wish = remedy.phrase === "bank" ? { bank: "any" as const } : remedy.values;
        const again = await model.scorePair(timeline, { ...request, lead: { ...lead, ...wish } }, premisesId);
        expect(again?.verdict).toBe("keep");
        changes++;
      }
    }
    expect(changes).toBeGreaterThan(3);
  });

  it("says of one premises what it says of it among all, and says it when it is read", async () => {
    const request = requestOf(history.leads.at(-1)!);
    const [lazy, told] = [await model.rank(timeline, request), await model.rank(timeline, request)];
    await told.told();
    const { reasons } = told.premises[3]!;
    expect(told.premises[3]!.reasons).toBe(reasons);
    expect(lazy.premises[3]!.reasons).toEqual(reasons);
    expect(lazy.premises.toReversed().map((one) => ({ ...one }))).toEqual(told.premises.toReversed());
    expect(JSON.parse(JSON.stringify(lazy.premises[0]))).toHaveProperty("reasons.0.code");
  });

  it("judges one premises that is free alone, with a reason and a curve", async () => {
    const premises = history.premises.slice(0, 1);
    const { premisesId, rentRubMonth } = premises[0]!;
    const free = { premisesId, fromDay: 0, toDay: Number.POSITIVE_INFINITY, rentRubMonth };
    const request = requestOf(history.leads.at(-1)!);
    for (const vacancy of [free, { ...free, rentRubMonth: Number.NaN }]) {
      const alone = new MarketTimeline({ ...history, premises, vacancies: [vacancy] });
      const { premises: ranked } = await model.rank(alone, request);
      expect(ranked).toHaveLength(1);
      expect(ranked[0]!.reasons.length).toBeGreaterThan(0);
      const isCurveDue = ranked[0]!.verdict === "keep" && vacancy.rentRubMonth > 0;
      expect(ranked[0]!.price.curve).toHaveLength(isCurveDue ? 13 : 0);
      const { verdict, suitability, probability } = ranked[0]!;
      expect(await model.scorePair(alone, request, premisesId)).toEqual({ verdict, suitability, probability });
    }
  });

  it("answers premises of which nothing is known", async () => {
    const unknown = Number.NaN;
    const premises = history.premises.map(({ premisesId }) => ({
      ...{ premisesId, areaSqm: unknown, rentRubMonth: unknown, floor: unknown, fitOut: unknown, builtYear: unknown },
      ...{ managed: unknown, water: unknown, sewerage: unknown, documents: unknown },
      ...{ bank: null, district: null, section: null },
    }));
    const vacancies = history.vacancies.map((vacancy) => ({ ...vacancy, rentRubMonth: unknown }));
    const blank = new MarketTimeline({ ...history, premises, vacancies });
    const ranking = await model.rank(blank, requestOf(history.leads.at(-1)!));
    await ranking.told();
    expect(ranking.premises).toHaveLength(timeline.freeOn(history.snapshotDay - 20).count);
    for (const { probability, reasons, remedy, price } of ranking.premises) {
      expect(probability).toBeGreaterThanOrEqual(0);
      expect(reasons.length).toBeGreaterThan(0);
      expect(remedy?.phrase).not.toBe("rent");
      expect(price).toMatchObject({ curve: [], bestRubMonth: Number.NaN, similar: null });
    }
  });
});

describe("a long list", () => {
  const size = 1300;
  const premises = Array.from({ length: size }, (_, i) => {
    const original = history.premises[i % history.premises.length]!;
    return {
      ...original,
      premisesId: `${original.premisesId}-${i}`,
      areaSqm: original.areaSqm * (0.7 + (i % 13) / 20),
    };
  });
  const vacancies = premises.map(({ premisesId, rentRubMonth }, i) => {
    const fromDay = history.snapshotDay - 40 - (i % 90);
    return { premisesId, fromDay, toDay: Number.POSITIVE_INFINITY, rentRubMonth: rentRubMonth * (0.8 + (i % 7) / 15) };
  });
  const long = new MarketTimeline({ ...history, premises, vacancies });
  const taste = { marks: 30, countedMarks: 30, weights: { over_budget: -1, managed: 1 }, spreads: {} };

  it("is scored in slices to the same last bit, and the event loop has its turns", async () => {
    let turns = 0;
    const others = setInterval(() => turns++, 0);
    const request = requestOf(history.leads.at(-2)!, { taste });
    const ranking = await model.rank(long, request);
    await ranking.told();
    clearInterval(others);
    expect(turns).toBeGreaterThan(1);
    expect(ranking.premises).toHaveLength(size);
    for (const place of [0, 1, 511, 512, 777, 1024, size - 1]) {
      const { premisesId, verdict, suitability, probability } = ranking.premises[place]!;
      expect(await model.scorePair(long, request, premisesId)).toEqual({ verdict, suitability, probability });
    }
    expect(ranking.premises.every(({ reasons }) => reasons.length > 0)).toBe(true);
  });

  it("hashes the very matrix that a training would have made of it", async () => {
    const request = requestOf(history.leads.at(-2)!);
    const scene = new Scene(long, request.lead, request.managerId, request.asOfDay);
    const features = catalog(readArtifact(artifact, featureSetId, modelSettings).settings.vocabulary);
    const pairs = Array.from({ length: size }, (_, at) => pairOf(scene, at));
    const matrix = vectorize(features, pairs);
    const sha256 = createHash("sha256").update(new Uint8Array(matrix.buffer)).digest("hex");
    expect((await model.rank(long, request)).featuresSha256).toBe(sha256);
    // What was kept of the day's premises serves the next lead as well.
    const other = { ...request, lead: history.leads.at(-9)! };
    expect((await model.rank(long, other)).featuresSha256).not.toBe(sha256);
    expect((await model.rank(long, request)).featuresSha256).toBe(sha256);
  });
});

describe("opening a model", () => {
  it("refuses damaged bytes", async () => {
    await expect(openModel(artifact.slice(0, 5000))).rejects.toThrow(/cut short/);
    const damaged = artifact.slice();
    damaged[damaged.length >> 1]! ^= 1;
    await expect(openModel(damaged)).rejects.toThrow(/SHA-256/);
  });

  it("refuses heads that answer otherwise than they did, by the runtime and by the walk, and columns of another vocabulary", async () => {
    const { trees: _, ...whole } = readArtifact(artifact, featureSetId, modelSettings);
    const { suitability, deal } = whole.heads;
    const swapped = { suitability: { ...suitability, onnx: deal.onnx }, deal };
    await expect(openModel(writeArtifact({ ...whole, heads: swapped }))).rejects.toThrow(CanaryFailed);
    const walked = { suitability: { ...suitability, modelJson: deal.modelJson }, deal };
    await expect(openModel(writeArtifact({ ...whole, heads: walked }))).rejects.toThrow(CanaryFailed);
    const vocabulary = { ...whole.settings.vocabulary, districts: whole.settings.vocabulary.districts.slice(1) };
    const settings = { ...whole.settings, vocabulary };
    await expect(openModel(writeArtifact({ ...whole, settings }))).rejects.toThrow(/retrain, or roll back/);
  });

  it("refuses a head of another width", async () => {
    const { trees: _, ...whole } = readArtifact(artifact, featureSetId, modelSettings);
    const data = learnableRows(300, 7, 1);
    const { modelJson } = await trainBooster({ ...data, parameters: { threads: 1 }, rounds: 3 });
    const narrow = { ...whole.heads.deal, onnx: treesToOnnx(parseTrees(modelJson)) };
    const bytes = writeArtifact({ ...whole, heads: { ...whole.heads, deal: narrow } });
    await expect(openModel(bytes)).rejects.toThrow(CanaryFailed);
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
