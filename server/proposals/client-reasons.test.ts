import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { words } from "#/ml/explain/reason-words.ts";
import type { LeadFacts, PremisesFacts } from "#/ml/facts.ts";
import type { Reason, ReasonCode } from "#/ml/ranked.ts";
import { favouringReasons, wordClientReason } from "./client-reasons.ts";

const unknown = Number.NaN;
const silent: LeadFacts = {
  leadId: "1",
  createdDay: 0,
  brand: null,
  trades: [],
  networkSize: unknown,
  areaFromSqm: unknown,
  areaToSqm: unknown,
  budgetRubMonth: unknown,
  bank: null,
  districts: [],
};
const asking: LeadFacts = {
  ...silent,
  areaFromSqm: 40,
  areaToSqm: 80,
  budgetRubMonth: 120_000,
  bank: "right",
  districts: ["Центральный"],
};
const good: PremisesFacts = {
  premisesId: "501",
  areaSqm: 62,
  rentRubMonth: 105_000,
  floor: 1,
  fitOut: 2,
  builtYear: 2012,
  managed: 1,
  water: 1,
  sewerage: 2,
  documents: 1,
  bank: "right",
  district: "Центральный",
  section: "КП25-1",
};
const reason = (code: ReasonCode, pull: number, phrase = "", values: Reason["values"] = {}): Reason => ({
  code,
  pull,
  phrase,
  values,
});
const told = (lead: LeadFacts, premises: PremisesFacts, ranked: Reason[], rent: number | null = 105_000) =>
  favouringReasons(lead, premises, ranked).flatMap(
    (one) => wordClientReason(one, rent, "ru")?.replaceAll("\u00a0", " ") ?? [],
  );

describe("what a client is told in favour of a premises", () => {
  test("are the wishes it meets, in his own terms", () => {
    expect(told(asking, good, [])).toEqual([
      "62 м² — в пределах вашего запроса 40–80 м²",
      "Аренда укладывается в ваш бюджет 120 000 ₽ в месяц",
      "Район, который вы просили: Центральный",
    ]);
  });

  test("begins with what weighed most, and takes merits only where they weighed", () => {
    const ranked = [reason("condition", 0.9), reason("place", 0.4), reason("utilities", -0.5), reason("taste", 2)];
    expect(told(asking, good, ranked)).toEqual([
      "С отделкой: можно открываться без долгого ремонта",
      "Документы готовы к договору",
      "Здание в нашем управлении",
      "Район, который вы просили: Центральный",
      "62 м² — в пределах вашего запроса 40–80 м²",
    ]);
  });

  test("the bank is named where no district was asked for", () => {
    expect(told({ ...asking, districts: [] }, good, [])).toContain("Правый берег, как вы просили");
    expect(told({ ...asking, bank: "any", districts: [] }, good, []).join()).not.toContain("берег");
  });

  test("the budget is kept or not at the rent that is offered", () => {
    for (const [rent, said] of [
      [120_000, true],
      [120_001, false],
      [null, false],
    ] as const)
      expect(told(asking, good, [], rent).join().includes("бюджет")).toBe(said);
  });

  test("nothing is said for a wish that is not met, was not made, or of a fact that is not known", () => {
    expect(told({ ...asking, bank: null }, { ...good, areaSqm: 90, district: "Октябрьский" }, [], 130_000)).toEqual([]);
    expect(told(silent, good, [])).toEqual([]);
    const blank = { ...good, areaSqm: unknown, floor: unknown, fitOut: unknown, water: unknown, sewerage: unknown };
    expect(told({ ...asking, bank: null, districts: [] }, blank, [reason("utilities", 1)], null)).toEqual([]);
  });

  test("one end of a wish is enough, and swapped ends are put in order", () => {
    expect(told({ ...silent, areaToSqm: 80 }, good, [])).toEqual(["62 м² — в пределах вашего запроса до 80 м²"]);
    expect(told({ ...silent, areaFromSqm: 80, areaToSqm: 40 }, good, [])).toEqual([
      "62 м² — в пределах вашего запроса 40–80 м²",
    ]);
  });

  test("neighbours are named where they speak for it", () => {
    expect(told(silent, good, [reason("neighbours", 1, "anchor", { trade: "супермаркет" })])).toEqual([
      "Рядом: супермаркет",
    ]);
    expect(told(silent, good, [reason("neighbours", -1, "anchor", { trade: "супермаркет" })])).toEqual([]);
    expect(told(silent, good, [reason("neighbours", 1, "rival", { trade: "кофейня" })])).toEqual([]);
  });

  test("whatever was ranked how, no word of ours about models, other clients, habits or shortcomings gets in", () => {
    const codes: ReasonCode[] = [
      "area",
      "rent",
      "place",
      "utilities",
      "condition",
      "neighbours",
      "trade",
      "manager",
      "market",
      "taste",
    ];
    const anyReason = fc.record({
      code: fc.constantFrom(...codes),
      pull: fc.double({ min: -3, max: 3, noNaN: true }),
      phrase: fc.constantFrom(...Object.keys(words)),
      values: fc.constant({ trade: "кофейня", marks: 3, taste: "basement", vacantDays: 300 }),
    });
    fc.assert(
      fc.property(fc.array(anyReason, { maxLength: 8 }), fc.constantFrom(asking, silent), (ranked, lead) => {
        const said = told(lead, good, ranked);
        expect(said.length).toBeLessThanOrEqual(5);
        expect(said.join("\n")).not.toMatch(
          /модел|вероят|порог|пригодн|отметк|обычно|такие|другие|убран|свободно давно|не готов|нет воды|подвал/i,
        );
      }),
    );
  });
});
