import { describe, expect, it } from "vitest";
import { exportFiles } from "./export-market.ts";
import { tenantTradeOn } from "./market-ledger.ts";
import { hireManagers } from "./market-managers.ts";
import { freeOn, type TruthCase } from "./market-truth.ts";
import { makeMarket, type SyntheticMarket } from "./synthetic-market.ts";

const small = { seed: 7, leads: 3000, premises: 120, managers: 8 };
const market = makeMarket({ seed: 3, leads: 16_000, premises: 300, managers: 20 });

describe("makeMarket", () => {
  it("makes the same market twice, and another from another seed", () => {
    const text = (made: SyntheticMarket) => exportFiles(made).map(({ chunks }) => [...chunks].join(""));
    expect(text(makeMarket(small))).toEqual(text(makeMarket(small)));
    expect(text(makeMarket({ ...small, seed: 8 }))[4]).not.toBe(text(makeMarket(small))[4]);
    expect(makeMarket(small).truth(20)).toEqual(makeMarket(small).truth(20));
  });

  it("refuses a market of nobody", () => {
    expect(() => makeMarket({ managers: 1 })).toThrow(RangeError);
  });

  it("asks rents above zero, and lower ones when a price is cut", () => {
    const { vacancies } = market.ledger;
    const open = new Map<number, { toDay: number; rent: number }>();
    for (let i = 0; i < vacancies.length; i++) {
      const { premises, fromDay, toDay, rent } = vacancies.row(i);
      expect(rent).toBeGreaterThan(0);
      expect(toDay).toBeGreaterThan(fromDay);
      const before = open.get(premises);
      if (before?.toDay === fromDay) expect(rent).toBeLessThan(before.rent);
      open.set(premises, { toDay, rent });
    }
  });

  it("never calls a let premises free, nor one free without a tenant or a vacancy", () => {
    for (let back = 0; back < 3000; back += 97) {
      const day = market.today - back;
      const free = freeOn(market, day).map(({ premises }) => premises);
      expect(new Set(free).size).toBe(free.length);
      const isFree = new Set(free);
      for (const { index } of market.stock.items)
        expect(tenantTradeOn(market.ledger, index, day) >= 0, `premises ${index} on ${day}`).toBe(!isFree.has(index));
    }
  });

  it("keeps between a sixth and a half of the stock free in the end, and lets one lead in thirty rent", () => {
    expect(freeOn(market, market.today).length / 300).toBeGreaterThan(1 / 6);
    expect(freeOn(market, market.today).length / 300).toBeLessThan(1 / 2);
    const leases = market.history().leases.length;
    expect(leases / 16_000).toBeGreaterThan(0.02);
    expect(leases / 16_000).toBeLessThan(0.045);
  });

  it("fills a third of the wishes, more where a deal was recorded", () => {
    const share = (leads: number[]) => leads.filter((lead) => market.card(lead).areaToSqm > 0).length / leads.length;
    const all = Array.from({ length: 16_000 }, (_, lead) => lead);
    const withDeal = all.filter((lead) => market.ledger.leadHasDeal[lead] === 1);
    expect(share(all)).toBeGreaterThan(0.28);
    expect(share(all)).toBeLessThan(0.42);
    expect(share(withDeal)).toBeGreaterThan(share(all) + 0.2);
    const before2020 = all.filter((lead) => market.ledger.leadDay[lead]! < Date.UTC(2020, 0, 1) / 86_400_000);
    expect(share(before2020)).toBeLessThan(share(all) - 0.04);
  });

  it("dismisses a tenth of the managers, and gives each a name of his own", () => {
    expect(market.managers.filter(({ dismissedDay }) => dismissedDay <= market.today)).toHaveLength(2);
    const names = hireManagers(1, 1000, 0, 3000, 1).map(({ name }) => name);
    expect(new Set(names).size).toBe(1000);
    for (const name of names) expect(name).toMatch(/^[А-ЯЁ][а-яё]+(?<gender>в|н|ва|на) [А-ЯЁ][а-яё]+$/);
  });

  it("lets a dearer rent never please more", () => {
    for (const { premises } of market.truth(40).eval)
      for (const { pLow, p, pHigh } of premises) expect(pLow >= p && p >= pHigh).toBe(true);
  });

  it("is neither trivial nor hopeless for hand rules", () => {
    const aucs = market.truth(100).eval.flatMap((one) => handRulesAuc(market, one) ?? []);
    const mean = aucs.reduce((sum, auc) => sum + auc, 0) / aucs.length;
    expect(aucs.length).toBeGreaterThan(80);
    expect(mean).toBeGreaterThan(0.7);
    expect(mean).toBeLessThan(0.9);
  });

  it("tells history without rows whose links are broken", () => {
    const { offers, leases, leads, premises } = market.history();
    const leadIds = new Set(leads.map(({ leadId }) => leadId));
    const premisesIds = new Set(premises.map(({ premisesId }) => premisesId));
    expect(offers.every(({ leadId, premisesId }) => leadIds.has(leadId) && premisesIds.has(premisesId))).toBe(true);
    expect(leases.every(({ leadId }) => leadId === null || leadIds.has(leadId))).toBe(true);
    expect(offers.filter(({ outcome }) => outcome === "won").length / offers.length).toBeGreaterThan(0.15);
    expect(leases.filter(({ leadId }) => leadId === null).length / leases.length).toBeCloseTo(0.25, 1);
    expect(market.faults.dealsWithoutPremises / (offers.length + market.faults.dealsWithoutPremises)).toBeCloseTo(
      0.03,
      1,
    );
  });
});

/** Area ±20 %, budget +20 %, district, bank; unknown is neither for nor against. */
function handRulesAuc(made: SyntheticMarket, { card, premises }: TruthCase): number | undefined {
  const score = ({ id, price }: { id: number; price: number }) => {
    const { areaSqm, district, unknown } = made.stock.items[id - 3001]!;
    const rule = (known: boolean, holds: boolean) => (known ? (holds ? 1 : -1) : 0);
    const bank = district.bank === "left" ? "левый" : "правый";
    return (
      rule(card.areaFrom !== null, areaSqm >= 0.8 * card.areaFrom!) +
      rule(card.areaTo !== null, areaSqm <= 1.2 * card.areaTo!) +
      rule(card.budget !== null, price <= 1.2 * card.budget!) +
      rule(card.districts.length > 0 && !unknown.district, card.districts.includes(district.name)) +
      rule(card.bank !== null && card.bank !== "любой" && !unknown.bank, card.bank === bank)
    );
  };
  const good = premises.filter(({ fit, taste }) => fit + taste > made.rules.suitableFrom).map(score);
  const bad = premises.filter(({ fit, taste }) => fit + taste <= made.rules.suitableFrom).map(score);
  if (good.length === 0 || bad.length === 0) return undefined;
  let won = 0;
  for (const one of good) for (const other of bad) won += one > other ? 1 : one === other ? 0.5 : 0;
  return won / (good.length * bad.length);
}
