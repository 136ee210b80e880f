import { expect, test } from "vitest";
import { compareBoards } from "./compare-boards.ts";

const kept = (premisesId: string, rank: number) => ({ premisesId, decision: "keep" as const, rank, suitability: 0.9 });
const removed = (premisesId: string, suitability: number) => ({
  premisesId,
  decision: "remove" as const,
  rank: null,
  suitability,
});

test("what turned is told, the best first; what stayed, came or went is not", () => {
  const before = [
    kept("stays", 1),
    kept("low", 2),
    kept("near", 3),
    removed("b", 0.1),
    removed("a", 0.2),
    kept("let", 4),
  ];
  const after = [
    kept("a", 2),
    kept("stays", 3),
    kept("b", 1),
    removed("low", 0.1),
    removed("near", 0.3),
    kept("new", 4),
  ];
  const { entered, left } = compareBoards(before, after);
  expect(entered.map(({ premisesId }) => premisesId)).toEqual(["b", "a"]);
  expect(left.map(({ premisesId }) => premisesId)).toEqual(["near", "low"]);
  expect(compareBoards(after, after)).toEqual({ entered: [], left: [] });
});
