import { describe, expect, it } from "vitest";
import { makeMarket } from "../testing/synthetic-market.ts";
import { MarketTimeline } from "../timeline.ts";
import { anyVocabulary, catalog, featureSetId } from "./catalog.ts";
import { modelCard } from "./model-card.ts";
import { Pair, pairOf, Scene } from "./pair.ts";
import { vectorize } from "./vectorize.ts";

const history = makeMarket({ seed: 4, leads: 4000, premises: 80, managers: 4, years: 3 }).history();
const timeline = new MarketTimeline(history);
const features = catalog(anyVocabulary);

describe("the catalog", () => {
  it("names every feature once", () => {
    expect(new Set(features.map((feature) => feature.name)).size).toBe(features.length);
    expect(featureSetId).toMatch(/^[0-9a-f]{16}$/);
  });

  it("binds every feature that moves with the rent, and each grows with it", () => {
    let moved = 0;
    for (const lead of history.leads.slice(-40)) {
      const scene = new Scene(timeline, lead, history.managers[0]!.managerId, history.snapshotDay - 30);
      const pair = pairOf(scene, 3);
      const at = (rent: number) =>
        vectorize(features, [new Pair(scene, pair.index, rent, pair.sinceDay, pair.openingRentRubMonth)]);
      const rents = [0.5, 0.7, 0.9, 1, 1.1, 1.3, 2].map((factor) => at(pair.rentRubMonth * factor));
      for (const [column, { monotone, name }] of features.entries())
        for (let i = 1; i < rents.length; i++) {
          const [lower, higher] = [rents[i - 1]![column]!, rents[i]![column]!];
          if (monotone === -1) expect(higher >= lower || Number.isNaN(higher), name).toBe(true);
          else expect(Object.is(higher, lower), name).toBe(true);
          if (higher > lower) moved++;
        }
    }
    expect(moved).toBeGreaterThan(0);
  });

  it("says truly what each feature hangs on", () => {
    const day = history.snapshotDay - 30;
    const managers = [null, ...history.managers.map((manager) => manager.managerId)];
    const scenes = history.leads.slice(-12).map((lead, i) => new Scene(timeline, lead, managers[i % 5]!, day));
    const rows = scenes.map((scene) => Array.from({ length: 20 }, (_, at) => vectorize(features, [pairOf(scene, at)])));
    for (const [column, { scope, name }] of features.entries())
      for (const [s, row] of rows.entries())
        for (const [at, values] of row.entries()) {
          if (scope === "lead") expect(Object.is(values[column], row[0]![column]), `${name} of scene ${s}`).toBe(true);
          if (scope === "premises")
            expect(Object.is(values[column], rows[0]![at]![column]), `${name} of premises ${at}`).toBe(true);
        }
  });

  it("never gives infinity, and no zero for what a card does not say", () => {
    const unknown = Number.NaN;
    const blank = {
      ...history.leads[0]!,
      trades: [],
      brand: null,
      areaFromSqm: unknown,
      areaToSqm: unknown,
      budgetRubMonth: 0,
      networkSize: unknown,
      bank: null,
      districts: [],
    };
    const scene = new Scene(timeline, blank, null, history.snapshotDay);
    const matrix = vectorize(features, [pairOf(scene, 0)]);
    expect(matrix.some((value) => value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY)).toBe(
      false,
    );
    for (const name of ["area_to_from", "rent_to_budget", "other_bank", "district_wished", "manager_load", "rival"])
      expect(matrix[features.findIndex((feature) => feature.name === name)], name).toBeNaN();
  });
});

it("the model card tells every definition, and the page in docs is the one of this build", async () => {
  const card = modelCard();
  for (const { name } of features) expect(card).toContain(`| \`${name}\` |`);
  expect(card).toContain(featureSetId);
  await expect(card).toMatchFileSnapshot("../../docs/model-card.md");
});
