import { describe, expect, it } from "vitest";
import { openSession } from "../onnx/session.ts";
import { treesToOnnx } from "../onnx/to-onnx.ts";
import { learnableRows } from "../testing/learnable-rows.ts";
import { trainBooster } from "./booster.ts";
import { parseTrees } from "./trees.ts";
import { TreeWalker } from "./walk-trees.ts";

const columns = 12;
const rows = 1500;
const moving = [2, 5, 7];
const points = 13;
const data = learnableRows(rows, columns, 4);
const { modelJson } = await trainBooster({ ...data, parameters: { maxDepth: 6, baseScore: 0.07 }, rounds: 60 });
const trees = parseTrees(modelJson);
const session = await openSession(treesToOnnx(trees));
const walker = new TreeWalker(trees, moving);

describe("TreeWalker", () => {
  it("gives the runtime's margins to the last bit, missing values and rows of one alike", async () => {
    expect(data.matrix.some(Number.isNaN)).toBe(true);
    const margins = await session.margins(data.matrix, rows, columns);
    for (let row = 0; row < rows; row++) {
      const alone = data.matrix.slice(row * columns, (row + 1) * columns);
      expect(Object.is(walker.margin(alone), margins[row])).toBe(true);
      if (row < 20) expect((await session.margins(alone, 1, columns))[0]).toBe(margins[row]);
    }
  });

  it("gives the same along a curve as row by row", async () => {
    const moved = new Float32Array(rows * points * moving.length);
    const all = new Float32Array(rows * points * columns);
    for (let row = 0; row < rows; row++)
      for (let point = 0; point < points; point++) {
        const at = row * points + point;
        all.set(data.matrix.subarray(row * columns, (row + 1) * columns), at * columns);
        for (const [slot, column] of moving.entries()) {
          const value = data.matrix[row * columns + column]! + (point - 6) * 0.1 * slot;
          moved[at * moving.length + slot] = value;
          all[at * columns + column] = moved[at * moving.length + slot]!;
        }
      }
    const margins = await session.margins(all, rows * points, columns);
    const along = walker.marginsAlong(data.matrix, rows, moved, points);
    expect(along).toEqual(margins);
    const changed = along.filter((margin, i) => i % points > 0 && margin !== along[i - 1]);
    expect(changed.length).toBeGreaterThan(rows);
    expect(walker.marginsAlong(new Float32Array(0), 0, new Float32Array(0), points)).toHaveLength(0);
  });
});
