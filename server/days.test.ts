import { describe, expect, test } from "vitest";
import { dateInNovosibirsk, dateOfDay, dayOfDate, pastDate } from "./days.ts";

describe("the house's day", () => {
  test.each([
    ["2026-11-22T16:59:59Z", "2026-11-22"],
    ["2026-11-22T17:00:00Z", "2026-11-23"],
    ["2026-12-31T17:00:00Z", "2027-01-01"],
  ])("%s is %s in Novosibirsk", (moment, date) => {
    expect(dateInNovosibirsk(new Date(moment))).toBe(date);
  });

  test.each([
    ["1970-01-01", 0],
    ["1969-12-31", -1],
    ["2024-02-29", 19_782],
    ["2026-11-23", 20_780],
  ])("%s is day %i, there and back", (date, day) => {
    expect(dayOfDate(date)).toBe(day);
    expect(dateOfDay(day)).toBe(date);
  });

  test.each(["2026-02-31", "1989-12-31", "20260901", "2026-9-1", "", "2026-09-01T00:00:00Z"])(
    "refuses %j",
    (nonsense) => {
      expect(pastDate.safeParse(nonsense).success).toBe(false);
    },
  );
});
