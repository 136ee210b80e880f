import type { PriceGuide, PricePoint } from "./ranked.ts";

/** Rents that are tried, as parts of what is asked. */
export const PRICE_FACTORS: readonly number[] = Array.from({ length: 13 }, (_, i) => Math.round(70 + 5 * i) / 100);

/** Of so few rubles the rounded ones would not rise. */
const NOT_ROUNDED_BELOW = 100;

/** The rents of a curve, rising; whole rubles, but what is asked as it is. Empty where nothing is asked. */
export function rentsToTry(askingRubMonth: number): number[] {
  if (!(askingRubMonth > 0)) return [];
  const whole = (rent: number) => (askingRubMonth < NOT_ROUNDED_BELOW ? rent : Math.round(rent));
  return PRICE_FACTORS.map((factor) => (factor === 1 ? askingRubMonth : whole(askingRubMonth * factor)));
}

/** With fewer similar leases the whole market's range says what was seen. */
const SIMILAR_MIN = 5;

/**
 * What to ask: the chance of a deal at each tried rent, the rent with the highest expected income among the rents that
 * were seen, and what similar leases paid. `probabilities` belong to `rentsToTry`; `similar` are rising rents per m²;
 * `market`: the lowest and highest rent per m² that the training saw.
 */
export function priceGuide(input: {
  askingRubMonth: number;
  areaSqm: number;
  probabilities: ArrayLike<number>;
  similar: ArrayLike<number>;
  market: { lowestRubSqmMonth: number; highestRubSqmMonth: number };
}): PriceGuide {
  const { askingRubMonth, areaSqm, similar, market } = input;
  const enough = similar.length >= SIMILAR_MIN;
  const lowest = enough ? similar[0]! : market.lowestRubSqmMonth;
  const highest = enough ? similar[similar.length - 1]! : market.highestRubSqmMonth;
  const curve = rentsToTry(askingRubMonth)
    .slice(0, input.probabilities.length)
    .map((rentRubMonth, i): PricePoint => {
      const rentSqm = rentRubMonth / areaSqm;
      const seen = rentSqm >= lowest && rentSqm <= highest;
      return { rentRubMonth, probability: input.probabilities[i]!, beyondSeen: !seen };
    });
  let best: PricePoint | null = null;
  for (const point of curve) if (!point.beyondSeen && (!best || income(point) > income(best))) best = point;
  return { askingRubMonth, curve, bestRubMonth: best?.rentRubMonth ?? Number.NaN, similar: quartiles(similar) };
}

function income({ rentRubMonth, probability }: PricePoint): number {
  return rentRubMonth * probability;
}

function quartiles(rising: ArrayLike<number>): PriceGuide["similar"] {
  const n = rising.length;
  if (n === 0) return null;
  const at = (share: number) => {
    const place = share * (n - 1);
    const low = rising[Math.floor(place)]!;
    return low + (place - Math.floor(place)) * (rising[Math.ceil(place)]! - low);
  };
  return { n, q25RubSqmMonth: at(0.25), medianRubSqmMonth: at(0.5), q75RubSqmMonth: at(0.75) };
}
