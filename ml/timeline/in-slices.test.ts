import { expect, it } from "vitest";
import { atOnce, byDay, forEach, inSlices, type Slices } from "./in-slices.ts";

it("gives others a turn wherever long work pauses", async () => {
  function* work(): Slices<number> {
    for (let i = 0; i < 4; i++) {
      const until = performance.now() + 15;
      while (performance.now() < until);
      yield;
    }
    return 42;
  }
  let turns = 0;
  const others = setInterval(() => turns++, 1);
  expect(await inSlices(work())).toBe(42);
  clearInterval(others);
  expect(turns).toBeGreaterThanOrEqual(3);
});

it("sorts by day, and of one day as rows came or as it is told", () => {
  const rows = [
    { day: 3, id: "b" },
    { day: -1, id: "z" },
    { day: 3, id: "a" },
    { day: 2.5, id: "x" },
  ];
  const ids = (sorted: typeof rows) => sorted.map(({ id }) => id).join("");
  expect(ids(atOnce(byDay(rows, ({ day }) => day)))).toBe("zxba");
  expect(
    ids(
      atOnce(
        byDay(
          rows,
          ({ day }) => day,
          (a, b) => (a.id < b.id ? -1 : 1),
        ),
      ),
    ),
  ).toBe("zxab");
  expect(atOnce(byDay([], () => 0))).toEqual([]);
});

it("pauses in a long loop, and does every row once", () => {
  const seen: number[] = [];
  const pauses = [...forEach(Array(5000).keys(), (row) => seen.push(row))].length;
  expect(pauses).toBe(4);
  expect(seen).toHaveLength(5000);
});
