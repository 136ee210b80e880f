import { expect, it } from "vitest";
import en from "../../messages/en.json" with { type: "json" };
import ru from "../../messages/ru.json" with { type: "json" };

it.each([
  ["ru", ru],
  ["en", en],
])("%s tears no number from its unit at the end of a line", (_, messages) => {
  expect(JSON.stringify(messages).match(/[^"]{0,30}[\d}#] (?:%|₽|м²|m²)/g) ?? []).toEqual([]);
});
