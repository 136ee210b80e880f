import { expect, test } from "vitest";
import { monthlyCron, nextMonthly } from "./monthly.ts";

test("the next monthly training is at the cron's own moment in Novosibirsk, over the ends of months and years", () => {
  expect(monthlyCron).toBe("30 3 1 * *");
  const next = (now: string) => nextMonthly(new Date(now)).toISOString();
  expect(next("2026-11-23T05:00:00Z")).toBe("2026-11-30T20:30:00.000Z");
  expect(next("2026-11-30T20:29:59Z")).toBe("2026-11-30T20:30:00.000Z");
  expect(next("2026-11-30T20:30:00Z")).toBe("2026-12-31T20:30:00.000Z");
  expect(next("2026-12-31T17:30:00Z")).toBe("2026-12-31T20:30:00.000Z");
});
