import { expect, test } from "vitest";
import { estimateRemaining, type TimedWork } from "./estimate-remaining.ts";

/** Half of the way in 20 s, the other half in 80 s. */
const earlier: TimedWork = {
  laps: [
    { stage: "facts", percent: 0, atSeconds: 0 },
    { stage: "prepare", percent: 50, atSeconds: 20 },
    { stage: "report", percent: 90, atSeconds: 90 },
  ],
  seconds: 100,
};

test("as fast as before, the rest takes what it took before, stage by stage", () => {
  expect(estimateRemaining({ percent: 0, elapsedSeconds: 0 }, earlier)).toBe(100);
  expect(estimateRemaining({ percent: 25, elapsedSeconds: 10 }, earlier)).toBe(90);
  expect(estimateRemaining({ percent: 50, elapsedSeconds: 20 }, earlier)).toBe(80);
  expect(estimateRemaining({ percent: 70, elapsedSeconds: 55 }, earlier)).toBe(45);
  expect(estimateRemaining({ percent: 100, elapsedSeconds: 100 }, earlier)).toBe(0);
});

test("slower than before, the rest is stretched; it never turns negative and is finite everywhere", () => {
  expect(estimateRemaining({ percent: 50, elapsedSeconds: 120 }, earlier)).toBe(160);
  for (let percent = 0; percent <= 100; percent++)
    for (const elapsedSeconds of [0, 1, 500])
      expect(estimateRemaining({ percent, elapsedSeconds }, earlier)).toBeGreaterThanOrEqual(0);
});

test("without an earlier one its own pace tells, and nothing before there is one", () => {
  expect(estimateRemaining({ percent: 5, elapsedSeconds: 60 }, null)).toBeNull();
  expect(estimateRemaining({ percent: 40, elapsedSeconds: 3 }, null)).toBeNull();
  expect(estimateRemaining({ percent: 25, elapsedSeconds: 30 }, null)).toBe(90);
  expect(estimateRemaining({ percent: 25, elapsedSeconds: 30 }, { laps: [], seconds: 5 })).toBe(90);
});
