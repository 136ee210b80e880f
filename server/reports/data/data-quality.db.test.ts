import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { deals, freeSnapshots, importRuns, leads, leases, premises, vacancies } from "#/db/schema/index.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import { makeMarket } from "#/ml/testing/synthetic-market.ts";
import type { Ctx } from "../../context.ts";
import { dayOfDate } from "../../days.ts";
import { giveAnswer } from "../../leads/give-answer.ts";
import { takeFreeSnapshot } from "../../premises/take-free-snapshot.ts";
import { insertMarket } from "../../testing/insert-market.ts";
import { testCtx } from "../../testing/test-ctx.ts";
import { type CheckName, checkNames } from "./checks.ts";
import { countChecks } from "./count-checks.ts";
import { fillRate, fillRateInput, leadFields } from "./fill-rate.ts";
import { importFaults } from "./import-faults.ts";
import { listFound } from "./list-found.ts";
import { listUnfilled, listUnfilledInput } from "./list-unfilled.ts";
import { premisesFill } from "./premises-fill.ts";

const database = useTestDatabase();
let owner: Ctx;
let today: string;

beforeAll(async () => {
  const { db } = database.connection;
  const market = makeMarket({ seed: 11, leads: 6000, premises: 80, managers: 5, years: 2 });
  await insertMarket(db, market.history());
  await db.execute(sql`update leads l set manager_id = (select min(manager_id) from deals d where d.lead_id = l.id)`);
  const days = await db.select({ day: leads.createdOn }).from(leads);
  today = days.map(({ day }) => day).reduce((a, b) => (a > b ? a : b));
  owner = testCtx(
    database.connection,
    { kind: "user", userId: 1, name: "x", role: "owner", managerId: null },
    { now: () => new Date(`${today}T05:00:00Z`) },
  );
  await plant();
  await takeFreeSnapshot({ ...owner, actor: { kind: "system", name: "cli" } });
});

