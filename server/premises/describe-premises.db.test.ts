import { beforeAll, expect, test } from "vitest";
import { leases, vacancies } from "#/db/schema/index.ts";
import { castDay, castLeads, castManagers, castPremises, insertCast } from "#/db/testing/cast.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import type { Actor } from "../context.ts";
import type { AppError } from "../errors.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { describePremises } from "./describe-premises.ts";
import { listDistricts } from "./list-districts.ts";

const database = useTestDatabase();
const anna: Actor = { kind: "user", userId: 1, name: "Анна", role: "manager", managerId: castManagers.anna.id };
const boris: Actor = { kind: "user", userId: 2, name: "Борис", role: "manager", managerId: castManagers.boris.id };
const describe = (premisesId: string, asOf?: string, actor: Actor = anna) =>
  describePremises(testCtx(database.connection, actor), { premisesId, asOf });
const refusal = (work: Promise<unknown>): Promise<AppError> =>
  work.then(
    () => expect.unreachable(),
    (error) => error,
  );

beforeAll(async () => {
  const { db } = database.connection;
  await insertCast(db);
  // Derived from leases: the export tells of this premises, so it must not count.
  await db
    .insert(vacancies)
    .values({ premisesId: castPremises.corner.id, fromOn: "2020-01-01", toOn: "2021-01-01", source: "leases" });
  await db.insert(leases).values([
    {
      id: "7002",
      premisesId: castPremises.corner.id,
      tenant: "Старый двор",
      startOn: "2023-05-01",
      endOn: "2026-08-01",
    },
    { id: "7003", premisesId: castPremises.let.id, tenant: "До аптеки", startOn: "2022-01-01", endOn: "2025-03-01" },
  ]);
});

test("a stranger is refused, and so is a premises that is not there", async () => {
  const stranger = testCtx(database.connection, { kind: "anonymous" });
  expect((await refusal(describePremises(stranger, { premisesId: "501" }))).code).toBe("unauthenticated");
  expect((await refusal(listDistricts(stranger))).code).toBe("unauthenticated");
  expect((await refusal(describe("nope"))).place).toBe("premisesId");
});

test("the history goes back from the day, newest first, and knows no end that had not come", async () => {
  const { history } = await describe(castPremises.corner.id, castDay);
  expect(history).toEqual([
    expect.objectContaining({ kind: "offer", on: "2026-09-08", outcome: "open", managerName: castManagers.anna.name }),
    { kind: "vacancy", on: "2026-08-01", toOn: null, rentRubMonth: 105_000 },
    { kind: "lease", on: "2023-05-01", toOn: "2026-08-01", rentRubMonth: null, tenant: "Старый двор" },
    { kind: "vacancy", on: "2023-02-01", toOn: "2023-05-01", rentRubMonth: 84_000 },
  ]);
  const earlier = await describe(castPremises.corner.id, "2023-04-30");
  expect(earlier.history).toEqual([{ kind: "vacancy", on: "2023-02-01", toOn: null, rentRubMonth: 84_000 }]);
});

test("how an offer ended is known from the day it closed, and why", async () => {
  const offer = async (asOf: string) => (await describe(castPremises.cellar.id, asOf)).history[0];
  expect(await offer("2026-09-05")).toMatchObject({ outcome: "open", closedOn: null, refusalReason: null });
  expect(await offer("2026-09-06")).toMatchObject({ outcome: "lost", closedOn: "2026-09-06", refusalReason: "подвал" });
});

test("to whom it was offered is told to whoever may see that lead, and that it was offered to all", async () => {
  const offerSeenBy = async (actor: Actor) => (await describe(castPremises.let.id, castDay, actor)).history.at(1);
  const { id, brand } = castLeads.pharmacy;
  expect(await offerSeenBy(boris)).toMatchObject({ kind: "offer", outcome: "won", lead: { leadId: id, brand } });
  expect(await offerSeenBy(anna)).toMatchObject({ kind: "offer", outcome: "won", lead: null });
});

test("neighbours are who rented in the section that day, without itself", async () => {
  const { neighbours } = await describe(castPremises.corner.id, castDay);
  expect(neighbours).toEqual([
    {
      premisesId: castPremises.let.id,
      premisesName: castPremises.let.name,
      tenant: "Аптека Сова",
      trades: ["аптека"],
      areaSqm: 70,
      sinceOn: "2025-04-20",
    },
  ]);
  expect((await describe(castPremises.corner.id, "2024-01-01")).neighbours.map(({ tenant }) => tenant)).toEqual([
    "До аптеки",
  ]);
  expect((await describe(castPremises.corner.id, "2021-12-31")).neighbours).toEqual([]);
});

test("similar leases began before the day and paid a known rent", async () => {
  const similar = async (asOf: string) =>
    (await describe(castPremises.corner.id, asOf)).similarLeases.map(({ leaseId }) => leaseId);
  expect(await similar(castDay)).toEqual(["7001"]);
  expect(await similar("2025-04-20")).toEqual([]);
  expect((await describe(castPremises.hall.id, castDay)).similarLeases).toEqual([]);
});
