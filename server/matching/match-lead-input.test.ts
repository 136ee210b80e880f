import { expect, test } from "vitest";
import { matchLeadInput } from "./match-lead.ts";

test.each([
  ["a lead of the CRM", { leadId: "20001" }],
  ["with a manager and a day", { leadId: "20001", managerId: "101", asOf: "2026-09-10" }],
  ["a lead with nothing but a trade", { lead: { trades: ["кофейня"] } }],
  ["a lead of which nothing is known", { lead: {} }],
  ["unknown wishes as null", { lead: { areaFromSqm: null, bank: null, districts: null } }],
])("takes %s", (_, input) => {
  expect(matchLeadInput.safeParse(input).error).toBeUndefined();
});

test.each([
  ["neither lead nor id", {}],
  ["both", { leadId: "1", lead: {} }],
  ["a field nobody knows", { leadId: "1", role: "admin" }],
  ["a wish nobody knows", { lead: { weight: 5 } }],
  ["a number as id", { leadId: 20001 }],
  ["an empty id", { leadId: " " }],
  ["an endless id", { leadId: "1".repeat(65) }],
  ["no area", { lead: { areaFromSqm: 0 } }],
  ["a negative area", { lead: { areaFromSqm: -5 } }],
  ["an area that is no number", { lead: { areaFromSqm: Number.NaN } }],
  ["an endless area", { lead: { areaToSqm: Number.POSITIVE_INFINITY } }],
  ["from beyond to", { lead: { areaFromSqm: 100, areaToSqm: 50 } }],
  ["a budget as text", { lead: { budgetRubMonth: "100000" } }],
  ["a third bank", { lead: { bank: "middle" } }],
  ["a hundred trades", { lead: { trades: Array(100).fill("кофейня") } }],
  ["the 31st of February", { leadId: "1", asOf: "2026-02-31" }],
  ["a day in words", { leadId: "1", asOf: "вчера" }],
  ["a moment", { leadId: "1", asOf: "2026-09-10T00:00:00Z" }],
  ["a day before any record", { leadId: "1", asOf: "0001-01-01" }],
  ["the switch that only screens have", { leadId: "1", withTaste: false }],
])("refuses %s", (_, input) => {
  expect(matchLeadInput.safeParse(input).success).toBe(false);
});
