import { expect, test } from "vitest";
import { groupOf, orderCases, type PilotCase } from "./order-cases.ts";

const one = (premisesId: string, broken: string[], closeness: number, areaSqm: number | null = 50) =>
  ({ premisesId, broken, closeness, areaSqm, rentRubMonth: null }) as PilotCase;

test("groups by what is broken, best group first, and nothing is lost", () => {
  const cases = [one("a", ["area", "rent"], 0.1), one("b", [], 0.9), one("c", ["place"], 0.3), one("d", [], 1)];
  const ordered = orderCases(cases, "closeness");
  expect(ordered.map(({ group, cases }) => [group, cases.map(({ premisesId }) => premisesId)])).toEqual([
    ["none", ["d", "b"]],
    ["place", ["c"]],
    ["several", ["a"]],
  ]);
  expect(groupOf({ broken: ["something new"] })).toBe("several");
});

test("what is equal or unknown stays as it was drawn, unknown last", () => {
  const cases = [one("a", [], 1, null), one("b", [], 1, 40), one("c", [], 1, null), one("d", [], 1, 40)];
  const idsBy = (order: "area" | "rent") => orderCases(cases, order)[0]!.cases.map(({ premisesId }) => premisesId);
  expect(idsBy("area")).toEqual(["b", "d", "a", "c"]);
  expect(idsBy("rent")).toEqual(["a", "b", "c", "d"]);
});
