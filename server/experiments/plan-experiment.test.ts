import { expect, test } from "vitest";
import { leadsPerArm } from "./plan-experiment.ts";

/** Worked by hand from the formula; the 15 → 20 % is the textbooks' own. */
test.each([
  [0.15, 0.05, 905],
  [0.15, 0.1, 250],
  [0.02, 0.02, 1141],
  [0.025, 0.02, 1324],
  [0.02, 0.01, 3825],
])("from %f by %f needs %i leads an arm at 5 %% and 80 %%", (baseShare, minimalEffect, n) => {
  expect(Math.abs(leadsPerArm({ baseShare, minimalEffect, alpha: "0.05", power: "0.8" }) - n)).toBeLessThanOrEqual(1);
});

test("to be surer, or to find less, takes more", () => {
  const plan = { baseShare: 0.02, minimalEffect: 0.02, alpha: "0.05", power: "0.8" } as const;
  expect(leadsPerArm({ ...plan, power: "0.9" })).toBeGreaterThan(leadsPerArm(plan));
  expect(leadsPerArm({ ...plan, alpha: "0.01" })).toBeGreaterThan(leadsPerArm(plan));
  expect(leadsPerArm({ ...plan, minimalEffect: 0.01 })).toBeGreaterThan(3 * leadsPerArm(plan));
});
