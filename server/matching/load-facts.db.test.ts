import { beforeAll, describe, expect, test } from "vitest";
import { deals, leads, leases, marks, markWithdrawals, vacancies } from "#/db/schema/index.ts";
import { castDay, insertCast } from "#/db/testing/cast.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import { dayOfDate } from "../days.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { loadFacts } from "./load-facts.ts";

const database = useTestDatabase();
const day = dayOfDate;

test("an empty market is empty records", async () => {
  expect(await loadFacts(testCtx(database.connection))).toEqual({
    snapshotDay: day("2026-11-23"),
    premises: [],
    vacancies: [],
    leases: [],
    offers: [],
    judgements: [],
    leads: [],
    managers: [],
    districts: [],
  });
});

async function fill(): Promise<void> {
  const { db } = database.connection;
  await insertCast(db);
  await db.insert(leads).values({ id: "29999", createdOn: "2026-09-07", searchText: "29999" });
  await db.insert(deals).values([
    { id: "9101", leadId: "nobody", premisesId: "501", createdOn: "2026-09-01", stage: "lost" },
    { id: "9102", leadId: "20001", premisesId: "nowhere", createdOn: "2026-09-01", stage: "lost" },
    { id: "9103", leadId: "20003", premisesId: "502", createdOn: "2026-09-01", stage: "won" },
  ]);
  await db.insert(leases).values([
    { id: "7101", tenant: "Булочная", leadId: "nobody", premisesId: "502", startOn: "2025-01-10", endOn: "2026-01-15" },
    { id: "7102", premisesId: "nowhere", startOn: "2025-01-10" },
  ]);
  await db.insert(vacancies).values([
    { premisesId: "501", fromOn: "2024-01-01", source: "leases" },
    { premisesId: "nowhere", fromOn: "2024-01-01", source: "export" },
  ]);
  const mark = { leadId: "20001", managerId: "101", asOf: castDay, createdBy: "user:1" };
  const [, , withdrawn] = await db
    .insert(marks)
    .values([
      { ...mark, premisesId: "501", mark: "wrongly_kept", createdAt: new Date("2026-09-10T03:00:00Z") },
      { ...mark, premisesId: "501", mark: "wrongly_removed", createdAt: new Date("2026-09-11T20:00:00Z") },
      { ...mark, premisesId: "502", mark: "wrongly_removed", createdAt: new Date("2026-09-10T03:00:00Z") },
    ])
    .returning();
  await db.insert(markWithdrawals).values({ markId: withdrawn!.id, withdrawnBy: "user:1" });
}

describe("the market's records", () => {
  beforeAll(fill);

  test("are linked by the ids they name, and what names the unknown is left out", async () => {
    const facts = await loadFacts(testCtx(database.connection));
    expect(facts.offers.map((offer) => offer.offerId)).toEqual(["9001", "9002", "9003", "9103"]);
    expect(facts.leases.map((lease) => [lease.leaseId, lease.leadId])).toEqual([
      ["7001", "20002"],
      ["7101", null],
    ]);
    expect(facts.leads.map((lead) => lead.leadId)).toEqual(["20001", "20002", "20003"]);
    expect(facts.vacancies.filter((span) => span.premisesId === "501")).toHaveLength(2);
    expect(facts.vacancies.some((span) => span.premisesId === "nowhere")).toBe(false);
  });

  test("keep the unknown unknown", async () => {
    const facts = await loadFacts(testCtx(database.connection));
    expect(facts.leads.find((lead) => lead.leadId === "20003")).toEqual({
      leadId: "20003",
      createdDay: day("2026-09-05"),
      brand: null,
      trades: ["цветы"],
      networkSize: Number.NaN,
      areaFromSqm: Number.NaN,
      areaToSqm: Number.NaN,
      budgetRubMonth: Number.NaN,
      bank: null,
      districts: [],
    });
    expect(facts.premises.find((one) => one.premisesId === "502")).toMatchObject({
      floor: -1,
      fitOut: 0,
      managed: 0,
      water: Number.NaN,
      sewerage: 0,
      documents: 0,
    });
    expect(facts.managers).toContainEqual({ managerId: "101", dismissedDay: Number.POSITIVE_INFINITY });
    expect(facts.managers).toContainEqual({ managerId: "103", dismissedDay: day("2026-04-30") });
  });

  test("hold the marks that stand: the latest of a pair, none that was withdrawn, on the day it was in Novosibirsk", async () => {
    const facts = await loadFacts(testCtx(database.connection));
    expect(facts.judgements).toEqual([
      {
        leadId: "20001",
        premisesId: "501",
        managerId: "101",
        asOfDay: day(castDay),
        saidDay: day("2026-09-12"),
        suitable: true,
        source: "mark",
      },
    ]);
  });

  test("end on the last day that anything is recorded of, not in a planned or wild future", async () => {
    const facts = await loadFacts(testCtx(database.connection));
    expect(facts.snapshotDay).toBe(day("2026-09-08"));
  });

  test("as of a past day hold nothing that is dated later", async () => {
    const asOf = "2026-09-03";
    const facts = await loadFacts(testCtx(database.connection), { asOf });
    const last = day(asOf);
    expect(facts.snapshotDay).toBeLessThanOrEqual(last);
    expect(facts.offers.map((offer) => offer.offerId)).toEqual(["9001", "9002", "9103"]);
    expect(facts.offers.find((offer) => offer.offerId === "9002")).toMatchObject({
      outcome: "open",
      closedDay: Number.NaN,
    });
    expect(facts.offers.find((offer) => offer.offerId === "9103")?.outcome).toBe("open");
    expect(facts.offers.find((offer) => offer.offerId === "9001")?.outcome).toBe("won");
    expect(facts.judgements).toEqual([]);
    const early = await loadFacts(testCtx(database.connection), { asOf: "2023-03-01" });
    expect(early.vacancies).toEqual([
      { premisesId: "501", fromDay: day("2023-02-01"), toDay: Number.POSITIVE_INFINITY, rentRubMonth: 84_000 },
    ]);
    expect(early.leases).toEqual([]);
    expect(early.premises.every((one) => Number.isNaN(one.rentRubMonth))).toBe(true);
    expect(early.managers.every((manager) => manager.dismissedDay === Number.POSITIVE_INFINITY)).toBe(true);
  });
});
