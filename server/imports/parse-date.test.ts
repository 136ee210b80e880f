import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { eventDates, excelSerialDay, parseDate, plannedDates } from "./parse-date.ts";

const bounds = eventDates("2026-11-23");

describe("days", () => {
  test.each([
    ["01.07.2018", "2018-07-01"],
    ["1.7.2018", "2018-07-01"],
    ["01/07/2018", "2018-07-01"],
    ["01-07-2018", "2018-07-01"],
    ["01.07.2018 23:59", "2018-07-01"],
    ["01.07.2018 23:59:59", "2018-07-01"],
    ["01.07.2018 г.", "2018-07-01"],
    ["2018-07-01", "2018-07-01"],
    ["2018-07-01T23:59:59.123Z", "2018-07-01"],
    ["2018-07-01T23:59:59+07:00", "2018-07-01"],
    ["2018-07-01 10:00", "2018-07-01"],
    ["\u00a029.02.2020 ", "2020-02-29"],
    [new Date("2018-07-01T00:00:00Z"), "2018-07-01"],
  ])("%s is %s", (cell, value) => {
    expect(parseDate(cell, bounds)).toEqual({ value });
  });

  test.each([
    ["31.02.2020", "notADate"],
    ["29.02.2019", "notADate"],
    ["00.01.2020", "notADate"],
    ["01.13.2020", "notADate"],
    ["01.07.18", "notADate"],
    ["2018", "notADate"],
    ["вчера", "notADate"],
    [new Date(Number.NaN), "notADate"],
    [true, "notADate"],
    [12, "notADate"],
    ["01.01.1899", "dateOutOfRange"],
    ["31.12.1989", "dateOutOfRange"],
    ["01.01.2099", "dateOutOfRange"],
    ["24.11.2027", "dateOutOfRange"],
  ] as const)("%s is refused: %s", (cell, refused) => {
    expect(parseDate(cell, bounds)).toEqual({ refused });
  });

  test.each(["", "-", "н/д"])("«%s» says nothing", (cell) => {
    expect(parseDate(cell, bounds)).toEqual({ value: null });
  });

  test("an agreed end may lie fifty years ahead, what happened may not", () => {
    expect(parseDate("25.02.2044", plannedDates("2026-11-23"))).toEqual({ value: "2044-02-25" });
    expect(parseDate("25.02.2044", bounds)).toEqual({ refused: "dateOutOfRange" });
    expect(parseDate("01.01.2099", plannedDates("2026-11-23"))).toEqual({ refused: "dateOutOfRange" });
  });

  test("a sheet's number is Excel's serial day, and counted", () => {
    expect(parseDate(43_282, bounds)).toEqual({ value: "2018-07-01", repaired: "excelSerialDate" });
    expect(excelSerialDay(43_282.5).toISOString()).toBe("2018-07-01T12:00:00.000Z");
  });

  test("any possible day is read back from both spellings", () => {
    const day = fc.date({ min: new Date("1990-01-01"), max: new Date("2026-11-23"), noInvalidDate: true });
    fc.assert(
      fc.property(day, (date) => {
        const value = date.toISOString().slice(0, 10);
        const [year, month, dayOfMonth] = value.split("-");
        expect(parseDate(`${dayOfMonth}.${month}.${year}`, bounds)).toEqual({ value });
        expect(parseDate(value, bounds)).toEqual({ value });
      }),
    );
  });

  test("any text is a day within bounds, nothing, or refused", () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$/));
    fc.assert(
      fc.property(text, (cell) => {
        const reading = parseDate(cell, bounds);
        if ("refused" in reading || reading.value === null) return;
        expect(new Date(`${reading.value}T00:00:00Z`).toISOString().slice(0, 10)).toBe(reading.value);
        expect(reading.value >= bounds.earliest && reading.value <= bounds.latest).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
