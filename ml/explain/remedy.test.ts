import { describe, expect, it } from "vitest";
import type { PairFacts } from "./pair-facts.ts";
import { type Change, findRemedy } from "./remedy.ts";

const pair = {
  areaSqm: 240,
  rentRubMonth: 96_300,
  bank: "right",
  district: "Октябрьский",
  wish: {
    areaFromSqm: 60,
    areaToSqm: 150,
    budgetRubMonth: 80_000,
    bank: "left",
    districts: ["Ленинский"],
    kmToDistrict: 7,
  },
} as unknown as PairFacts;

/** Keeps what the rule keeps and remembers what it was asked. */
function judge(rule: (change: Change) => boolean) {
  const asked: Change[] = [];
  return {
    asked,
    keeps: (change: Change) => {
      asked.push(change);
      return rule(change);
    },
  };
}

describe("findRemedy", () => {
  it("shows the smallest cut that keeps, and only one that was scored", () => {
    const { asked, keeps } = judge((change) => change.kind === "rent" && change.rentRubMonth <= 82_200);
    expect(findRemedy(pair, keeps)).toEqual({ phrase: "rent", values: { rentRubMonth: 82_000 } });
    expect(asked).toContainEqual({ kind: "rent", rentRubMonth: 82_000 });
    expect(asked.length).toBeLessThan(15);
  });

  it("prefers less effort: a district before a deep cut, a small cut before a district", () => {
    const deep = judge(
      (change) => change.kind === "district" || (change.kind === "rent" && change.rentRubMonth < 70_000),
    );
    expect(findRemedy(pair, deep.keeps)?.phrase).toBe("district");
    const small = judge((change) => change.kind === "district" || change.kind === "rent");
    expect(findRemedy(pair, small.keeps)).toEqual({ phrase: "rent", values: { rentRubMonth: 96_000 } });
  });

  it("tries every kind of change that the facts allow", () => {
    const { asked, keeps } = judge(() => false);
    expect(findRemedy(pair, keeps)).toBeNull();
    expect(new Set(asked.map(({ kind }) => kind))).toEqual(new Set(["rent", "area", "budget", "bank", "district"]));
    expect(asked).toContainEqual({ kind: "area", areaFromSqm: 60, areaToSqm: 240 });
    expect(asked).toContainEqual({ kind: "budget", budgetRubMonth: 97_000 });
    expect(asked).toContainEqual({ kind: "bank", bank: "right" });
    expect(asked).toContainEqual({ kind: "rent", rentRubMonth: 67_500 });
  });

  it("widens an open or a swapped wish at the right end", () => {
    const keeps = ({ kind }: Change) => kind === "area";
    const open = { ...pair, wish: { ...pair.wish, areaFromSqm: Number.NaN } };
    const swapped = { ...pair, wish: { ...pair.wish, areaFromSqm: 150, areaToSqm: 60 } };
    const small = { ...pair, areaSqm: 45.5, wish: { ...pair.wish, areaToSqm: Number.NaN } };
    expect([open, swapped, small].map((facts) => findRemedy(facts, keeps))).toEqual([
      { phrase: "area", values: { areaFromSqm: null, areaToSqm: 240 } },
      { phrase: "area", values: { areaFromSqm: 60, areaToSqm: 240 } },
      { phrase: "area", values: { areaFromSqm: 45, areaToSqm: null } },
    ]);
  });

  it("shows a rent that keeps where a lower one would not, as a manager's taste may have it", () => {
    const keeps = (change: Change) => change.kind === "rent" && change.rentRubMonth % 1000 === 500;
    const remedy = findRemedy(pair, keeps)!;
    expect(keeps({ kind: "rent", rentRubMonth: Number(remedy.values.rentRubMonth) })).toBe(true);
  });

  it("asks nothing where nothing can be changed", () => {
    const nothing = { ...pair, rentRubMonth: Number.NaN, areaSqm: Number.NaN, bank: null, district: null };
    const { asked, keeps } = judge(() => true);
    expect(findRemedy(nothing, keeps)).toBeNull();
    expect(findRemedy({ ...nothing, rentRubMonth: 400 }, keeps)).toBeNull();
    expect(asked).toHaveLength(0);
  });
});
