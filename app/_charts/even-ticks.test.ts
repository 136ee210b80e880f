import { expect, test } from "vitest";
import { evenTicks } from "./even-ticks.ts";

const tidy = (ticks: number[]) => ticks.map((tick) => Number(tick.toFixed(9)));

test.each([
  [0.04, [0, 0.01, 0.02, 0.03, 0.04]],
  [0.041, [0, 0.02, 0.04, 0.06]],
  [0.26, [0, 0.1, 0.2, 0.3]],
  [0.09, [0, 0.025, 0.05, 0.075, 0.1]],
  [1, [0, 0.25, 0.5, 0.75, 1]],
  [37, [0, 10, 20, 30, 40]],
])("an axis that must hold %f has even steps and none too many", (value, ticks) => {
  expect(tidy(evenTicks(value))).toEqual(ticks);
});

test.each([
  [0, [0, 1]],
  [1, [0, 1]],
  [3, [0, 1, 2, 3]],
  [9, [0, 5, 10]],
  [90, [0, 25, 50, 75, 100]],
])("what is counted has whole steps: %i", (value, ticks) => {
  expect(tidy(evenTicks(value, 1))).toEqual(ticks);
});

test.each([
  [0.083, [0, 0.05, 0.1]],
  [0.079, [0, 0.02, 0.04, 0.06, 0.08]],
  [0.004, [0, 0.01]],
  [0.7, [0, 0.2, 0.4, 0.6, 0.8]],
])("what is said in whole percents has steps of whole percents: %f", (value, ticks) => {
  expect(tidy(evenTicks(value, 0.01))).toEqual(ticks);
});

test("an axis of which nothing is known still has two ends", () => {
  expect(evenTicks(0)).toHaveLength(2);
});
