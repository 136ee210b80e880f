import { growth, type Wish } from "./market-leads.ts";
import type { Taste } from "./market-managers.ts";
import { districts, type Trade } from "./market-nouns.ts";
import type { MarketRules } from "./market-rules.ts";
import { baseRubSqm, type StockItem } from "./market-stock.ts";
import { pairNormal } from "./random.ts";

/** Of the clients who want a premises so many sign. */
export const signedShare = 0.62;

export interface Neighbours {
  anchor: boolean;
  rival: boolean;
}

/** What a pair is marked down for, named as a refusal would name it. */
export interface Misfit {
  area: number;
  money: number;
  place: number;
  utilities: number;
  condition: number;
}

/** How well a premises truly suits a wish at this rent; about 3 at best, the rules' `suitableFrom` is the border, far below is hopeless. */
export function fitOf(
  seed: number,
  wish: Wish,
  item: StockItem,
  rentRubMonth: number,
  firstDay: number,
  neighbours: Neighbours,
  { whim }: Pick<MarketRules, "whim">,
): number {
  const { area, money, place, utilities, condition } = misfitOf(wish, item, rentRubMonth, firstDay);
  const trade = wish.trades[0] as Trade;
  return (
    2.9 -
    (area + money + place + utilities + condition) +
    (neighbours.anchor ? trade.gainsFromAnchor : 0) -
    (neighbours.rival ? trade.hurtByRival : 0) +
    item.charm +
    whim * pairNormal(seed, wish.index, item.index)
  );
}

export function misfitOf(wish: Wish, item: StockItem, rentRubMonth: number, firstDay: number): Misfit {
  const trade = wish.trades[0] as Trade;
  const off = areaOff(wish, item);
  const over = Math.log(rentRubMonth / wish.budgetRubMonth);
  const dear = Math.log(
    rentRubMonth / item.areaSqm / (baseRubSqm * growth(wish.createdDay - firstDay) * trade.priceLevel ** 0.8),
  );
  return {
    area: wish.minds.area * Math.min(8, (2.1 * off * off) / (1 + 0.2 * off)),
    // Beyond the budget it hurts quickly; below it every rouble less pleases a little.
    money:
      wish.minds.money * (over > 0 ? Math.min(6, 5 * over) : 0.5 * Math.max(-1, over)) + 0.6 * Math.max(-0.8, dear),
    place: wish.minds.place * (Math.min(3.5, 0.3 * kmToWished(wish, item)) + (isOtherBank(wish, item) ? 1 : 0)),
    utilities: trade.water * ((item.water ? 0 : 1.5) + [1.3, 0.4, 0][item.sewerage]!),
    condition:
      (item.floor < 0 ? trade.basement : item.floor > 1 ? trade.upperFloor : 0) +
      (item.fitOut === 0 ? trade.shell : 0) +
      (item.documents ? 0 : 0.2 + 0.4 * wish.networkSize),
  };
}

/** A manager's own leaning on a pair. */
export function tasteOf(taste: Taste, wish: Wish, item: StockItem, rentRubMonth: number): number {
  const over = Math.log(rentRubMonth / wish.budgetRubMonth);
  return (
    taste.overBudget * Math.min(1.5, Math.max(0, over) / 0.25) +
    (isOtherBank(wish, item) ? taste.otherBank : 0) +
    (item.floor < 0 ? taste.basement : 0) +
    taste.area * Math.min(2, areaOff(wish, item)) +
    (item.fitOut === 0 ? taste.shell : 0) +
    (item.managed ? taste.managed : 0)
  );
}

/** The chance that a client who is shown the premises wants it, 0..1; never rises with the rent. */
export function wantsOf(fit: number, { wantsScale }: Pick<MarketRules, "wantsScale">): number {
  return (0.42 * wantsScale) / (1 + Math.exp(-1.35 * (fit - 2.2)));
}

/** Distance of log area from the wish beyond a tolerance, in units of about a third. */
function areaOff(wish: Wish, item: StockItem): number {
  return Math.max(0, Math.abs(Math.log(item.areaSqm) - wish.logAreaSqm) - 0.16) / 0.34;
}

function isOtherBank(wish: Wish, item: StockItem): boolean {
  return wish.bank !== "any" && wish.bank !== item.district.bank;
}

function kmToWished(wish: Wish, item: StockItem): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (const index of wish.districts) {
    const wished = districts[index]!;
    nearest = Math.min(nearest, Math.hypot(wished.xKm - item.district.xKm, wished.yKm - item.district.yKm));
  }
  return nearest;
}
