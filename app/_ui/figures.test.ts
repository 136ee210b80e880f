import { describe, expect, it } from "vitest";
import { figures, likelihood, roundedPercent } from "./figures.ts";

const ru = figures("ru");
const en = figures("en");
/** The tables below are typed with plain spaces; that they are no-break ones has its own test. */
const plain = (text: string) => text.replaceAll("\u00a0", " ");

describe("figures", () => {
  it.each([
    [ru.whole(1_234_567), "1 234 567"],
    [ru.rub(96_000), "96 000 ₽"],
    [ru.rub(1_234_567.4), "1 234 567 ₽"],
    [ru.rubShort(1_300_000), "1,3 млн ₽"],
    [ru.rubShort(96_000), "96 000 ₽"],
    [ru.area(75.94), "75,9 м²"],
    [ru.area(1450.6), "1 451 м²"],
    [en.rub(96_000), "₽96,000"],
    [ru.rubRange(336.2, 420), "336–420 ₽"],
    [ru.rubRange(336.2, 336.4), "336 ₽"],
    [en.rubRange(336, 420), "₽336–420"],
    [en.area(75.9), "75.9 m²"],
    [ru.day("2026-10-31"), "31.10.2026"],
    [ru.dayRange("2026-11-02", "2026-11-08"), "2–8 нояб. 2026"],
    [ru.dayRange("2026-10-26", "2026-11-01"), "26 окт. – 1 нояб. 2026"],
    [en.dayRange("2026-11-02", "2026-11-08"), "2–8 Nov 2026"],
    [ru.dayInWords("2026-10-31", "2026-11-23"), "31 октября"],
    [ru.dayInWords("2025-10-31", "2026-11-23"), "31 окт. 2025 г."],
    [en.day("2026-10-31"), "31 Oct 2026"],
    [ru.percentOf(3, 7), "43 %"],
    [en.percentOf(3, 7), "43%"],
    [ru.share(1 / 13_867), "< 0,1 %"],
    [ru.share(0), "0 %"],
    [ru.shareRange(0.029, 0.061), "2,9–6,1 %"],
    [ru.shareRange(0.824, 0.8204), "82 %"],
    [ru.shareRange(0, 1 / 13_867), "< 0,1 %"],
    [ru.date(new Date("2026-10-31T20:05:00Z")), "01.11.2026"],
    [ru.moment(new Date("2026-10-31T20:05:00Z")), "01.11.2026, 03:05"],
  ])("%j reads %j", (actual, expected) => expect(plain(actual)).toBe(expected));

  it("joins groups and units by U+00A0 alone", () => {
    expect(ru.rub(1_234_567)).toMatch(/^1\u00a0234\u00a0567\u00a0₽$/);
    expect(ru.area(1234)).toMatch(/^1\u00a0234\u00a0м²$/);
  });
});

describe("a probability", () => {
  it.each([
    [0.004, "< 1 %", "slight"],
    [0.0149, "≈ 1 %", "slight"],
    [0.0151, "≈ 2 %", "low"],
    [0.034, "≈ 3 %", "low"],
    [0.094, "≈ 9 %", "fair"],
    [0.1234, "≈ 10 %", "fair"],
    [0.176, "≈ 20 %", "good"],
    [0.27, "≈ 25 %", "good"],
    [0.8734, "≈ 85 %", "high"],
    [1, "≈ 95 %", "high"],
  ])("%f is %j, %j", (probability, text, word) => {
    expect(plain(ru.percent(probability))).toBe(text);
    expect(likelihood(probability)).toBe(word);
  });

  it("never shows a fraction of a percent", () => {
    for (let p = 0; p <= 1; p += 0.0007) expect(roundedPercent(p)).toMatch(/^(<1|\d{1,2})$/);
  });
});
