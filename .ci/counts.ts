import { z } from "zod";

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const none: Counts = { passed: 0, failed: 0, skipped: 0 };

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
});

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
});

/** The counts of vitest's JSON report; none where it did not get so far as to write one. */
export function countVitest(report: unknown): Counts {
  if (report === null) return none;
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = vitestReport.parse(report);
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
}

/** The counts of Playwright's JSON report. One that passed at a second try has failed once, and is told as failed. */
export function countPlaywright(report: unknown): Counts {
  if (report === null) return none;
  const { expected, unexpected, flaky, skipped } = playwrightReport.parse(report).stats;
  return { passed: expected, failed: unexpected + flaky, skipped };
}

/** The one plain line at the end. */
export function summary(counts: readonly Counts[]): string {
  const sum = (what: keyof Counts) => counts.reduce((total, one) => total + one[what], 0);
  return `tests: ${sum("passed")} passed, ${sum("failed")} failed, ${sum("skipped")} skipped`;
}
