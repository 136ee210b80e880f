import { expect, test } from "vitest";
import { nextRun } from "./next-run.ts";

test.each([
  ["50 23 * * *", "2026-11-23T05:00:00Z", "2026-11-23T16:50:00Z"],
  ["50 23 * * *", "2026-11-23T16:50:00Z", "2026-11-24T16:50:00Z"],
  // In Novosibirsk it is the next day already.
  ["20 2 * * *", "2026-11-23T18:00:00Z", "2026-11-23T19:20:00Z"],
  ["20 2 * * *", "2026-12-31T19:30:00Z", "2027-01-01T19:20:00Z"],
  ["30 3 1 * *", "2026-11-23T05:00:00Z", "2026-11-30T20:30:00Z"],
  ["30 3 1 * *", "2026-12-31T20:29:00Z", "2026-12-31T20:30:00Z"],
])("%s after %s is %s", (cron, now, next) => {
  expect(nextRun(cron, new Date(now)).toISOString().replace(".000", "")).toBe(next);
});

test("a line that it cannot read is our mistake, said at once", () => {
  expect(() => nextRun("*/5 * * * *", new Date())).toThrow("only daily and monthly");
});
