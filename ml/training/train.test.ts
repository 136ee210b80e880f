import { beforeAll, describe, expect, it } from "vitest";
import { gate } from "../evaluation/gate.ts";
import { readReport } from "../evaluation/report.ts";
import type { MarketHistory } from "../facts.ts";
import { makeMarket } from "../testing/synthetic-market.ts";
import { type TrainedModel, TrainingRefused, train } from "./train.ts";

const history = makeMarket({ seed: 5, leads: 9000, premises: 160, managers: 8, years: 5 }).history();
const parameters = { suitabilityRounds: 40, dealRounds: 30, randomNegatives: 15, hardNegatives: 5 };
const options = { asOfDay: history.snapshotDay, seed: 7, parameters };

let trained: TrainedModel;
beforeAll(async () => {
  trained = await train(history, options);
}, 120_000);

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
    expect(report.level!.leads).toBeGreaterThan(19);
    expect(report.level!.leads).toBeLessThan(151);
    expect(report.recordedDeals.map(({ ranker, split }) => [ranker, split])).toEqual([
      ["candidate", "time"],
      ["deals_only_trees", "time"],
      ["deals_only_trees", "shuffled_75_25"],
    ]);
    expect(report.differences.map(({ name }) => name)).toEqual(baselines.map(({ name }) => name));
    for (const { name, aucWithinLead, keptAt8Of10, curve, leads } of report.rankers) {
      expect(leads, name).toBe(report.testLeads);
      for (const { value, low, high } of [aucWithinLead, keptAt8Of10]) {
        expect(low!, name).toBeLessThanOrEqual(value!);
        expect(high!, name).toBeGreaterThanOrEqual(value!);
      }
      expect(curve.at(-1), name).toMatchObject({ recall: 1, lossless: 1 });
    }
    const leadsOf = (kind: string) =>
      report.segments.filter((one) => one.kind === kind).reduce((sum, { leads }) => sum + leads, 0);
    expect(leadsOf("year")).toBe(report.testLeads);
    expect(leadsOf("trade")).toBeGreaterThan(0);
    expect(report.segments.every(({ leads, small }) => small === leads < 30)).toBe(true);
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

  it("tells no level of serving where nearly every lead of the last stretch was marked", async () => {
    const judgements = history.offers.map(({ leadId, premisesId, managerId, offeredDay }, n) => ({
      ...{ leadId, premisesId, managerId, asOfDay: offeredDay, saidDay: offeredDay },
      ...{ suitable: n % 2 === 0, source: "mark" as const },
    }));
    const { report } = await train({ ...history, judgements }, options);
    expect(report.testLeads).toBeGreaterThan(19);
    expect(report.level).toBeUndefined();
  }, 120_000);

  it("learns from one manager, too", async () => {
    const [only] = history.managers;
    const offers = history.offers.map((offer) => ({ ...offer, managerId: only!.managerId }));
    const one = await train({ ...history, managers: [only!], offers }, options);
    expect(one.report.parity.ok).toBe(true);
  }, 120_000);
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
