import { describe, expect, it } from "vitest";
import { Random } from "../testing/random.ts";
import { defaultTastePrior, learnPrior, learnTaste } from "./learn-taste.ts";
import { invertDefinite } from "./solve.ts";
import { type TasteFeatureName, tasteFeatureNames } from "./taste-features.ts";
import { countedMax, findFloods, gatherLooks, type TasteMark } from "./taste-mark.ts";
import { findLeanings, wordTaste } from "./word-taste.ts";

type Weights = Partial<Record<TasteFeatureName, number>>;

/** A manager who sees lists of 60 premises and marks the model's mistakes by his true weights. */
function markLists(seed: number, lists: number, truth: Weights): TasteMark[] {
  const random = new Random(seed, 42);
  return Array.from({ length: lists }, (_, l) => {
    const rows = Array.from({ length: 60 }, () => {
      const features = tasteFeatureNames.map(() => (random.chance(0.3) ? 1 : 0));
      const margin = 2 * random.normal();
      const pull = tasteFeatureNames.reduce((sum, name, i) => sum + (truth[name] ?? 0) * features[i]!, 0);
      // Most of what the model keeps is not suitable: it keeps in order to lose nothing.
      const suitable = random.chance(1 / (1 + Math.exp(-(margin - 1.5 + pull))));
      return { features, margin, suitable };
    }).sort((a, b) => (a.margin >= 0 === b.margin >= 0 ? b.margin - a.margin : b.margin >= 0 ? 1 : -1));
    const kept = rows.filter(({ margin }) => margin >= 0).length;
    const list = {
      ...{ leadId: `${seed}-${l}`, asOfDay: 100 + l },
      ...{ features: rows.map(({ features }) => features), margins: rows.map(({ margin }) => margin) },
    };
    return rows.flatMap(({ suitable }, index): TasteMark[] => {
      const seen = index < kept ? index < 20 : index < kept + 15;
      return seen && suitable !== index < kept ? [{ list, index, suitable, saidDay: 100 + l }] : [];
    });
  }).flat();
}

describe("learnTaste", () => {
  it("knows nothing from no marks", () => {
    const taste = learnTaste([], defaultTastePrior);
    expect(taste).toMatchObject({ marks: 0, countedMarks: 0 });
    expect(Object.values(taste.weights).every((weight) => weight === 0)).toBe(true);
    expect(wordTaste(taste, "ru")).toBe("ваши 0 отметок: пока без явных предпочтений");
  });

  it("learns what a manager shuns and likes", () => {
    const { weights } = learnTaste(markLists(1, 25, { basement: -2, over_budget: 1.5 }), {
      ...defaultTastePrior,
      widths: tasteFeatureNames.map(() => 1),
    });
    expect(weights.basement).toBeLessThan(-0.8);
    expect(weights.over_budget).toBeGreaterThan(0.5);
    for (const name of tasteFeatureNames)
      if (name !== "basement" && name !== "over_budget") expect(Math.abs(weights[name]!), name).toBeLessThan(0.5);
  });

  it("takes mistakes without a taste for no taste: nothing leans because marks are mistakes only", () => {
    const marks = markLists(2, 25, {}).filter(({ suitable }) => !suitable);
    expect(marks.length).toBeGreaterThan(150);
    const { weights } = learnTaste(marks, defaultTastePrior);
    const mean = Object.values(weights).reduce((sum, weight) => sum + weight, 0) / tasteFeatureNames.length;
    expect(Math.abs(mean)).toBeLessThan(0.1);
  });

  it("moves little on few marks", () => {
    const few = learnTaste(markLists(3, 25, { basement: -2 }).slice(0, 5), defaultTastePrior);
    const many = learnTaste(markLists(3, 25, { basement: -2 }), defaultTastePrior);
    const most = Math.max(...Object.values(few.weights).map(Math.abs));
    expect(most).toBeLessThan(0.3);
    expect(many.weights.basement).toBeLessThan(-0.6);
    expect(many.spreads.basement).toBeLessThan(few.spreads.basement!);
  });

  it("is the same to the last bit whatever the order of the marks", () => {
    const marks = markLists(4, 12, { managed: 1 });
    const shuffled = new Random(9).shuffled(marks);
    expect(learnTaste(shuffled, defaultTastePrior)).toEqual(learnTaste(marks, defaultTastePrior));
  });

  it("lets the later of two opposite marks stand", () => {
    const [first] = markLists(5, 6, { basement: -1 }) as [TasteMark];
    const again = { ...first, suitable: !first.suitable, saidDay: first.saidDay + 500 };
    const { looks } = gatherLooks([first, again]);
    expect(looks).toHaveLength(1);
    expect(looks[0]!.sign).toBe(again.suitable ? 1 : -1);
  });

  it("counts a flood as few marks and reports it", () => {
    const marks = markLists(6, 1, {});
    const flood = Array.from({ length: 10_000 }, (_, i) => ({ ...marks[i % marks.length]!, saidDay: 7 }));
    expect(gatherLooks(flood).countedMarks).toBeLessThanOrEqual(countedMax.perLead);
    expect(findFloods(flood)).toHaveLength(2);
    expect(findFloods(markLists(6, 3, {}))).toEqual([]);
    const manyLeads = markLists(7, 60, {}).map((mark) => ({ ...mark, saidDay: 7 }));
    expect(gatherLooks(manyLeads).countedMarks).toBeLessThanOrEqual(countedMax.perDay + 1e-9);
  });
});

