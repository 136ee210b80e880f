import { describe, expect, test } from "vitest";
import { hasMoreEmpty, PSI_MAX, stability } from "./check-drift.ts";

describe("empty values have grown", () => {
  test.each([
    ["by far more than chance", { n: 5000, empty: 2000 }, { n: 400, empty: 240 }, true],
    ["by less than the bound", { n: 5000, empty: 2000 }, { n: 400, empty: 195 }, false],
    ["by more, but of a handful", { n: 5000, empty: 2000 }, { n: 6, empty: 4 }, false],
    ["not: they have become fewer", { n: 5000, empty: 2000 }, { n: 400, empty: 40 }, false],
    ["not: nobody came", { n: 5000, empty: 2000 }, { n: 0, empty: 0 }, false],
  ])("%s", (_, reference, recent, grown) => {
    expect(hasMoreEmpty(reference, recent)).toBe(grown);
  });
});

describe("stability", () => {
  test("is Σ (q − p)·ln(q/p)", () => {
    const bins = [
      { reference: 5000, recent: 200 },
      { reference: 5000, recent: 600 },
    ];
    const { psi } = stability(bins);
    expect(psi).toBeCloseTo((0.25 - 0.5) * Math.log(0.25 / 0.5) + (0.75 - 0.5) * Math.log(0.75 / 0.5), 2);
    expect(psi).toBeGreaterThan(PSI_MAX);
  });

  test("allows what chance alone gives, and is finite where a side never saw a bin", () => {
    const bins = Array.from({ length: 40 }, (_, i) => ({ reference: 100, recent: i % 3 }));
    const { psi, psiBound } = stability([...bins, { reference: 0, recent: 15 }]);
    expect(psiBound).toBeCloseTo(PSI_MAX + 40 * (1 / 4000 + 1 / 54), 6);
    expect(Number.isFinite(psi)).toBe(true);
  });

  test("says nothing of a handful", () => {
    expect(stability([{ reference: 900, recent: 49 }]).psi).toBeNull();
  });
});
