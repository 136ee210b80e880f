import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ManagerTaste } from "../ranked.ts";
import { applyTaste, marksToRemove, shiftMax } from "./apply-taste.ts";
import { tasteFeatureNames } from "./taste-features.ts";

function tasteOf(countedMarks: number, weight: number, spread = 0): ManagerTaste {
  const named = (value: number) => Object.fromEntries(tasteFeatureNames.map((name) => [name, value]));
  return { marks: countedMarks, countedMarks, weights: named(weight), spreads: named(spread) };
}
const basement = tasteFeatureNames.map((name) => (name === "basement" ? 1 : 0));
const values = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), {
  minLength: tasteFeatureNames.length,
  maxLength: tasteFeatureNames.length,
});
const margin = fc.double({ min: -20, max: 20, noNaN: true });
const weight = fc.double({ min: -1e6, max: 1e6, noNaN: true });

describe("applyTaste", () => {
  it("adds nothing without a taste, and nothing where there is nothing to have one about", () => {
    expect(applyTaste(null, basement, { marginAboveThreshold: 1 })).toBe(0);
    const nothing = tasteFeatureNames.map(() => 0);
    expect(applyTaste(tasteOf(50, -1), nothing, { marginAboveThreshold: 1 })).toBeCloseTo(0, 12);
  });

  it("rescues at once", () => {
    expect(-0.5 + applyTaste(tasteOf(1, 1), basement, { marginAboveThreshold: -0.5 })).toBeGreaterThan(0);
  });

  it("removes on enough marks and when sure, not before", () => {
    const standing = { marginAboveThreshold: 0.5 };
    const standsAt = (taste: ManagerTaste) => 0.5 + applyTaste(taste, basement, standing);
    expect(standsAt(tasteOf(marksToRemove, -1.5, 0.1))).toBeLessThan(0);
    expect(standsAt(tasteOf(marksToRemove - 1, -1.5, 0.1))).toBeGreaterThan(0);
    expect(standsAt(tasteOf(marksToRemove, -1.5, 0.9))).toBeGreaterThan(0);
  });

  it("sinks without ties where it may not remove", () => {
    const sunk = [0.2, 0.4, 0.8, 1.6].map(
      (above) => above + applyTaste(tasteOf(3, -1), basement, { marginAboveThreshold: above }),
    );
    expect(sunk).toEqual([...sunk].sort((a, b) => a - b));
    expect(new Set(sunk).size).toBe(4);
    expect(applyTaste(tasteOf(3, -1), basement, { marginAboveThreshold: 0 })).toBe(0);
    expect(applyTaste(tasteOf(3, -1), basement, { marginAboveThreshold: Number.POSITIVE_INFINITY })).toBeLessThan(-0.5);
  });

  it("is bounded whatever the weights, and below enough marks never removes", () => {
    fc.assert(
      fc.property(values, margin, weight, fc.integer({ min: 0, max: 500 }), (features, above, w, marks) => {
        const delta = applyTaste(tasteOf(marks, w, 0.1), features, { marginAboveThreshold: above });
        expect(Math.abs(delta)).toBeLessThanOrEqual(shiftMax);
        if (marks < marksToRemove && above >= 0) expect(above + delta).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
