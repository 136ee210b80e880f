import { expect, test } from "vitest";
import { differences, leaves } from "./differences.ts";

test("only what differs is told, by its place; what is in one alone is null in the other", () => {
  const one = { depth: 6, heads: { suitability: { trees: 300, eta: 0.1 } }, drop: [1, 2], gone: true };
  const other = { depth: 6, heads: { suitability: { trees: 320, eta: 0.1 } }, drop: [1, 3], come: null };
  expect(differences(one, other)).toEqual([
    { place: "come", one: null, other: "null" },
    { place: "drop", one: "[1,2]", other: "[1,3]" },
    { place: "gone", one: "true", other: null },
    { place: "heads.suitability.trees", one: "300", other: "320" },
  ]);
  expect(differences(one, structuredClone(one))).toEqual([]);
});

test("a text is itself and not its JSON", () => {
  expect([...leaves({ sha256: "ab", of: { x: "y" } })]).toEqual([
    ["sha256", "ab"],
    ["of.x", "y"],
  ]);
});
