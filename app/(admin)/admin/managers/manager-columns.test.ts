import { expect, test } from "vitest";
import { type ManagerFigures, sortManagers } from "./manager-columns.ts";

const share = (hits: number, of: number) => ({ hits, of, share: of ? hits / of : null, low: null, high: null });
const row = (name: string, leads: number, converted: ReturnType<typeof share>) =>
  ({ managerId: name, name, leads, converted }) as ManagerFigures;
const rows = [row("Пётр", 5, share(0, 0)), row("Анна", 5, share(1, 4)), row("Борис", 9, share(0, 7))];
const collator = new Intl.Collator("ru");
const names = (order: Omit<Parameters<typeof sortManagers>[1], "query">, query = "") =>
  sortManagers(rows, { query, ...order }, collator).map(({ name }) => name);

test("what is unknown goes to the end, whichever way it is sorted, and equals go by name", () => {
  expect(names({ by: "converted", down: true })).toEqual(["Анна", "Борис", "Пётр"]);
  expect(names({ by: "converted", down: false })).toEqual(["Борис", "Анна", "Пётр"]);
  expect(names({ by: "leads", down: true })).toEqual(["Борис", "Анна", "Пётр"]);
  expect(names({ by: "name", down: true })).toEqual(["Пётр", "Борис", "Анна"]);
});

test("a search does not ask for ё or capitals", () => {
  expect(names({ by: "name", down: false }, " ПЕТР")).toEqual(["Пётр"]);
  expect(names({ by: "name", down: false }, "щ")).toEqual([]);
});
