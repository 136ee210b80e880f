import { expect, test } from "vitest";
import { decideExperiment } from "./decide-experiment.ts";

const done = { isDrawing: false, isComplete: true, isStopped: false, fairP: 0.4 };
const clear = { value: 0.03, low: 0.01, high: 0.05 };

test.each([
  [
    "a clear rise is none while leads are drawn",
    { ...done, isDrawing: true, isComplete: false, difference: clear },
    "drawing",
  ],
  ["nor while the last ones ripen", { ...done, isComplete: false, difference: clear }, "ripening"],
  [
    "nor after a stop before the end",
    { ...done, isComplete: false, isStopped: true, difference: clear },
    "stoppedEarly",
  ],
  ["then it is one", { ...done, difference: clear }, "better"],
  ["stopped after its end it stays one", { ...done, isStopped: true, difference: clear }, "better"],
  ["below zero", { ...done, difference: { value: -0.03, low: -0.05, high: -0.01 } }, "worse"],
  ["around zero", { ...done, difference: { value: 0.01, low: -0.01, high: 0.03 } }, "undecided"],
  ["arms of unfair sizes come first", { ...done, fairP: 0.0001, difference: clear }, "unfair"],
  ["nothing counted", { ...done, difference: { value: null, low: null, high: null } }, "undecided"],
] as const)("%s", (_, seen, state) => expect(decideExperiment(seen)).toBe(state));
