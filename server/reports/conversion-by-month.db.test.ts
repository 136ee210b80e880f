import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { deals, leads, leases } from "#/db/schema/index.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import { makeMarket } from "#/ml/testing/synthetic-market.ts";
import type { Ctx } from "../context.ts";
import { dateOfDay, dayOfDate } from "../days.ts";
import { insertMarket } from "../testing/insert-market.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { type Conversion, conversionByMonth, RIPE_DAYS } from "./conversion-by-month.ts";

const database = useTestDatabase();
let owner: Ctx;
let today: string;
const manager = "101";

beforeAll(async () => {
  await insertMarket(
    database.connection.db,
    makeMarket({ seed: 11, leads: 2000, premises: 60, managers: 5, years: 2 }).history(),
  );
  // Who made a lead's offers has the lead.
  await database.connection.db.execute(
    sql`update leads l set manager_id = (select min(manager_id) from deals d where d.lead_id = l.id)`,
  );
  const days = await database.connection.db.select({ day: leads.createdOn }).from(leads);
  today = days.map(({ day }) => day).reduce((a, b) => (a > b ? a : b));
  owner = testCtx(
    database.connection,
    { kind: "user", userId: 1, name: "x", role: "owner", managerId: null },
    { now: () => new Date(`${today}T05:00:00Z`) },
  );
});

/** The same from raw rows, by hand. */
async function counted(within: (lead: typeof leads.$inferSelect) => boolean) {
  const { db } = owner;
  const [allLeads, allDeals, allLeases] = [
    await db.select().from(leads),
    await db.select().from(deals),
    await db.select().from(leases),
  ];
  const cohorts = new Map<string, { of: number; dealt: number; converted: number; convertedOfDealt: number }>();
  for (const lead of allLeads.filter(within)) {
    const soon = (day: string) => dayOfDate(day) - dayOfDate(lead.createdOn) <= RIPE_DAYS;
    const converted =
      allDeals.some((one) => one.leadId === lead.id && one.stage === "won" && soon(one.closedOn ?? one.createdOn)) ||
      allLeases.some((one) => one.leadId === lead.id && soon(one.startOn));
    const month = `${lead.createdOn.slice(0, 7)}-01`;
    const dealt = allDeals.some((one) => one.leadId === lead.id && soon(one.createdOn));
    const sum = cohorts.get(month) ?? { of: 0, dealt: 0, converted: 0, convertedOfDealt: 0 };
    cohorts.set(month, {
      of: sum.of + 1,
      dealt: sum.dealt + Number(dealt),
      converted: sum.converted + Number(converted),
      convertedOfDealt: sum.convertedOfDealt + Number(dealt && converted),
    });
  }
  return [...cohorts].map(([month, sum]) => ({ month, ...sum })).toSorted((a, b) => (a.month < b.month ? -1 : 1));
}

/** The counts of both steps; denominators must be the steps before. */
function stepsOf({ converted, dealt, convertedOfDealt }: NonNullable<Conversion["ripe"]>) {
  expect(dealt.of).toBe(converted.of);
  expect(convertedOfDealt.of).toBe(dealt.hits);
  return { of: converted.of, dealt: dealt.hits, converted: converted.hits, convertedOfDealt: convertedOfDealt.hits };
}

test.each([
  ["all", { period: "all" }, () => true],
  ["a bank", { period: "all", bank: "left" }, ({ bank }) => bank === "left"],
  ["a manager", { period: "all", ofManager: manager }, ({ managerId }) => managerId === manager],
  [
    "a span",
    { from: "2025-03-05", to: "2025-06-20", period: "year" },
    ({ createdOn }) => createdOn >= "2025-03-05" && createdOn <= "2025-06-20",
  ],
] as const satisfies readonly [string, object, (lead: typeof leads.$inferSelect) => boolean][])(
  "counts as one would by hand: %s",
  async (_, scope, within) => {
    const { cohorts, ripe } = await conversionByMonth(owner, scope);
    const byHand = await counted(within);
    expect(byHand.length).toBeGreaterThan(2);
    expect(cohorts.map((cohort) => ({ month: cohort.month, ...stepsOf(cohort) }))).toEqual(byHand);
    const old = byHand.filter(({ month }) => {
      const next = new Date(`${month}T00:00:00Z`);
      next.setUTCMonth(next.getUTCMonth() + 1);
      return next.getTime() / 86_400_000 - 1 + RIPE_DAYS <= dayOfDate(today);
    });
    const sum = (count: "of" | "dealt" | "converted" | "convertedOfDealt") =>
      old.reduce((sum, month) => sum + month[count], 0);
    expect(stepsOf(ripe!)).toEqual({
      ...{ of: sum("of"), dealt: sum("dealt") },
      ...{ converted: sum("converted"), convertedOfDealt: sum("convertedOfDealt") },
    });
  },
);

test("a share of nothing is none, and a stranger gets none", async () => {
  const to = dateOfDay(dayOfDate("2000-01-01"));
  expect(await conversionByMonth(owner, { period: "all", to })).toEqual({ cohorts: [], ripe: null });
  const asManager = {
    ...owner,
    actor: { kind: "user", userId: 2, name: "y", role: "manager", managerId: manager },
  } as Ctx;
  await expect(conversionByMonth(asManager, { period: "all" })).rejects.toMatchObject({ code: "forbidden" });
});