/** Faults of every kind, next to what only looks like one. */
async function plant(): Promise<void> {
  const { db } = database.connection;
  const lead = (id: string, over: Partial<typeof leads.$inferInsert> = {}) => ({
    ...{ id, createdOn: today, searchText: id },
    ...over,
  });
  await db
    .insert(leads)
    .values([
      lead("tiny", { areaFromSqm: 2, areaToSqm: 60 }),
      lead("tinyLongAgo", { areaToSqm: 2, createdOn: "2025-09-01" }),
      lead("four", { areaFromSqm: 4, areaToSqm: 10_000 }),
      lead("reversed", { areaFromSqm: 90, areaToSqm: 60 }),
      lead("dear", { areaToSqm: 50, budgetRubMonth: 50 * 10_001 }),
      lead("cheap", { areaFromSqm: 50, budgetRubMonth: 4999 }),
      lead("just", { areaToSqm: 50, budgetRubMonth: 5000 }),
      lead("noArea", { budgetRubMonth: 1 }),
      lead("calls", { phone: "+7 913 000-00-01", createdOn: "2026-03-01" }),
      lead("callsAgain", { phone: "8 (913) 000 00 01", createdOn: "2026-03-15" }),
      lead("callsLater", { phone: "79130000001", createdOn: "2026-03-30" }),
      lead("extension", { phone: "12-34" }),
      lead("extensionToo", { phone: "12-34" }),
    ]);
  await db.insert(premises).values([
    { id: "closet", name: "Чулан", areaSqm: 3, address: "ул. Мира, 1" },
    { id: "golden", name: "Золотое", areaSqm: 20, rentRubMonth: 20 * 10_000 + 1, address: "Ул. Мира, 1" },
    { id: "twin", name: "Двойник", areaSqm: 20, rentRubMonth: 30_000, address: "ул. Мира, 1" },
    { id: "stale", name: "Забытое", areaSqm: 40, rentRubMonth: 40_000 },
    { id: "fresh", name: "Предложено", areaSqm: 40, rentRubMonth: 40_000 },
    { id: "taken", name: "Занято и свободно", areaSqm: 40, rentRubMonth: 40_000 },
  ]);
  await db.insert(vacancies).values(
    ["stale", "fresh", "taken"].map((premisesId) => ({
      premisesId,
      fromOn: "2025-06-01",
      source: "export" as const,
    })),
  );
  await db.insert(deals).values([
    {
      id: "backwards",
      leadId: "four",
      premisesId: "twin",
      createdOn: "2026-02-02",
      closedOn: "2026-02-01",
      stage: "lost",
    },
    { id: "toFresh", leadId: "four", premisesId: "fresh", createdOn: "2026-02-02", stage: "open" },
    { id: "noLead", leadId: null, premisesId: "twin", createdOn: "2026-02-02", stage: "open" },
    { id: "noPremises", leadId: "four", premisesId: null, createdOn: "2026-02-02", stage: "open" },
    { id: "strangeLead", leadId: "nobody", premisesId: "twin", createdOn: "2026-02-02", stage: "open" },
    { id: "strangePremises", leadId: "four", premisesId: "nowhere", createdOn: "2026-02-02", stage: "open" },
  ]);
  await db.insert(leases).values([
    { id: "long", premisesId: "twin", leadId: "four", startOn: "2024-01-01", endOn: "2025-01-01" },
    { id: "within", premisesId: "twin", leadId: "four", startOn: "2024-03-01", endOn: "2024-04-01" },
    { id: "afterShort", premisesId: "twin", leadId: "four", startOn: "2024-06-01", endOn: "2024-07-01" },
    { id: "next", premisesId: "twin", leadId: "four", startOn: "2025-01-01", endOn: "2025-02-01", status: "ended" },
    { id: "nobodyKnowsWhen", premisesId: "golden", leadId: "four", startOn: "2024-01-01", status: "ended" },
    { id: "then", premisesId: "golden", leadId: "four", startOn: "2025-01-01", endOn: "2025-03-01", status: "ended" },
    {
      id: "running",
      premisesId: "taken",
      leadId: "four",
      startOn: "2025-09-01",
      endOn: "2025-12-01",
      status: "active",
    },
    { id: "noSuchPlace", premisesId: "nowhere", leadId: "four", startOn: "2025-09-01", endOn: "2025-12-01" },
  ]);
}

async function rawRows() {
  const { db } = owner;
  return {
    leads: await db.select().from(leads),
    premises: await db.select().from(premises),
    deals: await db.select().from(deals),
    leases: await db.select().from(leases),
    vacancies: await db.select().from(vacancies),
    free: (await db.select().from(freeSnapshots)).map(({ premisesId }) => premisesId),
  };
}

const day = dayOfDate;
const recent = ({ createdOn }: { createdOn: string }) => day(today) - day(createdOn) < 364;
const odd = (sqm: number | null) => sqm !== null && (sqm < 4 || sqm > 10_000);
const digits = (phone: string | null) => (phone ?? "").replace(/\D/g, "").slice(-10);

