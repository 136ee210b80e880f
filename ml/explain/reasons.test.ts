import { describe, expect, it } from "vitest";
import type { ReasonCode } from "../ranked.ts";
import { choosePhrase } from "./choose-phrase.ts";
import type { PairFacts } from "./pair-facts.ts";
import { words } from "./reason-words.ts";
import { composeReasons, type ExplainedFeature, sharedPulls } from "./reasons.ts";
import { remedyWords } from "./remedy-words.ts";
import { wordReason, wordRemedy } from "./word-reason.ts";

const nothingKnown: PairFacts = {
  areaSqm: Number.NaN,
  rentRubMonth: Number.NaN,
  floor: Number.NaN,
  fitOut: Number.NaN,
  builtYear: Number.NaN,
  managed: Number.NaN,
  water: Number.NaN,
  sewerage: Number.NaN,
  documents: Number.NaN,
  bank: null,
  district: null,
  wish: {
    areaFromSqm: Number.NaN,
    areaToSqm: Number.NaN,
    budgetRubMonth: Number.NaN,
    bank: null,
    districts: [],
    kmToDistrict: Number.NaN,
  },
  trade: null,
  usual: {
    areaFromSqm: Number.NaN,
    areaToSqm: Number.NaN,
    rentRubSqmMonth: Number.NaN,
    floor: Number.NaN,
    fitOut: Number.NaN,
    water: Number.NaN,
    sewerage: Number.NaN,
    documents: Number.NaN,
    managed: Number.NaN,
  },
  neighbours: Number.NaN,
  rivalTrade: null,
  anchorTrade: null,
  largestNeighbourSqm: Number.NaN,
  vacantDays: 40,
};

const basement: PairFacts = {
  ...nothingKnown,
  areaSqm: 240,
  rentRubMonth: 96_000,
  floor: -1,
  fitOut: 0,
  builtYear: 1987,
  managed: 0,
  water: 0,
  sewerage: 1,
  documents: 0,
  bank: "right",
  district: "Октябрьский",
  wish: {
    areaFromSqm: 60,
    areaToSqm: 120,
    budgetRubMonth: 60_000,
    bank: "left",
    districts: ["Ленинский", "Кировский"],
    kmToDistrict: 7.23,
  },
  trade: "пекарня",
  usual: {
    areaFromSqm: 30.4,
    areaToSqm: 60.4,
    rentRubSqmMonth: 900,
    floor: 1.1,
    fitOut: 1.8,
    water: 0.9,
    sewerage: 1.9,
    documents: 1,
    managed: 0.4,
  },
  neighbours: 3,
  rivalTrade: "пекарня",
  anchorTrade: "супермаркет",
  largestNeighbourSqm: 400,
  vacantDays: 241,
};

const codes = [
  "area",
  "rent",
  "place",
  "utilities",
  "condition",
  "neighbours",
  "trade",
  "manager",
  "market",
] as const satisfies ReasonCode[];

/** Words with plain spaces, as a person would type them here. */
const spoken = (code: (typeof codes)[number], facts: PairFacts, against: boolean, features: string[] = []) =>
  wordReason(choosePhrase(code, facts, { against, features }), "ru").replaceAll("\u00A0", " ");

