import { expect, it } from "vitest";
import type { BoardItem } from "./board-answers.ts";
import { removalGroup, splitBoard } from "./split-board.ts";

type Reason = BoardItem["reasons"][number];
const reason = (code: Reason["code"], strength: number, against = true): Reason => ({
  code,
  text: code,
  against,
  strength,
});

function item(premisesId: string, over: Partial<BoardItem>): BoardItem {
  return {
    premisesId,
    name: `Помещение ${premisesId}`,
    address: null,
    district: null,
    bank: null,
    section: null,
    areaSqm: null,
    rentRubMonth: null,
    floor: null,
    fitOut: null,
    builtYear: null,
    managed: null,
    water: null,
    sewerage: null,
    documents: null,
    freeSinceOn: "2026-01-01",
    decision: "remove",
    suitability: 0.1,
    probability: 0.01,
    rank: null,
    reasons: [],
    remedy: null,
    price: { asking: null, best: null, similar: null },
    mark: null,
    ...over,
  };
}

it("orders the kept by rank and the removed by nearness to the threshold", () => {
  const split = splitBoard([
    item("a", { suitability: 0.1 }),
    item("b", { decision: "keep", rank: 2 }),
    item("c", { suitability: 0.39 }),
    item("d", { decision: "keep", rank: 1 }),
  ]);
  expect(split.kept.map((one) => one.premisesId)).toEqual(["d", "b"]);
  expect(split.removed.map((one) => one.premisesId)).toEqual(["c", "a"]);
});

it("files each removal under its strongest reason against, so that the counts add up", () => {
  const items = [
    item("a", { reasons: [reason("area", 0.9, false), reason("rent", 0.4), reason("place", 0.2)] }),
    item("b", { reasons: [reason("rent", 0.2), reason("place", 0.6)] }),
    item("c", { reasons: [reason("rent", 0.5)] }),
    item("d", { reasons: [reason("area", 0.3, false)] }),
  ];
  expect(items.map(removalGroup)).toEqual(["rent", "place", "rent", "other"]);
  const { groups, removed } = splitBoard(items);
  expect(groups[0]).toEqual({ group: "rent", count: 2 });
  expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(removed.length);
});

it("orders both columns by a figure, what is not known last", () => {
  const { kept, removed } = splitBoard(
    [
      item("a", { rentRubMonth: null }),
      item("b", { rentRubMonth: 90_000, areaSqm: 100 }),
      item("c", { rentRubMonth: 50_000, areaSqm: 25 }),
      item("d", { decision: "keep", rank: 1, rentRubMonth: 70_000 }),
      item("e", { decision: "keep", rank: 2, rentRubMonth: 60_000 }),
    ],
    "rent",
  );
  expect(removed.map((one) => one.premisesId)).toEqual(["c", "b", "a"]);
  expect(kept.map((one) => one.premisesId)).toEqual(["e", "d"]);
});
