import { describe, expect, it } from "vitest";
import type { PairFacts } from "./pair-facts.ts";
import { type Change, findRemedies, type Trial } from "./remedy.ts";

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
  const asked: Trial[][] = [];
  return {
    asked,
    keeps: async (trials: readonly Trial[]) => {
      asked.push([...trials]);
      return trials.map(({ change }) => rule(change));
    },
  };
}

describe("findRemedies", () => {
  it("shows the smallest change that keeps, and only one that was scored", async () => {
    const { asked, keeps } = judge((change) => change.kind === "rent" && change.rentRubMonth <= 82_000);
    const [remedy] = await findRemedies([pair], keeps);
    expect(remedy).toEqual({ phrase: "rent", values: { rentRubMonth: 81_500 } });
    expect(asked).toHaveLength(1);
    expect(asked[0]!.map(({ change }) => change)).toContainEqual({ kind: "rent", rentRubMonth: 81_500 });
  });

  it("prefers less effort: a district before a deep cut, a small cut before a district", async () => {
    const deep = judge(
      (change) => change.kind === "district" || (change.kind === "rent" && change.rentRubMonth < 70_000),
    );
    expect((await findRemedies([pair], deep.keeps))[0]?.phrase).toBe("district");
    const small = judge((change) => change.kind === "district" || change.kind === "rent");
    expect((await findRemedies([pair], small.keeps))[0]).toEqual({ phrase: "rent", values: { rentRubMonth: 91_000 } });
  });

  it("tries every kind of change that the facts allow", async () => {
    const { asked, keeps } = judge(() => false);
    expect(await findRemedies([pair], keeps)).toEqual([null]);
    const changes = asked[0]!.map(({ change }) => change);
    expect(new Set(changes.map(({ kind }) => kind))).toEqual(new Set(["rent", "area", "budget", "bank", "district"]));
    expect(changes).toContainEqual({ kind: "area", areaFromSqm: 60, areaToSqm: 240 });
    expect(changes).toContainEqual({ kind: "budget", budgetRubMonth: 97_000 });
    expect(changes).toContainEqual({ kind: "bank", bank: "right" });
  });

  it("widens an open or a swapped wish at the right end", async () => {
    const { keeps } = judge((change) => change.kind === "area");
    const open = { ...pair, wish: { ...pair.wish, areaFromSqm: Number.NaN } };
    const swapped = { ...pair, wish: { ...pair.wish, areaFromSqm: 150, areaToSqm: 60 } };
    const small = { ...pair, areaSqm: 45.5, wish: { ...pair.wish, areaToSqm: Number.NaN } };
    expect(await findRemedies([open, swapped, small], keeps)).toEqual([
      { phrase: "area", values: { areaFromSqm: null, areaToSqm: 240 } },
      { phrase: "area", values: { areaFromSqm: 60, areaToSqm: 240 } },
      { phrase: "area", values: { areaFromSqm: 45, areaToSqm: null } },
    ]);
  });

  it("asks nothing where nothing can be changed, and about several pairs at once", async () => {
    const nothing = {
      ...pair,
      rentRubMonth: Number.NaN,
      areaSqm: Number.NaN,
      bank: null,
      district: null,
    };
    const none = judge(() => true);
    expect(await findRemedies([nothing], none.keeps)).toEqual([null]);
    expect(await findRemedies([], none.keeps)).toEqual([]);
    expect(none.asked).toHaveLength(0);

    const all = judge((change) => change.kind === "bank");
    const remedies = await findRemedies([nothing, pair, pair], all.keeps);
    expect(remedies.map((remedy) => remedy?.phrase ?? null)).toEqual([null, "bank", "bank"]);
    expect(all.asked).toHaveLength(1);
    expect(new Set(all.asked[0]!.map(({ pair: index }) => index))).toEqual(new Set([1, 2]));
  });

  it("refuses answers that do not fit the question", async () => {
    await expect(findRemedies([pair], async () => [true])).rejects.toThrow(RangeError);
  });
});