/** The same in another way: id by id, over rows as they are. */
const byHand: Record<CheckName, (rows: Awaited<ReturnType<typeof rawRows>>) => string[]> = {
  oddWishedArea: ({ leads }) =>
    leads
      .filter(recent)
      .filter(
        ({ areaFromSqm: from, areaToSqm: to }) => odd(from) || odd(to) || (from !== null && to !== null && from > to),
      )
      .map(({ id }) => id),
  oddBudget: ({ leads }) =>
    leads
      .filter(recent)
      .filter(({ areaFromSqm, areaToSqm, budgetRubMonth }) => {
        const sqm = areaToSqm ?? areaFromSqm;
        return sqm !== null && budgetRubMonth !== null && (budgetRubMonth < 100 * sqm || budgetRubMonth > 10_000 * sqm);
      })
      .map(({ id }) => id),
  oddArea: ({ premises }) => premises.filter(({ areaSqm }) => odd(areaSqm)).map(({ id }) => id),
  oddRent: ({ premises }) =>
    premises
      .filter(({ areaSqm, rentRubMonth }) => {
        if (areaSqm === null || rentRubMonth === null) return false;
        return rentRubMonth < 100 * areaSqm || rentRubMonth > 10_000 * areaSqm;
      })
      .map(({ id }) => id),
  reversedDeal: ({ deals }) =>
    deals.filter(({ createdOn, closedOn }) => closedOn !== null && closedOn < createdOn).map(({ id }) => id),
  overlappingLease: ({ leases }) => {
    const until = (lease: (typeof leases)[number]) =>
      lease.endOn === null
        ? lease.status === "ended"
          ? day(lease.startOn)
          : Number.POSITIVE_INFINITY
        : day(lease.endOn);
    return leases
      .filter((one) =>
        leases.some(
          (other) =>
            other.premisesId === one.premisesId &&
            (other.startOn < one.startOn || (other.startOn === one.startOn && other.id < one.id)) &&
            until(other) > day(one.startOn),
        ),
      )
      .map(({ id }) => id);
  },
  samePhone: ({ leads }) =>
    leads
      .filter(recent)
      .filter((one) =>
        leads.some(
          (other) =>
            digits(one.phone).length === 10 &&
            digits(other.phone) === digits(one.phone) &&
            (other.createdOn < one.createdOn || (other.createdOn === one.createdOn && other.id < one.id)) &&
            day(one.createdOn) - day(other.createdOn) <= 14,
        ),
      )
      .map(({ id }) => id),
  twinPremises: ({ premises }) => {
    const place = ({ address, areaSqm }: (typeof premises)[number]) =>
      address === null || areaSqm === null ? null : `${address.toLowerCase()}|${areaSqm}`;
    return premises
      .filter((one) =>
        premises.some((other) => other.id !== one.id && place(one) !== null && place(other) === place(one)),
      )
      .map(({ id }) => id);
  },
  unlinkedDeal: ({ deals, leads, premises }) => {
    const known = [new Set(leads.map(({ id }) => id)), new Set(premises.map(({ id }) => id))] as const;
    return deals
      .filter((one) => !(known[0].has(one.leadId ?? "") && known[1].has(one.premisesId ?? "")))
      .map(({ id }) => id);
  },
  unlinkedLease: ({ leases, leads, premises }) => {
    const known = [new Set(leads.map(({ id }) => id)), new Set(premises.map(({ id }) => id))] as const;
    return leases
      .filter((one) => !(known[0].has(one.leadId ?? "") && known[1].has(one.premisesId)))
      .map(({ id }) => id);
  },
  unofferedVacancy: (rows) =>
    rows.free.filter((id) => {
      const since = freeSince(rows, id);
      return (
        day(today) - day(since) >= 180 && !rows.deals.some((one) => one.premisesId === id && one.createdOn >= since)
      );
    }),
  leasedVacancy: (rows) =>
    rows.leases
      .filter(
        (one) =>
          rows.free.includes(one.premisesId) &&
          one.startOn <= today &&
          (one.status === "active" || (one.endOn === null ? one.status !== "ended" : one.endOn > today)),
      )
      .map(({ id }) => id),
};

function freeSince({ vacancies }: Awaited<ReturnType<typeof rawRows>>, premisesId: string): string {
  return vacancies
    .filter((one) => one.premisesId === premisesId && one.fromOn <= today)
    .map(({ fromOn }) => fromOn)
    .reduce((a, b) => (a > b ? a : b));
}

