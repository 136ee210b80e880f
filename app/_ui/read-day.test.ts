import { describe, expect, it } from "vitest";
import { readDay, separateDay, shiftDay, writeDay } from "./read-day.ts";

describe("a day as people type it", () => {
  it.each([
    ["24.11.2026", "2026-11-24"],
    [" 1.3.2026 ", "2026-03-01"],
    ["24/11/2026", "2026-11-24"],
    ["24 11 2026", "2026-11-24"],
    ["24-11-26", "2026-11-24"],
    ["24112026", "2026-11-24"],
    ["2026-11-24", "2026-11-24"],
    ["29.02.2024", "2024-02-29"],
    ["29.02.2026", null],
    ["11/24/2026", null],
    ["31.04.2026", null],
    ["00.11.2026", null],
    ["24.00.2026", null],
    ["24.11.0026", null],
    ["24.11", null],
    ["24.11.202", null],
    ["завтра", null],
    ["", null],
  ])("%j is %j", (text, day) => expect(readDay(text)).toBe(day));

  it("is written with the day first, and read back as it was", () => {
    expect(writeDay("2026-11-24", "ru")).toBe("24.11.2026");
    expect(writeDay("2026-11-24", "en")).toBe("24/11/2026");
    for (const locale of ["ru", "en"] as const) expect(readDay(writeDay("2026-03-10", locale))).toBe("2026-03-10");
  });

  it("gets its separators set by the figure after them", () => {
    const typed = [..."24112026"].reduce((text, figure) => separateDay(text + figure, "ru"), "");
    expect(typed).toBe("24.11.2026");
    expect(separateDay("24", "en")).toBe("24");
    expect(separateDay("241", "en")).toBe("24/1");
    expect(separateDay("1.3", "ru")).toBe("1.3");
  });

  it("is shifted over the ends of months", () => {
    expect(shiftDay("2026-11-30", 1)).toBe("2026-12-01");
    expect(shiftDay("2026-03-01", -1)).toBe("2026-02-28");
  });
});
