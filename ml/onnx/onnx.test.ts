import { beforeAll, describe, expect, it } from "vitest";
import { learnableRows } from "../testing/learnable-rows.ts";
import { predictMargins, trainBooster } from "../xgboost/booster.ts";
import { parseTrees, type Trees } from "../xgboost/trees.ts";
import { checkParity, compareMargins } from "./parity.ts";
import { ModelBroken, openSession, ScoreBroken } from "./session.ts";
import { treesToOnnx } from "./to-onnx.ts";

const data = learnableRows(2000, 9, 11);
let modelJson: Uint8Array;
let trees: Trees;

beforeAll(async () => {
  ({ modelJson } = await trainBooster({
    ...data,
    parameters: { maxDepth: 5, baseScore: 0.1, threads: 1 },
    rounds: 60,
  }));
  trees = parseTrees(modelJson);
});

describe("treesToOnnx", () => {
  it("gives the same bytes for the same trees", () => {
    expect(Buffer.compare(treesToOnnx(trees), treesToOnnx(parseTrees(modelJson)))).toBe(0);
  });

  it("keeps every split exact: rows that lie on a threshold, a hair below it, and missing ones agree", async () => {
    const rows: number[] = [];
    for (let node = 0; node < trees.feature.length; node++) {
      const column = trees.feature[node]!;
      if (column === -1) continue;
      const threshold = trees.threshold[node]!;
      for (const value of [threshold, justBelow(threshold), Number.NaN]) {
        const row = new Float32Array(9).fill(Number.NaN);
        row[column] = value;
        rows.push(...row);
      }
    }
    const matrix = Float32Array.from(rows);
    const session = await openSession(treesToOnnx(trees));
    const margins = await session.margins(matrix, matrix.length / 9, 9);
    const own = predictMargins(modelJson, matrix, matrix.length / 9, 9);
    expect(maxDifference(margins, own)).toBeLessThan(1e-5);
  });

  it("writes trees that are a single leaf", async () => {
    const constant = learnableRows(50, 3, 1);
    const { modelJson: json } = await trainBooster({
      ...constant,
      labels: constant.labels.fill(1),
      parameters: { minChildWeight: 1000, threads: 1 },
      rounds: 3,
    });
    const session = await openSession(treesToOnnx(parseTrees(json)));
    const margins = await session.margins(constant.matrix, 50, 3);
    expect(maxDifference(margins, predictMargins(json, constant.matrix, 50, 3))).toBeLessThan(1e-6);
  });
});

describe("openSession", () => {
  it("answers one row, no rows, and refuses a matrix that does not fit", async () => {
    const session = await openSession(treesToOnnx(trees));
    expect(await session.margins(data.matrix.slice(0, 9), 1, 9)).toHaveLength(1);
    expect(await session.margins(new Float32Array(0), 0, 9)).toHaveLength(0);
    await expect(session.margins(data.matrix.slice(0, 10), 1, 9)).rejects.toThrow(RangeError);
    await expect(session.margins(data.matrix.slice(0, 8), 1, 8)).rejects.toThrow();
    await session.close();
  });

  it("gives a row the same bits in whatever company", async () => {
    const session = await openSession(treesToOnnx(trees));
    const together = await session.margins(data.matrix, data.rows, 9);
    for (const row of [0, 1, 999, 1999]) {
      const [alone] = await session.margins(data.matrix.slice(row * 9, row * 9 + 9), 1, 9);
      expect(alone).toBe(together[row]);
    }
  });

  it("refuses bytes that are cut, changed or foreign", async () => {
    const bytes = treesToOnnx(trees);
    await expect(openSession(bytes.slice(0, bytes.length >> 1))).rejects.toThrow(ModelBroken);
    await expect(openSession(new Uint8Array(0))).rejects.toThrow(ModelBroken);
    await expect(openSession(new TextEncoder().encode("{}"))).rejects.toThrow(ModelBroken);
  });

  it("does not hand out what is no number", async () => {
    const session = await openSession(treesToOnnx({ ...trees, value: trees.value.map(() => Number.NaN) }));
    await expect(session.margins(data.matrix, data.rows, 9)).rejects.toThrow(ScoreBroken);
  });
});

describe("checkParity", () => {
  const gate = () => ({ modelJson, onnx: treesToOnnx(trees), ...data, thresholds: [0.1, 0.5] });

  it("passes a true export", async () => {
    const parity = await checkParity(gate());
    expect(parity).toMatchObject({ ok: true, flipped: 0, rows: 2000, reasons: [] });
    expect(parity.maxAbsDiff).toBeLessThanOrEqual(1e-5);
    expect(parity.hardRows).toBeGreaterThanOrEqual(300);
  });

  it("refuses an export whose missing values go the other way", async () => {
    const onnx = treesToOnnx({ ...trees, defaultLeft: trees.defaultLeft.map((flag) => 1 - flag) });
    const parity = await checkParity({ ...gate(), onnx });
    expect(parity.ok).toBe(false);
    expect(parity.reasons.join()).toMatch(/differs by/);
  });

  it("refuses too few rows and too few with missing values", async () => {
    const few = await checkParity({ ...gate(), matrix: data.matrix.slice(0, 9 * 900), rows: 900 });
    expect(few.reasons).toEqual(["900 rows were compared, 1000 are needed"]);
    const whole = await checkParity({ ...gate(), matrix: data.matrix.map((x) => (Number.isNaN(x) ? 0 : x)) });
    expect(whole.reasons).toEqual(["0 rows hold a missing value, 300 are needed"]);
  });

  it("counts a flipped verdict however small the difference, and NaN as the largest difference", () => {
    const shape = { matrix: data.matrix, rows: 2, columns: 9, thresholds: [0.5] };
    expect(compareMargins(Float32Array.of(1e-9, 1), Float32Array.of(-1e-9, 1), shape).flipped).toBe(1);
    expect(compareMargins(Float32Array.of(Number.NaN, 1), Float32Array.of(0, 1), shape).maxAbsDiff).toBe(1);
  });
});

function maxDifference(one: Float32Array, other: Float32Array): number {
  return one.reduce((most, value, index) => Math.max(most, Math.abs(value - other[index]!)), 0);
}

/** The next float32 towards minus infinity. */
function justBelow(value: number): number {
  const bits = new Int32Array(Float32Array.of(value).buffer);
  bits[0]! += value > 0 ? -1 : 1;
  return value === 0 ? -1.401298464324817e-45 : new Float32Array(bits.buffer)[0]!;
}
