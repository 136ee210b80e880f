import { expect, test } from "vitest";
import { foldSearch, searchText } from "./search-text.ts";

test("a lead is found by id, brand, trades, districts and the digits of its phone", () => {
  expect(
    searchText({
      id: "20001",
      brand: "Ёлка  Кофе",
      trades: ["Кофейня", "пекарня"],
      districts: ["Центральный"],
      phone: "+7 (900) 000-00-01",
    }),
  ).toBe("20001 елка кофе кофейня пекарня центральный 79000000001");
});

test("what is not known leaves no trace", () => {
  expect(searchText({ id: "7", brand: null, trades: [], districts: [], phone: null })).toBe("7");
});

test("й of two code points is й of one", () => {
  expect(foldSearch("Чаи\u0306 ")).toBe("чай");
});
