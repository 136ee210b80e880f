import { expect, test } from "vitest";
import { countPlaywright, countVitest, summary } from "./counts.ts";

test("both runners' reports add up to one line", () => {
  const vitest = countVitest({ numPassedTests: 10, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 });
  const playwright = countPlaywright({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 1 } });
  expect(summary([vitest, playwright])).toBe("tests: 15 passed, 3 failed, 4 skipped");
});

test("a runner that never ran counts nothing, and a report that is none is an error", () => {
  expect(summary([countVitest(null), countPlaywright(null)])).toBe("tests: 0 passed, 0 failed, 0 skipped");
  expect(() => countVitest({})).toThrow();
});
