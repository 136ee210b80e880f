import { describe, expect, it } from "vitest";
import { seededRandom as seeded } from "../candidates.ts";
import { Resamples } from "./bootstrap.ts";
import { calibrationFigures } from "./calibration-figures.ts";
import { Frontier } from "./frontier.ts";
import { atCut, auc, bestF1Cut, cutOf, ndcg5, pool, pooledAuc } from "./metrics.ts";

const list = (scores: number[], suits: number[], deals: number[] = []) => ({ scores, suits, deals });

it.each([
  [[3, 2, 1], [0], 1],
  [[1, 2, 3], [0], 0],
  [[1, 1, 1], [0], 0.5],
  [[4, 3, 2, 1], [0, 2], 0.75],
  [[2, 2, 1, 1], [0, 2], 0.5],
  [[1, 2], [0, 1], Number.NaN],
  [[1, 2], [], Number.NaN],
])("AUC of %j by %j is %d", (scores, positives, expected) => {
  expect(auc(scores, positives)).toBe(expected);
});

describe("one cut for all leads", () => {
  const lists = [list([0.9, 0.8, 0.1, 0.05], [0, 1]), list([0.7, 0.2, 0.1, 0.05], [1]), list([0.9, 0.1], [])];
  const frontier = new Frontier(lists);

  it("counts what is kept, recalled, lost and known of the kept, lead by lead", () => {
    expect(cutOf(lists[0]!, 0.5)).toEqual({ kept: 0.5, recall: 1, lossless: 1, precision: 1 });
    expect(cutOf(lists[1]!, 0.5)).toEqual({ kept: 0.25, recall: 0, lossless: 0, precision: 0 });
    expect(cutOf(lists[2]!, 0.5)).toEqual({
      kept: 0.5,
      recall: Number.NaN,
      lossless: Number.NaN,
      precision: Number.NaN,
    });
    expect(frontier.at(0.5)).toEqual({ kept: (0.5 + 0.25 + 0.5) / 3, recall: 0.5, lossless: 0.5 });
  });

  it.each([
    // 0.8 keeps both of the first lead and none of the second; 0.2 keeps all three.
    [{ recall: 0.5 }, [1, 1, 1], (0.5 + 0 + 0.5) / 3],
    [{ recall: 0.8 }, [1, 1, 1], 0.5],
    [{ lossless: 0.5 }, [1, 1, 1], (0.5 + 0 + 0.5) / 3],
    [{ lossless: 0.8 }, [1, 1, 1], 0.5],
    // Drawn three times against once, the first lead alone makes three quarters.
    [{ recall: 0.75 }, [3, 1, 0], (3 * 0.5 + 0) / 4],
  ])("the strictest that meets %j of leads drawn %j times keeps %d", (goal, counts, kept) => {
    expect(frontier.keptAt(goal, counts)).toBeCloseTo(kept, 12);
  });

  it("is none where nothing is known of the leads that were drawn", () => {
    expect(frontier.keptAt({ lossless: 0.8 }, [0, 0, 1])).toBeNaN();
    expect(new Frontier([]).keptAt({ recall: 0.8 }, [])).toBeNaN();
  });

  it("is drawn as a curve from strict to lax that ends where nothing is lost", () => {
    const curve = frontier.curve(41);
    expect(curve.map(({ recall }) => recall)).toEqual([0.25, 0.5, 1]);
    expect(curve.at(-1)).toMatchObject({ recall: 1, lossless: 1 });
    expect(new Frontier([list([1], [])]).curve(41)).toEqual([]);
  });
});

it.each([
  ["the deal on top", [3, 2, 1], [0], 1],
  ["the deal second", [2, 3, 1], [0], 1 / Math.log2(3)],
  ["the deal sixth", [1, 6, 5, 4, 3, 2], [0], 0],
  ["both deals on top", [3, 2, 1], [0, 1], 1],
  ["a tie of two counts with the mean of both places", [2, 2, 1], [0], (1 + 1 / Math.log2(3)) / 2],
])("NDCG: %s", (_, order, deals, expected) => {
  expect(ndcg5(order, deals)).toBeCloseTo(expected, 12);
});

it("NDCG tells nothing of a lead without a deal", () => {
  expect(ndcg5([2, 1], [])).toBeNaN();
});