describe("choosePhrase and wordReason", () => {
  it.each<[(typeof codes)[number], string[], string]>([
    ["area", [], "240 м² при запросе 60–120 м²"],
    ["rent", [], "аренда 96 000 ₽ при бюджете 60 000 ₽"],
    ["place", [], "другой берег: правый, просили левый"],
    ["utilities", ["floor"], "подвал, обычно берут 1-й этаж"],
    ["utilities", ["water", "floor"], "нет воды, а такому бизнесу (пекарня) она обычно нужна"],
    ["utilities", ["sewerage"], "канализация временная, а такому бизнесу (пекарня) обычно нужна центральная"],
    ["condition", ["fit_out"], "голые стены, обычно берут: с отделкой"],
    ["condition", ["documents"], "документы не готовы"],
    ["condition", ["managed"], "не в управлении"],
    ["neighbours", ["rival"], "рядом уже есть такой же арендатор: пекарня"],
    ["trade", ["area_off_typical"], "такие обычно берут 30–60 м², здесь 240 м²"],
    ["trade", ["water_off_typical"], "нет воды, а такому бизнесу (пекарня) она обычно нужна"],
    ["manager", [], "вы такие обычно не предлагаете"],
    ["market", [], "свободно давно: 241 день"],
  ])("%s against, by %j", (code, features, text) => {
    expect(spoken(code, basement, true, features)).toBe(text);
  });

  const wish = basement.wish;
  const better: PairFacts = {
    ...basement,
    areaSqm: 45.5,
    rentRubMonth: 36_400,
    floor: 1,
    fitOut: 2,
    documents: 1,
    managed: 1,
    water: 1,
    sewerage: 2,
    bank: "left",
    district: "Ленинский",
    wish: { ...wish, areaFromSqm: 30 },
    rivalTrade: null,
    vacantDays: 12,
  };
  it.each<[(typeof codes)[number], string[], string]>([
    ["area", [], "45,5 м² — в пределах запроса 30–120 м²"],
    ["rent", [], "аренда 36 400 ₽ — в пределах бюджета 60 000 ₽"],
    ["place", [], "район Ленинский, как и просили"],
    ["utilities", ["floor"], "1-й этаж"],
    ["utilities", ["water"], "вода есть"],
    ["utilities", ["sewerage"], "канализация центральная"],
    ["condition", ["fit_out"], "с отделкой"],
    ["condition", ["documents"], "документы готовы"],
    ["condition", ["managed"], "в управлении"],
    ["neighbours", ["anchor"], "якорь рядом: супермаркет"],
    ["neighbours", ["rival"], "рядом нет таких же арендаторов, соседей в разделе: 3"],
    ["trade", ["area_off_typical"], "такие обычно берут 30–60 м²"],
    ["manager", [], "вы такие обычно предлагаете"],
    ["market", [], "освободилось недавно: 12 дней"],
  ])("%s for, by %j", (code, features, text) => {
    expect(spoken(code, better, false, features)).toBe(text);
  });

  it.each<[string, (typeof codes)[number], boolean, PairFacts, string]>([
    [
      "no wish",
      "area",
      true,
      { ...basement, wish: nothingKnown.wish },
      "240 м²; площадь в запросе не указана, обычно берут 30–60 м²",
    ],
    [
      "no wish, no habit",
      "area",
      true,
      { ...basement, wish: nothingKnown.wish, usual: nothingKnown.usual },
      "240 м²; площадь в запросе не указана",
    ],
    ["no area", "area", true, { ...basement, areaSqm: Number.NaN }, "площадь помещения не указана"],
    [
      "open above",
      "area",
      true,
      { ...basement, wish: { ...wish, areaFromSqm: 300, areaToSqm: Number.NaN } },
      "240 м² при запросе от 300 м²",
    ],
    [
      "open below",
      "area",
      true,
      { ...basement, wish: { ...wish, areaFromSqm: Number.NaN } },
      "240 м² при запросе до 120 м²",
    ],
    [
      "ends swapped",
      "area",
      true,
      { ...basement, wish: { ...wish, areaFromSqm: 120, areaToSqm: 60 } },
      "240 м² при запросе 60–120 м²",
    ],
    [
      "wished but unusual",
      "area",
      true,
      { ...basement, wish: { ...wish, areaToSqm: 300 } },
      "240 м² при запросе 60–300 м², но обычно берут 30–60 м²",
    ],
    [
      "no budget",
      "rent",
      true,
      { ...basement, areaSqm: 80, wish: nothingKnown.wish },
      "1 200 ₽/м²; бюджет не указан, обычно платят около 900 ₽/м²",
    ],
    [
      "no budget, no habit",
      "rent",
      true,
      { ...basement, wish: nothingKnown.wish, usual: nothingKnown.usual },
      "аренда 96 000 ₽; бюджет в запросе не указан",
    ],
    ["no rent", "rent", false, { ...basement, rentRubMonth: Number.NaN }, "цена помещения не указана"],
    [
      "dear within the budget",
      "rent",
      true,
      { ...basement, areaSqm: 40, rentRubMonth: 50_000 },
      "1 250 ₽/м², обычно платят около 900 ₽/м² (аренда 50 000 ₽, бюджет 60 000 ₽)",
    ],
    [
      "other district",
      "place",
      true,
      { ...basement, bank: "left" },
      "район Октябрьский, просили: Ленинский, Кировский (7,2 км)",
    ],
    [
      "no distance",
      "place",
      true,
      { ...basement, bank: null, wish: { ...wish, kmToDistrict: Number.NaN } },
      "район Октябрьский, просили: Ленинский, Кировский",
    ],
    ["bank only", "place", false, { ...basement, bank: "left", district: null }, "левый берег, как и просили"],
    [
      "no wish of a place",
      "place",
      true,
      { ...basement, wish: nothingKnown.wish },
      "район Октябрьский; район в запросе не указан",
    ],
    [
      "no neighbours",
      "neighbours",
      true,
      { ...basement, rivalTrade: null, neighbours: 0 },
      "соседей в разделе пока нет",
    ],
    ["facts that speak the other way", "utilities", true, better, "1-й этаж, вода есть, канализация центральная"],
    [
      "facts that speak the other way",
      "condition",
      false,
      { ...basement, usual: nothingKnown.usual },
      "голые стены, документы не готовы, не в управлении, 1987 года постройки",
    ],
    [
      "no trade",
      "trade",
      true,
      { ...better, trade: null, usual: nothingKnown.usual },
      "чем занимается клиент, не указано",
    ],
    [
      "a habit that is met",
      "trade",
      true,
      { ...better, usual: nothingKnown.usual },
      "в этом деле (пекарня) такие помещения берут редко",
    ],
  ])("%s: %s", (_, code, against, facts, text) => {
    expect(spoken(code, facts, against)).toBe(text);
  });

  it("has words for every group in every state of missing facts, in both languages", () => {
    const variants = missingVariants([basement, better]);
    const seen = new Set<string>();
    for (const facts of variants) {
      for (const code of codes) {
        for (const against of [true, false]) {
          for (const features of [
            [],
            ["floor"],
            ["water"],
            ["sewerage"],
            ["fit_out"],
            ["managed"],
            ["anchor"],
            ["rival"],
          ]) {
            const phrase = choosePhrase(code, facts, { against, features });
            seen.add(phrase.phrase);
            const stored = JSON.parse(JSON.stringify(phrase));
            for (const locale of ["ru", "en"] as const) {
              const text = wordReason(stored, locale);
              expect(text, `${code} ${phrase.phrase}`).not.toMatch(/NaN|null|undefined|Infinity/);
              expect(text.length).toBeGreaterThan(3);
            }
          }
        }
      }
    }
    // No sentence that nothing can say.
    expect(Object.keys(words).filter((phrase) => !seen.has(phrase))).toEqual(["taste_against", "taste_for"]);
  });

  it("words what it does not know loudly", () => {
    expect(() => wordReason({ phrase: "toString", values: {} }, "ru")).toThrow(/no sentence "toString"/);
    expect(() => wordReason({ phrase: "area_unasked", values: {} }, "ru")).toThrow(/areaSqm/);
  });

  it("sets no-break spaces within numbers and before units, and English in English", () => {
    const phrase = choosePhrase("rent", basement, { against: true, features: [] });
    expect(wordReason(phrase, "ru")).toBe("аренда 96\u00A0000\u00A0₽ при бюджете 60\u00A0000\u00A0₽");
    expect(wordReason(phrase, "en")).toBe("rent ₽96,000, budget ₽60,000");
    expect(wordReason(choosePhrase("area", basement, { against: true, features: [] }), "en")).toBe(
      "240\u00A0m², wanted 60–120\u00A0m²",
    );
  });
});

