import { describe, expect, test } from "vitest";
import {
  parseBankWish,
  parseDealStage,
  parseFitOut,
  parseId,
  parseLeaseStatus,
  parseList,
  parseNetworkSize,
  parsePremisesStatus,
  parseSewerage,
  parseText,
  parseYesNo,
} from "./parse-words.ts";

test.each([
  [parseYesNo, "Да", true],
  [parseYesNo, "нет", false],
  [parseYesNo, true, true],
  [parseBankWish, "Любой", "any"],
  [parseBankWish, "левый", "left"],
  [parseFitOut, "под  чистовую", "prefinished"],
  [parseFitOut, "черновая", "shell"],
  [parseFitOut, "с ремонтом", "finished"],
  [parseSewerage, "времянка", "temporary"],
  [parseSewerage, "нет", "none"],
  [parsePremisesStatus, "сдаётся", "free"],
  [parsePremisesStatus, "СДАЕТСЯ", "free"],
  [parsePremisesStatus, "сдано", "let"],
  [parseNetworkSize, "1 точка", "one"],
  [parseNetworkSize, "2-5 точек", "few"],
  [parseNetworkSize, "более 20 точек", "chain"],
  [parseDealStage, "Сделка успешна", "won"],
  [parseDealStage, "Сделка провалена", "lost"],
  [parseLeaseStatus, "завершен", "ended"],
  [parseLeaseStatus, "действует", "active"],
  [parseYesNo, "", null],
  [parseBankWish, "—", null],
] as const)("%o reads %s as %s", (read, cell, value) => {
  expect(read(cell)).toEqual({ value });
});

test.each([
  [parseDealStage, "Подбор"],
  [parseYesNo, "наверное"],
  [parseSewerage, "септик"],
  [parseFitOut, "чистовая"],
  [parseDealStage, "__proto__"],
  [parseDealStage, "constructor"],
] as const)("%o guesses nothing from %s", (read, cell) => {
  expect(read(cell)).toEqual({ refused: "unknownWord" });
});

describe("ids", () => {
  test.each([
    ["20001", { value: "20001" }],
    ["000-15", { value: "000-15" }],
    [20001, { value: "20001" }],
    ["20 001", { value: "20001", repaired: "idCleaned" }],
    ["20\u00a0001", { value: "20001", repaired: "idCleaned" }],
    ["5528.0", { value: "5528", repaired: "idCleaned" }],
    ["", { value: null }],
    [1.5, { refused: "notAnId" }],
    [new Date(0), { refused: "notAnId" }],
    ["x".repeat(65), { refused: "tooLong" }],
    ["a\u0001b", { refused: "notAnId" }],
  ])("%s", (cell, reading) => {
    expect(parseId(cell)).toEqual(reading);
  });
});

describe("texts and lists", () => {
  test("blanks are squeezed and accents composed", () => {
    expect(parseText(" Кофе\u00a0 и\nчаи\u0306 ")).toEqual({ value: "Кофе и чай" });
  });

  test.each([
    ["Ромашка\ufffd", "brokenText"],
    ["Ромашка\ud800", "brokenText"],
    ["а\u0007", "brokenText"],
    ["я".repeat(1001), "tooLong"],
    ["#Н/Д", "formulaError"],
  ] as const)("%j is refused: %s", (cell, refused) => {
    expect(parseText(cell)).toEqual({ refused });
  });

  test("a list is split by commas, without blanks and repetitions", () => {
    expect(parseList("кофейня,  пекарня, ,кофейня")).toEqual({ value: ["кофейня", "пекарня"] });
    expect(parseList(null)).toEqual({ value: [] });
    expect(parseList("-")).toEqual({ value: [] });
    expect(parseList(Array.from({ length: 51 }, (_, i) => i).join(","))).toEqual({ refused: "tooMany" });
  });
});
