import { expect, it } from "vitest";
import { readAsOf } from "./board-address.ts";

it.each([
  ["2026-09-10", "2026-09-10"],
  ["2024-02-29", "2024-02-29"],
  ["2026-02-30", undefined],
  ["2026-13-01", undefined],
  ["10.09.2026", undefined],
  ["", undefined],
  [undefined, undefined],
  [["2026-09-10"], undefined],
])("%j is the day %j", (value, day) => {
  expect(readAsOf(value)).toBe(day);
});