describe("composeReasons", () => {
  const features: ExplainedFeature[] = [
    { name: "area_to_to", group: "area" },
    { name: "rent_to_budget", group: "rent" },
    { name: "floor", group: "utilities" },
    { name: "water", group: "utilities" },
    { name: "other_bank", group: "place" },
    { name: "day", group: "market" },
  ];
  const compose = (
    pulls: number[],
    verdict: "keep" | "remove",
    taste: { pull: number; marks: number; taste: string } | null = null,
  ) => composeReasons({ attributions: Float64Array.from(pulls), features, facts: basement, verdict, taste });

  it("tells a removal by what speaks against it, strongest first, at most three", () => {
    const reasons = compose([-1, -0.5, -0.9, 0.2, -0.6, 0.4], "remove");
    expect(reasons.map(({ code, pull }) => [code, Math.round(pull * 10) / 10])).toEqual([
      ["area", -1],
      ["utilities", -0.7],
      ["place", -0.6],
    ]);
  });

  it("words a group by the feature that pulls its way", () => {
    expect(compose([0, 0, -0.2, -0.6, 0, 0], "remove")[0]!.phrase).toBe("water_needed");
    expect(compose([0, 0, -0.6, -0.2, 0, 0], "remove")[0]!.phrase).toBe("floor_off_usual");
  });

  it("leaves out what is hardly there", () => {
    expect(compose([-1, -0.1, 0, 0, 0, 0], "remove").map(({ code }) => code)).toEqual(["area"]);
  });

  it("tells a kept one by what speaks for it and the strongest against", () => {
    const reasons = compose([0.9, -0.4, 0.3, 0, -0.5, 0], "keep");
    expect(reasons.map(({ code }) => code)).toEqual(["area", "place", "utilities"]);
  });

  it.each([
    ["remove", [0.2, 0.1, 0, 0, 0, 0], "overall_weaker"],
    ["remove", [0, 0, 0, 0, 0, 0], "overall_weaker"],
    ["keep", [-0.2, 0, 0, 0, 0, 0], "overall_better"],
    ["keep", [0, 0, 0, 0, 0, 0], "overall_better"],
  ] as const)("always gives a reason: %s with pulls %j", (verdict, pulls, phrase) => {
    const reasons = compose([...pulls], verdict);
    expect(reasons[0]).toMatchObject({ code: "market", phrase });
    expect(verdict === "remove" ? reasons[0]!.pull <= 0 : reasons[0]!.pull >= 0).toBe(true);
  });

  it("names the manager's own marks", () => {
    const [reason] = compose([-0.1, 0, 0, 0, 0, 0], "remove", { pull: -1.2, marks: 14, taste: "basement" });
    expect(reason).toMatchObject({ code: "taste", pull: -1.2 });
    expect(wordReason(reason!, "ru").replaceAll("\u00A0", " ")).toBe("ваши 14 отметок: подвал −");
    const [liked] = compose([0, 0, 0, 0, 0, 0], "keep", { pull: 0.5, marks: 21, taste: "over_budget" });
    expect(wordReason(liked!, "ru").replaceAll("\u00A0", " ")).toBe("ваша 21 отметка: выше бюджета +");
  });
});