describe("learnPrior", () => {
  const managers = (truth: (random: Random) => Weights) =>
    new Map(Array.from({ length: 12 }, (_, m) => [String(m), markLists(100 + m, 15, truth(new Random(m)))]));

  it("is the safe default without managers, and near it with one", () => {
    expect(learnPrior(new Map())).toEqual(defaultTastePrior);
    expect(learnPrior(new Map([["1", markLists(1, 1, {}).slice(0, 3)]]))).toEqual(defaultTastePrior);
    const one = learnPrior(new Map([["1", markLists(1, 20, { basement: -3 })]]));
    expect(one.managers).toBe(1);
    for (const width of one.widths) expect(width).toBeLessThan(1.2);
  });

  it("is wide where managers differ and narrow where they agree", () => {
    const { widths } = learnPrior(managers((random) => ({ basement: 2 * random.normal() })));
    const basement = widths[tasteFeatureNames.indexOf("basement")]!;
    for (const [i, width] of widths.entries())
      if (tasteFeatureNames[i] !== "basement") expect(width, tasteFeatureNames[i]).toBeLessThan(basement / 2);
  });
});

describe("wordTaste", () => {
  const taste = (marks: number) => ({
    ...{ marks, countedMarks: marks },
    weights: { basement: -0.9, over_budget: 0.4, managed: 0.05, bare_walls: 0.3 },
    spreads: { basement: 0.2, over_budget: 0.2, managed: 0.01, bare_walls: 0.5 },
  });

  it("names the sure leanings, strongest first, with the noun in its case", () => {
    expect(wordTaste(taste(14), "ru")).toBe("ваши 14 отметок: подвал −, выше бюджета +");
    expect(wordTaste(taste(21), "ru")).toMatch(/^ваша 21 отметка:/);
    expect(wordTaste(taste(3), "ru")).toMatch(/^ваши 3 отметки:/);
    expect(wordTaste(taste(1), "en")).toBe("your 1 mark: basement −, over budget +");
    expect(findLeanings(taste(3)).map(({ feature }) => feature)).toEqual(["basement", "over_budget"]);
  });
});

describe("invertDefinite", () => {
  it("inverts, and refuses what is not positive definite", () => {
    const inverse = invertDefinite([
      [4, 2, 0.6],
      [2, 5, 1],
      [0.6, 1, 3],
    ]);
    expect(4 * inverse[0]![0]! + 2 * inverse[1]![0]! + 0.6 * inverse[2]![0]!).toBeCloseTo(1, 12);
    expect(2 * inverse[0]![0]! + 5 * inverse[1]![0]! + inverse[2]![0]!).toBeCloseTo(0, 12);
    expect(() =>
      invertDefinite([
        [1, 2],
        [2, 1],
      ]),
    ).toThrow(RangeError);
  });
});