describe.each(checkNames)("%s", (check) => {
  test("finds what one finds by hand, and lists what it counts", async () => {
    const expected = byHand[check](await rawRows()).toSorted();
    expect(expected.length).toBeGreaterThan(0);
    const counted = (await countChecks(owner)).find((one) => one.check === check)!;
    expect(counted.found).toBe(expected.length);
    expect(counted.of).toBeGreaterThanOrEqual(counted.found);
    const listed: string[] = [];
    for (let cursor: string | null = null; ; ) {
      const page = await listFound(owner, { check, limit: 3, cursor });
      listed.push(
        ...page.rows.map(({ leaseId, dealId, leadId, premisesId }) => (leaseId ?? dealId ?? leadId ?? premisesId)!),
      );
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(listed.toSorted()).toEqual(expected);
  });
});

const isFilled = (lead: typeof leads.$inferSelect) => ({
  area: lead.areaFromSqm !== null || lead.areaToSqm !== null,
  budget: lead.budgetRubMonth !== null,
  bank: lead.bank !== null,
  districts: lead.districts.length > 0,
  trades: lead.trades.length > 0,
  network_size: lead.networkSize !== null,
  brand: lead.brand !== null,
});

test.each([
  ["fields", (field: string, _: typeof leads.$inferSelect, month: string) => [field, month]],
  ["managers", (field: string, lead: typeof leads.$inferSelect) => [lead.managerId ?? "", field]],
] as const)("fill by %s is what one counts by hand", async (rows, placeOf) => {
  const answer = await fillRate(owner, fillRateInput.parse({ rows, period: "year", bank: "left" }));
  const cells = new Map<string, { filled: number; of: number }>();
  for (const lead of (await rawRows()).leads) {
    if (lead.bank !== "left" || day(today) - day(lead.createdOn) >= 364) continue;
    for (const field of leadFields) {
      const key = placeOf(field, lead, `${lead.createdOn.slice(0, 7)}-01`).join("|");
      const cell = cells.get(key) ?? { filled: 0, of: 0 };
      cells.set(key, { filled: cell.filled + Number(isFilled(lead)[field]), of: cell.of + 1 });
    }
  }
  expect(cells.size).toBeGreaterThan(20);
  expect(Object.fromEntries(answer.cells.map(({ row, column, ...cell }) => [`${row}|${column}`, cell]))).toEqual(
    Object.fromEntries(cells),
  );
  expect(answer.more).toBe(0);
});

test("managers by month add up to managers, and long spans are told by years", async () => {
  const scope = { period: "all", field: "budget" } as const;
  const byMonth = await fillRate(owner, fillRateInput.parse({ ...scope, rows: "managersByMonth" }));
  const byField = await fillRate(owner, fillRateInput.parse({ ...scope, rows: "managers" }));
  expect(byMonth.step).toBe("year");
  expect(byMonth.columns.every((column) => column.endsWith("-01-01"))).toBe(true);
  for (const { key } of byField.rows) {
    const own = byMonth.cells.filter(({ row }) => row === key);
    const { filled, of } = byField.cells.find(({ row, column }) => row === key && column === "budget")!;
    expect([sum(own, "filled"), sum(own, "of")]).toEqual([filled, of]);
  }
});

test("fields of premises are counted as by hand, of all and of the free", async () => {
  const rows = await rawRows();
  const columns = {
    address: "address",
    district: "district",
    bank: "bank",
    section: "section",
    area_sqm: "areaSqm",
    rent_rub_month: "rentRubMonth",
    floor: "floor",
    fit_out: "fitOut",
    built_year: "builtYear",
    managed: "managed",
    water: "water",
    sewerage: "sewerage",
    documents: "documents",
  } as const;
  for (const { field, all, free } of await premisesFill(owner)) {
    const filled = rows.premises.filter((one) => one[columns[field]] !== null);
    expect([field, all.hits, all.of]).toEqual([field, filled.length, rows.premises.length]);
    expect([field, free.hits, free.of]).toEqual([
      field,
      filled.filter(({ id }) => rows.free.includes(id)).length,
      rows.free.length,
    ]);
  }
});

test("an empty wish is found by its number, filled in place, and is no longer counted; a stranger sees none of it", async () => {
  const admin: Ctx = { ...owner, actor: { kind: "user", userId: 3, name: "z", role: "admin", managerId: null } };
  const input = listUnfilledInput.parse({ scope: { period: "quarter" }, field: "budget", limit: 20 });
  const ids: string[] = [];
  for (let cursor = input.cursor ?? null; ; ) {
    const page = await listUnfilled(owner, { ...input, cursor });
    ids.push(...page.rows.map(({ leadId }) => leadId));
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  const empty = async () => {
    const { whole } = await fillRate(owner, fillRateInput.parse({ period: "quarter" }));
    const { filled, of } = whole.find(({ field }) => field === "budget")!;
    return of - filled;
  };
  const byHand = (await rawRows()).leads.filter(
    (one) => one.budgetRubMonth === null && day(today) - day(one.createdOn) < 91,
  );
  expect(ids.toSorted()).toEqual(byHand.map(({ id }) => id).toSorted());
  expect(await empty()).toBe(ids.length);
  await giveAnswer(admin, {
    leadId: ids[0]!,
    answer: { field: "budget", text: "120 000" },
    idempotencyKey: randomUUID(),
  });
  expect(await empty()).toBe(ids.length - 1);

  const manager: Ctx = { ...owner, actor: { kind: "user", userId: 2, name: "y", role: "manager", managerId: "101" } };
  for (const asked of [
    countChecks(manager),
    listUnfilled(manager, input),
    fillRate(manager, fillRateInput.parse({})),
    premisesFill(manager),
    listFound(manager, { check: "oddRent", limit: 5 }),
  ])
    await expect(asked).rejects.toMatchObject({ code: "forbidden" });
});

function sum(cells: { filled: number; of: number }[], name: "filled" | "of"): number {
  return cells.reduce((all, cell) => all + cell[name], 0);
}

test("of each table the latest import that wrote it is told, a dry run and one that failed are not", async () => {
  const file = (table: string | null, over: object = {}) => ({
    ...{ file: `${table}.csv`, sha256: "", table, encoding: "utf-8", delimiter: ";", inserted: 0, changed: 0 },
    ...{
      rows: 10,
      unchanged: 0,
      refused: 1,
      refusedValues: 2,
      duplicates: 0,
      unlinked: 0,
      repaired: {},
      refusal: null,
    },
    ...over,
  });
  const run = (files: object[], over: object = {}) => ({
    ...{ status: "done" as const, startedBy: "system:cli", finishedAt: new Date("2026-09-01T00:00:00Z") },
    files: files as (typeof importRuns.$inferInsert)["files"] & object,
    ...over,
  });
  const [, latest, , leadsAgain] = await owner.db
    .insert(importRuns)
    .values([
      run([file("leads"), file("premises", { refused: 7 })]),
      run([
        file("premises", { rows: 20, repaired: { nameFromId: 2 } }),
        file("premises", { rows: 5, refused: 3, repaired: { nameFromId: 1, idCleaned: 4 } }),
        file(null, { refusal: "Файл пуст." }),
      ]),
      run([file("leads", { rows: 99 })], { dryRun: true }),
      run([file("leads", { rows: 30, duplicates: 6 })]),
      run([file("deals")], { status: "failed" as const }),
    ])
    .returning();
  expect(await importFaults(owner)).toEqual([
    {
      ...{ table: "premises", runId: latest!.id, finishedAt: latest!.finishedAt, rows: 25, refusedRows: 4 },
      ...{ refusedValues: 4, duplicates: 0, repaired: { nameFromId: 3, idCleaned: 4 } },
    },
    {
      ...{ table: "leads", runId: leadsAgain!.id, finishedAt: latest!.finishedAt, rows: 30, refusedRows: 1 },
      ...{ refusedValues: 2, duplicates: 6, repaired: {} },
    },
  ]);
});
