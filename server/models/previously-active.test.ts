import { expect, test } from "vitest";
import { previouslyActive } from "./previously-active.ts";

const up = (toModelId: number) => ({ kind: "promote" as const, toModelId });
const back = (toModelId: number) => ({ kind: "rollback" as const, toModelId });

test.each([
  ["nothing happened", [], []],
  ["a first model has nothing below it", [up(1)], []],
  ["the one before", [up(1), up(2)], [1]],
  ["two steps back are two promotions back", [up(1), up(2), up(3), back(2)], [1]],
  ["all the way back", [up(1), up(2), up(3), back(2), back(1)], []],
  ["a model that came back by promotion lies on top again", [up(1), up(2), up(1)], [2, 1]],
  ["forward after a rollback", [up(1), up(2), back(1), up(3)], [1]],
])("%s", (_, swaps, expected) => {
  expect(previouslyActive(swaps)).toEqual(expected);
});
