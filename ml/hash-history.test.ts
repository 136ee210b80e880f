import { expect, test } from "vitest";
import { hashHistory } from "./hash-history.ts";
import { makeMarket } from "./testing/synthetic-market.ts";

const history = makeMarket({ seed: 3, leads: 300, premises: 20, managers: 3, years: 1 }).history();

test("the same content has the same hash, in whatever order its rows and fields come", () => {
  const turned = {
    ...history,
    leads: history.leads.toReversed().map((lead) => Object.fromEntries(Object.entries(lead).toReversed())),
    vacancies: history.vacancies.toReversed(),
  } as typeof history;
  expect(hashHistory(turned)).toBe(hashHistory(history));
  expect(hashHistory(history)).toMatch(/^[0-9a-f]{64}$/);
});

test("every change of a record shows, also of the unknown: NaN, null and a text are three things", () => {
  const [first, ...rest] = history.leads;
  const withLead = (change: object) => hashHistory({ ...history, leads: [{ ...first!, ...change }, ...rest] });
  const hashes = [
    hashHistory(history),
    hashHistory({ ...history, snapshotDay: history.snapshotDay + 1 }),
    hashHistory({ ...history, leads: rest }),
    withLead({ areaToSqm: Number.NaN, brand: null }),
    withLead({ areaToSqm: Number.POSITIVE_INFINITY, brand: null }),
    withLead({ areaToSqm: Number.NaN, brand: "null" }),
    withLead({ areaToSqm: 41.5, brand: null }),
  ];
  expect(new Set(hashes).size).toBe(hashes.length);
});
