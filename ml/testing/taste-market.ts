import type { Bank, DistrictFacts, PremisesFacts } from "../facts.ts";
import type { TasteMarket } from "../personalize/taste-features.ts";

/**
 * The market of one day as taste sees it. `free`: the premises that are free, with the rents of that day.
 * `tradeAreaSqm`: NaN where no trade is known or the trade has no past.
 */
export function tasteMarketOf(
  free: readonly PremisesFacts[],
  districts: readonly DistrictFacts[],
  tradeAreaSqm: number,
): TasteMarket {
  const rents = free
    .map(({ rentRubMonth, areaSqm }) => rentRubMonth / areaSqm)
    .filter((rent) => rent > 0 && Number.isFinite(rent))
    .sort((a, b) => a - b);
  const banks = districts.flatMap(({ name, bank }): [string, Bank][] => (bank === null ? [] : [[name, bank]]));
  return {
    medianRentRubSqmMonth: rents.length === 0 ? Number.NaN : rents[rents.length >> 1]!,
    tradeAreaSqm,
    bankOfDistrict: new Map(banks),
  };
}
