import type { Bank, BankWish } from "../facts.ts";
import { brandAdjectives, brandNouns, districts, sources, type Trade, trades } from "./market-nouns.ts";
import { baseRubSqm } from "./market-stock.ts";
import { Random } from "./random.ts";

/** What a lead truly wants, whether its card says so or not. */
export interface Wish {
  index: number;
  createdDay: number;
  trades: Trade[];
  networkSize: 0 | 1 | 2 | 3;
  brand: string;
  logAreaSqm: number;
  areaFromSqm: number;
  areaToSqm: number;
  budgetRubMonth: number;
  bank: BankWish;
  /** Indices into `districts`. */
  districts: number[];
  /** How much it minds area, money and place. */
  minds: { area: number; money: number; place: number };
}

/** A lead's card as a careful reader of the CRM would take it: NaN, null and [] where it is empty. */
export interface Card {
  source: string;
  brand: string | null;
  trades: string[];
  networkSize: 0 | 1 | 2 | 3 | null;
  areaFromSqm: number;
  areaToSqm: number;
  budgetRubMonth: number;
  bank: BankWish | null;
  districts: string[];
  /** A number on it is wild: ten or a hundred times off. */
  wild: boolean;
}

/** Rents grow by about 5 % a year. */
export function growth(daysSinceFirst: number): number {
  return Math.exp((0.05 * daysSinceFirst) / 365);
}

const tradeWeights = trades.map((trade) => trade.weight);
const districtWeights = districts.map((district) => district.weight * district.priceLevel);

/** The wish of the lead with this number; the same however often and in whatever order it is asked for. */
export function wishOf(seed: number, index: number, createdDay: number, firstDay: number): Wish {
  const random = new Random(seed, 3, index);
  const trade = trades[random.weighted(tradeWeights)] as Trade;
  const second = random.chance(0.12) ? (trades[random.weighted(tradeWeights)] as Trade) : trade;
  const networkSize = random.weighted([0.58, 0.25, 0.12, 0.05]) as Wish["networkSize"];
  const logAreaSqm = Math.log(trade.areaSqm) + 0.75 * trade.areaSpread * random.normal() + 0.06 * networkSize;
  const areaSqm = Math.exp(logAreaSqm);
  const home = random.weighted(districtWeights);
  const others = random.weighted([0.45, 0.3, 0.17, 0.08]);
  const wished = [home, ...nearest(home).slice(0, others)];
  const banks = new Set(wished.map((d) => districts[d]!.bank));
  const level = districts[home]!.priceLevel ** 0.7 * trade.priceLevel ** 0.8;
  const budget = areaSqm ** 0.8 * 70 ** 0.2 * baseRubSqm * 1.12 * level * growth(createdDay - firstDay);
  return {
    ...{ index, createdDay, networkSize, logAreaSqm },
    trades: second === trade ? [trade] : [trade, second],
    brand: brandOf(random, trade, networkSize),
    areaFromSqm: areaSqm * random.between(0.65, 0.92),
    areaToSqm: areaSqm * random.between(1.1, 1.6),
    budgetRubMonth: budget * Math.exp(0.22 * random.normal() + 0.05 * networkSize),
    bank: banks.size > 1 || random.chance(0.2) ? "any" : ([...banks][0] as Bank),
    districts: wished,
    minds: { area: random.between(0.7, 1.3), money: random.between(0.6, 1.4), place: random.between(0.4, 1.6) },
  };
}

const neighbourhoods = new Map<number, number[]>();

function nearest(home: number): number[] {
  const known = neighbourhoods.get(home);
  if (known) return known;
  const from = districts[home]!;
  const found = districts
    .map((district, i) => ({ i, km: Math.hypot(district.xKm - from.xKm, district.yKm - from.yKm) }))
    .filter(({ i }) => i !== home)
    .sort((a, b) => a.km - b.km)
    .map(({ i }) => i);
  neighbourhoods.set(home, found);
  return found;
}

/** Chains come back under one of few brands, single outlets under one of many; most signs name the trade. */
function brandOf(random: Random, trade: Trade, networkSize: number): string {
  const [male, female] = brandAdjectives[random.whole(0, (networkSize > 1 ? 4 : brandAdjectives.length) - 1)]!;
  const [noun, gender] = random.pick(brandNouns);
  const house = networkSize > 1 ? "" : ` ${random.whole(1, 60)}`;
  const sign = `${gender === "male" ? male : female} ${noun}${house}`;
  return random.chance(0.7) ? `${sign}, ${trade.name}` : sign;
}

/** About two thirds of the wishes stay off the card; fewer since 2020, and fewer where the lead got a deal. */
export function cardOf(seed: number, wish: Wish, year: number, hasDeal: boolean, fillShift: number): Card {
  const random = new Random(seed, 4, wish.index);
  const care = fillShift + 0.1 * random.normal();
  const told = (share: number) => random.chance((hasDeal ? share + 0.32 : share) + (year < 2020 ? -0.08 : 0.03) + care);
  const wildAt = random.chance(0.004) ? random.whole(0, 2) : -1;
  const typed = (value: number, at: number, step: number) => {
    const rounded = Math.max(step, Math.round(value / step) * step);
    return at === wildAt ? rounded * random.pick([10, 100]) : rounded;
  };
  const step = wish.areaToSqm > 150 ? 10 : wish.areaToSqm > 40 ? 5 : 1;
  const areas = [
    told(0.31) ? typed(wish.areaFromSqm, 0, step) : Number.NaN,
    told(0.31) ? typed(wish.areaToSqm, 1, step) : Number.NaN,
  ] as const;
  const budgetRubMonth = told(0.23)
    ? typed(wish.budgetRubMonth, 2, wish.budgetRubMonth > 100_000 ? 5000 : 1000)
    : Number.NaN;
  return {
    source: random.pick(sources),
    brand: told(0.55) ? wish.brand : null,
    trades: told(0.55) ? wish.trades.map((trade) => trade.name) : [],
    networkSize: told(0.31) ? wish.networkSize : null,
    areaFromSqm: areas[0] > areas[1] ? areas[1] : areas[0],
    areaToSqm: areas[0] > areas[1] ? areas[0] : areas[1],
    budgetRubMonth,
    bank: told(0.31) ? wish.bank : null,
    districts: told(0.31) ? wish.districts.map((d) => districts[d]!.name) : [],
    wild:
      (wildAt === 0 && !Number.isNaN(areas[0])) ||
      (wildAt === 1 && !Number.isNaN(areas[1])) ||
      (wildAt === 2 && !Number.isNaN(budgetRubMonth)),
  };
}
