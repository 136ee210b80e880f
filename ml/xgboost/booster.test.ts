import { describe, expect, it } from "vitest";
import { learnableRows } from "../testing/learnable-rows.ts";
import { predictContributions, predictMargins, trainBooster } from "./booster.ts";
import { loadXgboost, XgboostError, XgboostMissing } from "./library.ts";
import type { BoosterParameters } from "./parameters.ts";
import { parseTrees } from "./trees.ts";

const data = learnableRows(1500, 8, 1);
const drawn: BoosterParameters = { subsample: 0.7, colsampleByTree: 0.5, maxDepth: 4, seed: 7, threads: 2 };

describe("trainBooster", () => {
  it("gives the same bytes for the same input, even when two trainings take turns on two threads each", async () => {
    const alone = await trainBooster({ ...data, parameters: drawn, rounds: 4 });
    const together = await Promise.all([
      trainBooster({ ...data, parameters: drawn, rounds: 4 }),
      trainBooster({ ...data, parameters: { ...drawn, seed: 8 }, rounds: 4 }),
    ]);
    expect(Buffer.compare(together[0].modelJson, alone.modelJson)).toBe(0);
    expect(Buffer.compare(together[1].modelJson, alone.modelJson)).not.toBe(0);
  }, 30_000);

  it("learns: log loss on other rows falls well below that of a constant", async () => {
    const { evals } = await trainBooster({
      ...data,
      parameters: { threads: 1, eta: 0.2 },
      rounds: 20,
      validation: learnableRows(1000, 8, 2),
    });
    expect(evals).toHaveLength(20);
    expect(evals.at(-1)!).toBeLessThan(0.6);
  });

  it("stops early and keeps the best round", async () => {
    const reversed = { ...data, labels: data.labels.map((label) => 1 - label) };
    const stopped = await trainBooster({
      ...data,
      parameters: { threads: 1, eta: 0.5 },
      rounds: 200,
      validation: reversed,
      earlyStoppingRounds: 5,
    });
    expect(stopped.evals).toHaveLength(6);
    expect(stopped.rounds).toBe(1);
    expect(parseTrees(stopped.modelJson).roots).toHaveLength(2);
  });

  it("takes the highest AUC for the best", async () => {
    const { evals, rounds } = await trainBooster({
      ...data,
      parameters: { threads: 1, evalMetric: "auc", eta: 0.3 },
      rounds: 60,
      validation: learnableRows(300, 8, 3),
      earlyStoppingRounds: 10,
    });
    expect(evals[rounds - 1]).toBe(Math.max(...evals));
  });

  it("never lets a bound column raise the margin, which noise would do unbound", async () => {
    const [steps, rows] = [30, 50];
    const rising = new Float32Array(rows * steps * 8);
    for (let line = 0; line < rows * steps; line++) {
      const row = Math.floor(line / steps);
      rising.set(data.matrix.subarray(row * 8, row * 8 + 8), line * 8);
      rising[line * 8 + 1] = (line % steps) / steps;
    }
    const rises = async (monotone: BoosterParameters["monotone"]) => {
      const { modelJson } = await trainBooster({
        ...data,
        parameters: { threads: 1, maxDepth: 6, monotone },
        rounds: 40,
      });
      const margins = predictMargins(modelJson, rising, rows * steps, 8);
      return margins.filter((margin, line) => line % steps > 0 && margin > margins[line - 1]!).length;
    };
    expect(await rises([0, -1, 0, 0, 0, 0, 0, 0])).toBe(0);
    expect(await rises([])).toBeGreaterThan(100);
  });

  it("weighs rows, starts from the base score and keeps the names of columns", async () => {
    const featureNames = ["a", "b", "c", "d", "e", "f", "g", "h"];
    const weights = data.labels.map((label) => (label === 1 ? 3 : 1));
    const light = await trainBooster({ ...data, parameters: { threads: 1 }, rounds: 5 });
    const heavy = await trainBooster({
      ...data,
      weights,
      featureNames,
      parameters: { threads: 1, baseScore: 0.2 },
      rounds: 5,
    });
    const trees = parseTrees(heavy.modelJson);
    expect(trees.featureNames).toEqual(featureNames);
    expect(trees.baseMargin).toBeCloseTo(Math.log(0.2 / 0.8), 6);
    expect(mean(predictMargins(heavy.modelJson, data.matrix, data.rows, 8)) - trees.baseMargin).toBeGreaterThan(
      mean(predictMargins(light.modelJson, data.matrix, data.rows, 8)) + 0.3,
    );
  });

  it("reports every round and stops when it is told to", async () => {
    const rounds: number[] = [];
    const controller = new AbortController();
    const training = trainBooster({
      ...data,
      parameters: { threads: 1 },
      rounds: 1000,
      signal: controller.signal,
      onRound: ({ round }) => {
        rounds.push(round);
        if (round === 3) controller.abort(new Error("enough"));
      },
    });
    await expect(training).rejects.toThrow("enough");
    expect(rounds).toEqual([1, 2, 3]);
  });

  it("trains on one row", async () => {
    const { modelJson } = await trainBooster({ ...learnableRows(1, 4, 1), parameters: { threads: 1 }, rounds: 2 });
    expect(predictMargins(modelJson, new Float32Array(4).fill(Number.NaN), 1, 4)).toHaveLength(1);
  });

  it.each([
    ["no rows", { rows: 0, matrix: new Float32Array(0), labels: new Float32Array(0) }, /no row/],
    ["a short matrix", { matrix: new Float32Array(7) }, /7 values/],
    ["a label that is no class", { labels: data.labels.map(() => 0.5) }, /label 0.5/],
    ["a label that is no number", { labels: data.labels.map(() => Number.NaN) }, /label NaN/],
    ["a weight that is no number", { weights: data.labels.map(() => Number.NaN) }, /weight NaN/],
    ["a negative weight", { weights: data.labels.map(() => -1) }, /weight -1/],
    ["bounds for other columns", { parameters: { monotone: [1 as const] } }, /monotone names 1/],
    ["early stopping without validation", { earlyStoppingRounds: 3 }, /needs validation/],
    ["a name too few", { featureNames: ["a"] }, /1 feature names/],
    ["an unknown parameter", { parameters: { depth: 3 } as BoosterParameters }, /depth/],
  ])("refuses %s", async (_, wrong, message) => {
    await expect(trainBooster({ ...data, parameters: { threads: 1 }, rounds: 2, ...wrong })).rejects.toThrow(message);
  });
});

describe("predictMargins", () => {
  it("answers an empty set with nothing and a broken model with the library's words", async () => {
    const { modelJson } = await trainBooster({ ...data, parameters: { threads: 1 }, rounds: 2 });
    expect(predictMargins(modelJson, new Float32Array(0), 0, 8)).toHaveLength(0);
    expect(predictContributions(modelJson, data.matrix, data.rows, 8)).toHaveLength(data.rows * 9);
    expect(() => predictMargins(modelJson.slice(0, 500), data.matrix, data.rows, 8)).toThrow(XgboostError);
  });
});

describe("loadXgboost", () => {
  it("finds the installed library, the same object every time", () => {
    expect(loadXgboost()).toBe(loadXgboost());
    expect(loadXgboost().version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it("says what to install when it is not there", () => {
    expect(() => loadXgboost("/nowhere/libxgboost.so")).toThrow(XgboostMissing);
    expect(() => loadXgboost("/nowhere/libxgboost.so")).toThrow(/install.*\/nowhere\/libxgboost\.so/s);
  });
});

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
