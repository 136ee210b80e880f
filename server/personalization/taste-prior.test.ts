import { expect, test } from "vitest";
import { stepBelow } from "./taste-prior.ts";

test.each([
  [0, 0],
  [39, 0],
  [40, 40],
  [59, 40],
  [60, 60],
  [89, 60],
  [90, 90],
  [1000, 687],
])("with %i marks made, the first %i teach how managers differ", (made, step) => {
  expect(stepBelow(made)).toBe(step);
});
