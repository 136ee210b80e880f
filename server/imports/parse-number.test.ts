import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type NumberBounds, parseAmount, parseNumber, plainNumber } from "./parse-number.ts";

const area: NumberBounds = { above: 0, max: 999_999 };

describe("numbers as Russian exports write them", () => {
  test.each([
    ["45", 45],
    ["45,5", 45.5],
    ["45.5", 45.5],
    ["1 234,5", 1234.5],
    ["1\u00a0234,5", 1234.5],
    ["1\u202f234,5", 1234.5],
    ["1'234.5", 1234.5],
    ["1 234567", 1_234_567],
    ["1.234,5", 1234.5],
    ["1,234.5", 1234.5],
    ["1.234.567", 1_234_567],
    ["1,234,567", 1_234_567],
    ["1,234", 1.234],
    ["-2", -2],
    ["\u22122", -2],
    ["+7", 7],
    ["007", 7],
  ])("%s is %d", (text, value) => {
    expect(parseAmount(text, "km")).toEqual({ value });
  });

  test.each([
    ["40 кв.м", "area", 40],
    ["40 кв. м.", "area", 40],
    ["40кв.м", "area", 40],
    ["42 м2", "area", 42],
    ["52м²", "area", 52],
    ["12 М2", "area", 12],
    ["62", "area", 62],
    ["1,2", "area", 1.2],
    ["около 40 м", "area", 40],
    ["28 000 руб.", "money", 28_000],
    ["28 000 ₽/мес", "money", 28_000],
    ["28 тыс. руб.", "money", 28_000],
    ["28 т.р.", "money", 28_000],
    ["1,5 млн", "money", 1_500_000],
    ["2 этаж", "floor", 2],
    ["1998 г.", "year", 1998],
    ["-2,5 км", "km", -2.5],
  ] as const)("%s as %s is %d", (text, quantity, value) => {
    expect(parseAmount(text, quantity)).toEqual({ value });
  });

  test.each([
    ["от 50", { from: 50 }],
    ["от 50 м2", { from: 50 }],
    ["> 50", { from: 50 }],
    ["до 80", { to: 80 }],
    ["не более 80 кв.м", { to: 80 }],
    ["50-80", { from: 50, to: 80 }],
    ["50 – 82 м2", { from: 50, to: 82 }],
    ["от 50 до 80", { from: 50, to: 80 }],
  ])("%s are bounds", (text, bounds) => {
    expect(parseAmount(text, "area")).toEqual(bounds);
  });

  test.each(["", " ", "-", "—", "н/д", "не указано", "\u00a0"])("«%s» says nothing", (text) => {
    expect(parseNumber(text, "area", area)).toEqual({ value: null });
  });

  test.each([
    ["12 34", "notANumber"],
    ["1,2,3", "notANumber"],
    ["1e5", "notANumber"],
    ["NaN", "notANumber"],
    ["Infinity", "notANumber"],
    ["сто", "notANumber"],
    ["40 руб", "notANumber"],
    ["50-80", "notANumber"],
    ["0x10", "notANumber"],
    ["1234567890123456", "notANumber"],
    ["0", "outOfRange"],
    ["-5", "outOfRange"],
    ["1000000", "outOfRange"],
    [Number.NaN, "outOfRange"],
    [Number.POSITIVE_INFINITY, "outOfRange"],
    [true, "notANumber"],
    [new Date(0), "notANumber"],
  ] as const)("%s is refused as an area: %s", (cell, refused) => {
    expect(parseNumber(cell, "area", area)).toEqual({ refused });
  });

  test("a rent a square metre is no rent", () => {
    expect(parseNumber("1000 руб/м2", "money", area)).toEqual({ refused: "notANumber" });
  });

  test("half a floor is refused", () => {
    expect(parseNumber("1,5", "floor", { min: -5, max: 100, whole: true })).toEqual({ refused: "notWhole" });
  });
});

describe("any number", () => {
  const money = fc.integer({ min: 0, max: 99_999_999_999 }).map((cents) => cents / 100);
  const blank = fc.constantFrom(" ", "\u00a0", "\u202f", "");

  test("survives the ways in which Russian tools write it", () => {
    fc.assert(
      fc.property(money, blank, fc.constantFrom("", " руб.", " ₽"), (value, separator, unit) => {
        const [whole, cents] = value.toFixed(2).split(".") as [string, string];
        const written = `${whole.replace(/\B(?=(\d{3})+$)/g, separator)},${cents}${unit}`;
        expect(parseAmount(written, "money")).toEqual({ value });
      }),
    );
  });

  test("any text is read as a possible number, as nothing, or refused; never as NaN", () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[\d .,'от-]{0,20}$/), fc.string({ unit: "grapheme" }));
    fc.assert(
      fc.property(text, (cell) => {
        const reading = parseNumber(cell, "area", area);
        if ("refused" in reading || reading.value === null) return;
        expect(reading.value).toBeGreaterThan(0);
        expect(reading.value).toBeLessThan(1_000_000);
        // What carries no digit is no number.
        expect(cell).toMatch(/\d/);
      }),
      { numRuns: 2000 },
    );
  });

  test("long hostile text is refused in no time", () => {
    const started = performance.now();
    for (const text of ["1 ".repeat(50_000), "от ".repeat(30_000), `1${" ".repeat(100_000)}x`, "1-".repeat(50_000)])
      expect(parseAmount(text, "area")).toBe("unreadable");
    expect(performance.now() - started).toBeLessThan(500);
  });

  test("separators beyond thousands make no number", () => {
    expect(plainNumber("1 23")).toBeUndefined();
    expect(plainNumber("1234 5")).toBeUndefined();
  });
});
