import fc from "fast-check";
import { expect, test } from "vitest";
import { numberText } from "./number-text.ts";

test("a float32 comes back from its text to the last bit", () => {
  fc.assert(
    fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(Math.fround(Number(numberText(value)))).toBe(value === 0 ? 0 : value);
    }),
    { numRuns: 5000 },
  );
});

test("it is short, without an exponent where XGBoost's reader would lose a bit, and empty where missing", () => {
  expect([0, -0, 1, -3, 0.5, 1e8].map(numberText)).toEqual(["0", "0", "1", "-3", "0.5", "100000000"]);
  expect(numberText(Math.fround(1.5e-10))).toBe("0.000000000149999999");
  expect(numberText(Math.fround(0.1))).toBe("0.100000001");
  expect(numberText(Number.NaN)).toBe("");
});
