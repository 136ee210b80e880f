import type { Bank, LeadFacts, PremisesFacts } from "../facts.ts";

/**
 * What managers are known to differ in, as features of a pair. All are 0 where a fact is missing or there is nothing to
 * have a taste about, so that an unknown never moves a premises; all are scaled so that 1 is a marked case.
 */
export const tasteFeatureNames = [
  "over_budget",
  "other_bank",
  "other_district",
  "basement",
  "upper_floor",
  "area_off",
  "bare_walls",
  "managed",
  "price_level",
] as const;

export type TasteFeatureName = (typeof tasteFeatureNames)[number];

/** What a pair's taste features need to know of the day's market; NaN where unknown. */
export interface TasteMarket {
  /** Median rent per m² of the premises that are free that day. */
  medianRentRubSqmMonth: number;
  /** What the lead's trades usually take, from months before; stands in where the card names no area. */
  tradeAreaSqm: number;
  /** Which bank a district lies on; lets wished districts speak for an empty bank. */
  bankOfDistrict: ReadonlyMap<string, Bank>;
}

/** How far above or below the trade's usual area still counts as usual. */
const usualAreaFactor = 1.6;

/**
 * The taste features of one pair, in the order of `tasteFeatureNames`, each within -3..3.
 * `premises.rentRubMonth` must be the asking rent of the day that is judged.
 */
export function tasteFeatures(lead: LeadFacts, premises: PremisesFacts, market: TasteMarket): number[] {
  const features: Record<TasteFeatureName, number> = {
    over_budget: Math.max(0, Math.log(premises.rentRubMonth / lead.budgetRubMonth)) / 0.25,
    other_bank: otherBank(lead, premises, market),
    other_district:
      lead.districts.length > 0 && premises.district !== null && !lead.districts.includes(premises.district) ? 1 : 0,
    basement: premises.floor < 0 ? 1 : 0,
    upper_floor: premises.floor > 1 ? 1 : 0,
    area_off: areaOff(lead, premises.areaSqm, market.tradeAreaSqm) / 0.5,
    bare_walls: premises.fitOut === 0 ? 1 : 0,
    managed: premises.managed === 1 ? 1 : 0,
    price_level: Math.log(premises.rentRubMonth / premises.areaSqm / market.medianRentRubSqmMonth) / 0.4,
  };
  return tasteFeatureNames.map((name) => bounded(features[name]));
}

/** Missing contributes nothing; a wild number contributes no more than a marked case does. */
function bounded(value: number): number {
  return Number.isNaN(value) ? 0 : Math.min(3, Math.max(-3, value));
}

function otherBank(lead: LeadFacts, premises: PremisesFacts, market: TasteMarket): number {
  const bank = premises.bank ?? (premises.district === null ? undefined : market.bankOfDistrict.get(premises.district));
  if (bank === undefined) return 0;
  if (lead.bank !== null) return lead.bank === "any" || lead.bank === bank ? 0 : 1;
  const wished = lead.districts.map((district) => market.bankOfDistrict.get(district));
  return wished.length > 0 && wished.every((other) => other !== undefined && other !== bank) ? 1 : 0;
}

/** How far the area lies outside the wish, as |log ratio| to its nearer end; 0 inside. */
function areaOff(lead: LeadFacts, areaSqm: number, tradeAreaSqm: number): number {
  const wishless = Number.isNaN(lead.areaFromSqm) && Number.isNaN(lead.areaToSqm);
  const from = wishless ? tradeAreaSqm / usualAreaFactor : lead.areaFromSqm;
  const to = wishless ? tradeAreaSqm * usualAreaFactor : lead.areaToSqm;
  if (areaSqm < from) return Math.log(from / areaSqm);
  if (areaSqm > to) return Math.log(areaSqm / to);
  return Number.isNaN(areaSqm) ? Number.NaN : 0;
}