describe("a pool of recorded deals", () => {
  const rows = [0.9, 0.8, 0.7, 0.1].map((score, lead) => ({ score, label: lead % 2 === 0, lead }));
  const pooled = pool(rows);
  const once = [1, 1, 1, 1];

  it("has its best F1 at the cut that a hand finds", () => {
    const cut = bestF1Cut(pooled);
    expect(cut).toBe(0.7);
    expect(atCut(pooled, cut, once)).toEqual({ f1: 0.8, precision: 2 / 3, recall: 1 });
  });

  it("has the AUC of a list, and weighs leads by how often they were drawn", () => {
    expect(pooledAuc(pooled, once)).toBe(auc([0.9, 0.8, 0.7, 0.1], [0, 2]));
    // Without the second row the third stands above all that failed.
    expect(pooledAuc(pooled, [1, 0, 1, 1])).toBe(1);
    const tied = pool(rows.map((row) => ({ ...row, score: 1 })));
    expect(pooledAuc(tied, [3, 1, 2, 5])).toBe(0.5);
  });
});

describe("probabilities against what came", () => {
  const row = (i: number, happened: boolean, weight = 1) => ({ lead: i, probability: 0.3, happened, weight });

  it("are off by the weighted gap", () => {
    const { ece, predictedOverObserved, curve, n } = calibrationFigures(
      Array.from({ length: 100 }, (_, i) => row(i, i % 5 === 0)),
      100,
      1,
    );
    expect(n).toBe(100);
    expect(ece.value).toBeCloseTo(0.1);
    expect(predictedOverObserved.value).toBeCloseTo(1.5);
    expect(curve).toHaveLength(10);
    expect(curve[0]).toMatchObject({ n: 10 });
    expect(curve[0]!.predicted).toBeCloseTo(0.3);
    expect(curve[0]!.observed.value).toBeCloseTo(0.2);
  });

  it("cost the log of what was said", () => {
    const { logLoss } = calibrationFigures([row(0, true), row(1, false, 3)], 2, 1);
    expect(logLoss.value).toBeCloseTo(-(Math.log(0.3) + 3 * Math.log(0.7)) / 4);
  });

  it("tell nothing without a row", () => {
    expect(calibrationFigures([], 0, 1)).toMatchObject({ n: 0, ece: { value: null }, curve: [] });
  });
});

describe("an interval", () => {
  it("holds its mean, and is paired by the draws that it shares", () => {
    const resamples = new Resamples(200, 1);
    const values = Array.from({ length: 200 }, (_, i) => i % 2);
    const { value, low, high } = resamples.mean(values);
    expect(value).toBe(0.5);
    expect(low!).toBeLessThan(0.5);
    expect(high!).toBeGreaterThan(0.5);
    const shifted = values.map((one) => one + 0.01);
    const difference = resamples.mean(shifted.map((one, i) => one - values[i]!));
    expect(difference.low!).toBeCloseTo(0.01);
    expect(difference.high!).toBeCloseTo(0.01);
  });

  it.each([
    [[Number.NaN, Number.NaN], null],
    [[], null],
    [[0.4], 0.4],
  ])("of %j has no ends: a single lead says nothing of the others", (values, value) => {
    expect(new Resamples(values.length, 1).mean(values)).toEqual({ value, low: null, high: null });
  });

  it("of leads that are all without loss is not certain: 9 of 9 are no proof of 100 %", () => {
    const { value, low, high } = new Resamples(9, 1).mean(Array.from({ length: 9 }, () => 1));
    expect([value, high]).toEqual([1, 1]);
    expect(low!).toBeCloseTo(0.025 ** (1 / 9));
    expect(new Resamples(100, 1).mean(Array.from({ length: 100 }, () => 0)).high!).toBeCloseTo(0.036, 3);
  });

  it("covers the truth in about 95 of 100 samples of a known distribution", () => {
    const random = seeded(7);
    const trials = 400;
    let covered = 0;
    for (let trial = 0; trial < trials; trial++) {
      // Exponential with mean 1: as skewed as a share of lost leads.
      const sample = Array.from({ length: 60 }, () => -Math.log(1 - random()));
      const { low, high } = new Resamples(60, trial).mean(sample);
      covered += +(low! <= 1 && 1 <= high!);
    }
    expect(covered / trials).toBeGreaterThan(0.9);
    expect(covered / trials).toBeLessThan(0.98);
  });
});
