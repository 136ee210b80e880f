import type { Bank, BankWish } from "../facts.ts";
import { fitOf, tasteOf, wantsOf } from "./market-fit.ts";
import { firstLeadId } from "./market-ids.ts";
import type { Card } from "./market-leads.ts";
import type { Taste } from "./market-managers.ts";
import { districts } from "./market-nouns.ts";
import { neighboursOn } from "./simulate-market.ts";
import type { SyntheticMarket } from "./synthetic-market.ts";

interface TruthPremises {
  id: number;
  /** How well it suits the client; with `taste` above `suitable` it suits. */
  fit: number;
  taste: number;
  /** The chance that the client wants it, 0..1, at this rent, and at rents a fifth lower and higher. */
  p: number;
  price: number;
  pLow: number;
  pHigh: number;
}

export interface TruthCase {
  lead: number;
  manager: number;
  day: number;
  /** The same day as YYYY-MM-DD. */
  date: string;
  card: {
    areaFrom: number | null;
    areaTo: number | null;
    budget: number | null;
    bank: string | null;
    districts: string[];
    trades: string[];
    networkSize: number | null;
  };
  offered: number[];
  premises: TruthPremises[];
}

/** What a judge of models reads: leads of the last months and the truth of every premises free on their day. */
export interface TruthFile {
  seed: number;
  variant: string;
  suitable: number;
  /** YYYY-MM-DD. */
  today: string;
  districts: { name: string; bank: string; x: number; y: number; level: number }[];
  managers: { id: number; taste: Taste; blur: number }[];
  eval: TruthCase[];
}

const bankWords: Readonly<Record<Bank | BankWish, string>> = { left: "левый", right: "правый", any: "любой" };

export function tellTruth(market: SyntheticMarket, count: number): TruthFile {
  const { ledger, managers, rules, seed, today } = market;
  const worked = [...ledger.recentOffers.keys()].filter((lead) => !market.broken.leadsWithoutDay.has(lead));
  return {
    ...{ seed, variant: market.variant, suitable: rules.suitableFrom, today: isoDay(today) },
    districts: districts.map(({ name, bank, xKm, yKm, priceLevel }) => ({
      ...{ name, bank: bankWords[bank], x: xKm, y: yKm, level: priceLevel },
    })),
    managers: managers.map(({ id, taste, blur }) => ({ id, taste, blur })),
    eval: worked.slice(-count).map((lead) => tellCase(market, lead)),
  };
}

function tellCase(market: SyntheticMarket, lead: number): TruthCase {
  const { seed, ledger, stock, managers, firstDay, rules } = market;
  const day = ledger.leadDay[lead]!;
  const manager = managers[ledger.leadManager[lead]!]!;
  const wish = market.wish(lead);
  const premises = freeOn(market, day).map(({ premises, rent }) => {
    const item = stock.items[premises]!;
    const neighbours = neighboursOn(stock, ledger, wish, premises, day);
    const wantedAt = (asked: number) =>
      round(wantsOf(fitOf(seed, wish, item, asked, firstDay, neighbours, rules), rules), 5);
    return {
      id: item.id,
      fit: round(fitOf(seed, wish, item, rent, firstDay, neighbours, rules), 3),
      taste: round(tasteOf(manager.taste, wish, item, rent), 3),
      ...{ p: wantedAt(rent), price: rent, pLow: wantedAt(0.8 * rent), pHigh: wantedAt(1.2 * rent) },
    };
  });
  const offered = ledger.recentOffers.get(lead)!.map((index) => stock.items[index]!.id);
  return {
    ...{ lead: firstLeadId + lead, manager: manager.id, day, date: isoDay(day), card: tellCard(market.card(lead)) },
    ...{ offered, premises },
  };
}

/** The premises whose records call them free on that day, with the rent of that day; in order of number. */
export function freeOn({ ledger }: SyntheticMarket, day: number): { premises: number; rent: number }[] {
  const free: { premises: number; rent: number }[] = [];
  for (let i = 0; i < ledger.vacancies.length; i++)
    if (ledger.vacancies.get(i, "fromDay") <= day && ledger.vacancies.get(i, "toDay") > day)
      free.push({ premises: ledger.vacancies.get(i, "premises"), rent: ledger.vacancies.get(i, "rent") });
  return free.sort((a, b) => a.premises - b.premises);
}

function tellCard(card: Card): TruthCase["card"] {
  const known = (value: number) => (Number.isNaN(value) ? null : value);
  return {
    ...{ areaFrom: known(card.areaFromSqm), areaTo: known(card.areaToSqm), budget: known(card.budgetRubMonth) },
    bank: card.bank === null ? null : bankWords[card.bank],
    ...{ districts: card.districts, trades: card.trades, networkSize: card.networkSize },
  };
}

function isoDay(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
