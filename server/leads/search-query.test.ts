import { describe, expect, test } from "vitest";
import { likePattern, readQuery, switchLayout } from "./search-query.ts";

describe("readQuery", () => {
  test.each<[string, string[], string[] | null]>([
    ["  Ёлка   КОФЕ ", ["елка", "кофе"], ["`krf", "rjat"]],
    ["gtrfhyz", ["gtrfhyz"], ["пекарня"]],
    ["`krf", ["`krf"], ["елка"]],
    ["j,oee", ["j,oee"], ["общуу"]],
    ["ЫЕФКИГСЛЫ", ["ыефкигслы"], ["starbucks"]],
    ["20001", ["20001"], null],
    ["кофе bar", ["кофе", "bar"], null],
    ["+7 (900) 000-00-01", ["9000000001"], null],
    ["8 900 000 00 01", ["9000000001"], null],
    ["№ 20001", ["20001"], null],
    ["#20001", ["20001"], null],
    ["No.\u00A020001", ["20001"], null],
    ["№ дома 5", ["№", "дома", "5"], ["№", "ljvf", "5"]],
    ["https://firm.bitrix24.ru/crm/lead/details/20001/?IFRAME=Y&v=7", ["20001"], null],
    [" http://127.0.0.1:3000/leads/20001?why=area ", ["20001"], null],
    ["https://firm.ru/", ["https://firm.ru/"], ["реезыж//ашкьюкг/"]],
    ["", [], null],
    ["   ", [], null],
    ["a b c d e f g h", ["a", "b", "c", "d", "e", "f"], ["ф", "и", "с", "в", "у", "а"]],
  ])("%j", (query, typed, switched) => {
    expect(readQuery(query)).toEqual({ typed, switched });
  });

  test("composed and decomposed letters are the same word", () => {
    expect(readQuery("чайная".normalize("NFD"))).toEqual(readQuery("чайная".normalize("NFC")));
  });
});

test("switching the layout there and back gives the same text", () => {
  const text = "йцукенгшщзхъфывапролджэячсмитьбюё";
  expect(switchLayout(switchLayout(text)!)).toBe(text);
});

test.each([
  ["100%", "%100\\%%"],
  ["a_b\\", "%a\\_b\\\\%"],
  ["мя", "% мя%"],
])("the pattern of %j takes wildcards for what they are", (word, pattern) => {
  expect(likePattern(word)).toBe(pattern);
});
