import { describe, expect, it } from "vitest";
import type { LeadFacts, PremisesFacts } from "../facts.ts";
import { tasteMarketOf } from "../testing/taste-market.ts";
import { type TasteFeatureName, tasteFeatureNames, tasteFeatures } from "./taste-features.ts";

const emptyLead: LeadFacts = {
  ...{ leadId: "1", createdDay: 0, brand: null, trades: [], networkSize: Number.NaN, bank: null, districts: [] },
  ...{ areaFromSqm: Number.NaN, areaToSqm: Number.NaN, budgetRubMonth: Number.NaN },
};
const emptyPremises: PremisesFacts = {
  ...{ premisesId: "1", bank: null, district: null, section: null },
  ...{ areaSqm: Number.NaN, rentRubMonth: Number.NaN, floor: Number.NaN, fitOut: Number.NaN, builtYear: Number.NaN },
  ...{ managed: Number.NaN, water: Number.NaN, sewerage: Number.NaN, documents: Number.NaN },
};
const districts = [
  { name: "Ленинский", bank: "left", xKm: 0, yKm: 0 },
  { name: "Центральный", bank: "right", xKm: 5, yKm: 0 },
] as const;
const market = tasteMarketOf([{ ...emptyPremises, areaSqm: 50, rentRubMonth: 40_000 }], districts, 60);

function feature(name: TasteFeatureName, lead: Partial<LeadFacts>, premises: Partial<PremisesFacts>): number {
  const features = tasteFeatures({ ...emptyLead, ...lead }, { ...emptyPremises, ...premises }, market);
  return features[tasteFeatureNames.indexOf(name)]!;
}

describe("tasteFeatures", () => {
  it("is zero throughout where nothing is known", () => {
    const nowhere = tasteMarketOf([], [], Number.NaN);
    expect(tasteFeatures(emptyLead, emptyPremises, nowhere)).toEqual(tasteFeatureNames.map(() => 0));
  });

  it.each<[TasteFeatureName, Partial<LeadFacts>, Partial<PremisesFacts>, number]>([
    ["over_budget", { budgetRubMonth: 100_000 }, { rentRubMonth: 90_000 }, 0],
    ["over_budget", { budgetRubMonth: 100_000 }, { rentRubMonth: 100_000 * Math.exp(0.25) }, 1],
    ["over_budget", { budgetRubMonth: 1 }, { rentRubMonth: 1e8 }, 3],
    ["other_bank", { bank: "left" }, { bank: "right" }, 1],
    ["other_bank", { bank: "any" }, { bank: "right" }, 0],
    ["other_bank", { bank: "left" }, { district: "Центральный" }, 1],
    ["other_bank", { districts: ["Ленинский"] }, { bank: "right" }, 1],
    ["other_bank", { districts: ["Ленинский", "Центральный"] }, { bank: "right" }, 0],
    ["other_bank", { districts: ["Неведомый"] }, { bank: "right" }, 0],
    ["other_district", { districts: ["Ленинский"] }, { district: "Центральный" }, 1],
    ["other_district", { districts: ["Ленинский"] }, {}, 0],
    ["basement", {}, { floor: -1 }, 1],
    ["upper_floor", {}, { floor: 2 }, 1],
    ["area_off", { areaFromSqm: 50, areaToSqm: 100 }, { areaSqm: 70 }, 0],
    ["area_off", { areaToSqm: 100 }, { areaSqm: 100 * Math.exp(0.5) }, 1],
    ["area_off", { areaFromSqm: 100 }, { areaSqm: 100 * Math.exp(-1) }, 2],
    ["area_off", {}, { areaSqm: 60 }, 0],
    ["area_off", {}, { areaSqm: 600 }, Math.log(600 / 96) / 0.5],
    ["bare_walls", {}, { fitOut: 0 }, 1],
    ["bare_walls", {}, { fitOut: 2 }, 0],
    ["managed", {}, { managed: 1 }, 1],
    ["price_level", {}, { areaSqm: 50, rentRubMonth: 40_000 * Math.exp(-0.4) }, -1],
  ])("%s of %o and %o is %d", (name, lead, premises, value) => {
    expect(feature(name, lead, premises)).toBeCloseTo(Math.min(3, value), 10);
  });
});
