import { describe, expect, it } from "vitest";
import { atCut, auc, bestF1, frontier, ndcg5, reliability } from "./metrics.ts";
import { estimate } from "./report.ts";

const list = (scores: number[], good: number[], deals: number[] = []) => ({
  scores,
  suits: scores.map((_, i) => good.includes(i)),
  deals: scores.map((_, i) => deals.includes(i)),
});

it.each([
  [[3, 2, 1], [true, false, false], 1],
  [[1, 2, 3], [true, false, false], 0],
  [[1, 1, 1], [true, false, false], 0.5],
  [[4, 3, 2, 1], [true, false, true, false], 0.75],
  [[1, 2], [true, true], null],
])("AUC of %j by %j is %j", (scores, labels, expected) => {
  expect(auc(scores, labels)).toBe(expected);
});

describe("one cut for all leads", () => {
  const lists = [list([0.9, 0.8, 0.1, 0.05], [0, 1]), list([0.7, 0.2, 0.1, 0.05], [1])];

  it("counts what is kept, recalled, and lost", () => {
    expect(atCut(lists, 0.5)).toEqual({ kept: 0.375, recall: 0.5, lossless: 0.5 });
    expect(atCut(lists, 0.2)).toEqual({ kept: 0.5, recall: 1, lossless: 1 });
  });

  it("finds the strictest that meets a goal", () => {
    expect(frontier(lists)).toEqual({ keptAtRecall80: 0.5, keptAtRecall95: 0.5, keptAt8Of10: 0.5 });
  });
});

it("NDCG prefers deals on top", () => {
  expect(ndcg5(list([3, 2, 1], [0, 1], [0]))).toBe(1);
  expect(ndcg5(list([2, 3, 1], [0, 1], [0]))).toBeLessThan(1);
  expect(ndcg5(list([1, 2], []))).toBeNull();
});

it("the best F1 is found over all cuts", () => {
  expect(bestF1([0.9, 0.8, 0.7, 0.1], [true, false, true, false])).toEqual({ f1: 0.8, precision: 2 / 3, recall: 1 });
});

it("calibration error is the weighted gap between what was said and what happened", () => {
  const rows = Array.from({ length: 100 }, (_, i) => ({ probability: 0.3, happened: i < 20, weight: 1 }));
  const { ece, predictedOverObserved } = reliability(rows);
  expect(predictedOverObserved).toBeCloseTo(1.5);
  expect(ece).toBeGreaterThan(0.09);
  const honest = rows.map((row, i) => ({ ...row, happened: i % 10 < 3 }));
  expect(reliability(honest).ece).toBeLessThan(1e-9);
});

it("an interval holds its mean and is told from nothing by null", () => {
  const { value, low, high } = estimate(
    Array.from({ length: 200 }, (_, i) => i % 2),
    1,
  );
  expect(value).toBe(0.5);
  expect(low!).toBeLessThan(0.5);
  expect(high!).toBeGreaterThan(0.5);
  expect(estimate([Number.NaN], 1)).toEqual({ value: null, low: null, high: null });
});