describe("sharedPulls", () => {
  it("is the mean of each column over a set, and nothing in a handful", () => {
    const rows = 30;
    const all = Float64Array.from({ length: rows * 3 }, (_, i) =>
      i % 3 === 0 ? 5 : i % 3 === 1 ? Math.floor(i / 3) : 9,
    );
    expect([...sharedPulls(all, rows, 2)]).toEqual([expect.closeTo(5, 9), expect.closeTo(14.5, 9)]);
    expect([...sharedPulls(all.slice(0, 6), 2, 2)]).toEqual([0, 0]);
    expect([...sharedPulls(new Float64Array(0), 0, 2)]).toEqual([0, 0]);
  });
});

describe("wordRemedy", () => {
  it.each([
    ["rent", { rentRubMonth: 78_000 }, "оставили бы при аренде до 78 000 ₽"],
    ["area", { areaFromSqm: 60, areaToSqm: 240 }, "оставили бы при запросе площади 60–240 м²"],
    ["area", { areaFromSqm: null, areaToSqm: 240 }, "оставили бы при запросе площади до 240 м²"],
    ["budget", { budgetRubMonth: 96_000 }, "оставили бы при бюджете от 96 000 ₽"],
    ["bank", { bank: "right" }, "оставили бы, если подойдёт и правый берег"],
    ["district", { district: "Октябрьский" }, "оставили бы, если добавить район Октябрьский"],
  ] satisfies [keyof typeof remedyWords, Record<string, string | number | null>, string][])(
    "%s %j",
    (phrase, values, text) => {
      expect(wordRemedy({ phrase, values }, "ru").replaceAll("\u00A0", " ")).toBe(text);
      expect(wordRemedy({ phrase, values }, "en")).toMatch(/^would be kept/);
    },
  );

  it("words every change there is", () => {
    expect(Object.keys(remedyWords)).toEqual(["rent", "area", "budget", "bank", "district"]);
  });
});

/** Each pair with any one fact missing, any one alone known, and none known; signs and wishes varied. */
function missingVariants(pairs: PairFacts[]): PairFacts[] {
  const variants: PairFacts[] = [nothingKnown];
  for (const pair of pairs) {
    variants.push(pair, { ...pair, wish: nothingKnown.wish }, { ...pair, usual: nothingKnown.usual });
    variants.push({ ...pair, wish: nothingKnown.wish, usual: nothingKnown.usual });
    variants.push({ ...pair, rivalTrade: null, anchorTrade: null }, { ...pair, rivalTrade: null, neighbours: 0 });
    variants.push({ ...pair, usual: { ...pair.usual, managed: 1, water: 0, sewerage: 0 } });
    variants.push({ ...pair, rentRubMonth: 59_000, areaSqm: 40 }, { ...pair, wish: { ...pair.wish, areaToSqm: 500 } });
    variants.push({ ...pair, bank: "left" }, { ...pair, wish: { ...pair.wish, bank: "any", districts: [] } });
    variants.push({ ...pair, bank: "left", wish: { ...pair.wish, districts: [] }, usual: nothingKnown.usual });
    for (const key of Object.keys(nothingKnown) as (keyof PairFacts)[]) {
      const alone = { ...nothingKnown, [key]: pair[key] };
      variants.push(
        { ...pair, [key]: nothingKnown[key] },
        alone,
        { ...alone, wish: pair.wish },
        { ...alone, usual: pair.usual },
      );
    }
    for (const key of Object.keys(nothingKnown.wish) as (keyof PairFacts["wish"])[]) {
      variants.push({ ...pair, wish: { ...pair.wish, [key]: nothingKnown.wish[key] } });
    }
  }
  return variants;
}
