import { describe, expect, it } from "vitest";
import { seededRandom } from "../candidates.ts";
import { calibrated, chooseCalibration, fitIsotonic, fitPlatt } from "./calibrate.ts";
import { chooseThreshold, conformalThreshold } from "./choose-threshold.ts";
import { splitByTime } from "./split-by-time.ts";

const random = seededRandom(1);
const rows = Array.from({ length: 4000 }, () => {
  const margin = 6 * random() - 4;
  return { margin, happened: random() < 1 / (1 + Math.exp(-(0.7 * margin - 1))), weight: 1 };
});

describe("calibration", () => {
  it("Platt finds the line that made the data", () => {
    const fitted = fitPlatt(rows);
    if (fitted.kind !== "platt") throw new Error("a line was asked for");
    expect(fitted.slope).toBeCloseTo(0.7, 1);
    expect(fitted.intercept).toBeCloseTo(-1, 1);
  });

  it("isotonic never falls and keeps the mean", () => {
    const fitted = fitIsotonic(rows);
    let before = 0;
    for (let margin = -6; margin < 4; margin += 0.05) {
      const p = calibrated(fitted, margin);
      expect(p).toBeGreaterThanOrEqual(before);
      before = p;
    }
    const predicted = rows.reduce((sum, row) => sum + calibrated(fitted, row.margin), 0);
    expect(predicted / rows.filter((row) => row.happened).length).toBeCloseTo(1, 1);
  });

  it("undoes a record that holds one failure of ten, by weights", () => {
    const recorded = rows
      .filter((row) => row.happened || random() < 0.1)
      .map((row) => ({ ...row, weight: row.happened ? 1 : 10 }));
    const { calibration } = chooseCalibration(recorded);
    const predicted = rows.reduce((sum, row) => sum + calibrated(calibration, row.margin), 0);
    expect(predicted / rows.filter((row) => row.happened).length).toBeCloseTo(1, 1);
  });
});

describe("the threshold", () => {
  it("is the strictest with n/(n+1)·R̂ + 1/(n+1) ≤ α", () => {
    const lowest = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);
    const threshold = conformalThreshold(lowest, 0.2);
    const risk = (at: number) => (99 / 100) * (lowest.filter((one) => one < at).length / 99) + 1 / 100;
    expect(risk(threshold)).toBeLessThanOrEqual(0.2 + 1e-9);
    expect(risk(threshold + 0.01)).toBeGreaterThan(0.2);
  });

  it("keeps everything where too few leads can promise nothing", () => {
    expect(chooseThreshold({ reviewed: [], recorded: [0.4, 0.5], recordedPerLead: 1 })).toEqual({
      threshold: 0,
      basis: { n: 2, source: "none", alpha: 0.2 },
    });
  });

  it("keeps its promise on leads it has not seen", () => {
    let lost = 0;
    const trials = 400;
    for (let trial = 0; trial < trials; trial++) {
      const leads = Array.from({ length: 60 }, () => random() ** 2);
      if (random() ** 2 < conformalThreshold(leads, 0.2)) lost++;
    }
    expect(lost / trials).toBeLessThan(0.26);
    expect(lost / trials).toBeGreaterThan(0.1);
  });

  it("is looser on records that hold one of three offers than on reviewed leads", () => {
    const lowest = Array.from({ length: 300 }, (_, i) => i / 300);
    const recorded = chooseThreshold({ reviewed: [], recorded: lowest, recordedPerLead: 1 });
    const complete = chooseThreshold({ reviewed: [], recorded: lowest, recordedPerLead: 3 });
    const reviewed = chooseThreshold({ reviewed: lowest, recorded: [], recordedPerLead: 1 });
    expect(recorded.threshold).toBeLessThan(complete.threshold);
    expect(reviewed.threshold).toBe(complete.threshold);
    expect(reviewed.basis.source).toBe("reviewed");
  });
});

it("splits by time: no day on both sides", () => {
  const sets = Array.from({ length: 300 }, (_, i) => ({ day: Math.floor(i / 7) }));
  const { fit, tune, test } = splitByTime(sets);
  expect(fit.length + tune.length + test.length).toBe(300);
  expect(Math.max(...fit.map((set) => set.day))).toBeLessThan(Math.min(...tune.map((set) => set.day)));
  expect(Math.max(...tune.map((set) => set.day))).toBeLessThan(Math.min(...test.map((set) => set.day)));
});
