import { eq, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { fillings, leads, marketState, premises } from "#/db/schema/index.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import { makeMarket } from "#/ml/testing/synthetic-market.ts";
import type { Ctx } from "../../context.ts";
import { matchLead } from "../../matching/match-lead.ts";
import { insertMarket } from "../../testing/insert-market.ts";
import { testCtx } from "../../testing/test-ctx.ts";
import { measureFilling } from "./measure-filling.ts";
import { requestFilling } from "./request-filling.ts";
import { showFilling } from "./show-filling.ts";

const database = useTestDatabase();
let owner: Ctx;

/** Few leads, so that all of them are in the sample whatever the seed. */
const LEADS = 24;

beforeAll(async () => {
  const { db } = database.connection;
  await insertMarket(db, makeMarket({ seed: 4, leads: 4000, premises: 90, managers: 4, years: 3 }).history());
  const [last] = await db.execute<{ day: string }>(sql`select max(created_on)::text as day from leads`);
  await db.execute(sql`delete from leads where id not in (
    select id from leads where budget_rub_month is not null and area_to_sqm is not null order by created_on desc, id limit ${LEADS})`);
  owner = testCtx(
    database.connection,
    { kind: "user", userId: 1, name: "x", role: "owner", managerId: null },
    { now: () => new Date(`${last!.day}T05:00:00Z`) },
  );
});

/** The verdicts of every lead, by the way of the board. */
async function boards(draft?: Parameters<typeof matchLead>[1]["draft"]): Promise<Map<string, boolean>> {
  const verdicts = new Map<string, boolean>();
  for (const { id } of await owner.db.select({ id: leads.id }).from(leads)) {
    const { ranking } = await matchLead(owner, { leadId: id, withTaste: false, ...(draft ? { draft } : {}) });
    for (const { premisesId, verdict } of ranking.premises) verdicts.set(`${id} ${premisesId}`, verdict === "keep");
  }
  return verdicts;
}

function compared(known: Map<string, boolean>, hidden: Map<string, boolean>) {
  const pairs = [...known].map(([pair, kept]) => ({ kept, was: hidden.get(pair)! }));
  return {
    removed: pairs.filter(({ was }) => !was).length,
    kept: pairs.filter(({ was }) => was).length,
    turnedKept: pairs.filter(({ was, kept }) => !was && kept).length,
    turnedRemoved: pairs.filter(({ was, kept }) => was && !kept).length,
  };
}

test("says of each field what the boards say with it and with it hidden, and is asked for once at a time", async () => {
  const { fillingId } = await requestFilling(owner);
  expect(await requestFilling(owner)).toEqual({ fillingId });
  expect(await showFilling(owner)).toMatchObject({ latest: null, isUnderWay: true });
  await measureFilling(owner, { fillingId });
  const { latest, isUnderWay, failed } = await showFilling(owner);
  expect([isUnderWay, failed, latest!.fillingId, latest!.modelId]).toEqual([false, false, fillingId, null]);
  const worthOf = (of: string, field: string) => latest!.worths.find((one) => one.of === of && one.field === field)!;

  const known = await boards();
  const budget = compared(known, await boards({ budgetRubMonth: null }));
  expect(budget.turnedRemoved).toBeGreaterThan(0);
  expect(worthOf("lead", "budget")).toEqual({ of: "lead", field: "budget", leads: LEADS, ...budget });
  expect(worthOf("lead", "area")).toMatchObject(compared(known, await boards({ areaFromSqm: null, areaToSqm: null })));

  // Of premises: as if nobody had ever written the area down.
  const filled = new Set(
    (await owner.db.select({ id: premises.id }).from(premises).where(sql`area_sqm is not null`)).map(({ id }) => id),
  );
  await owner.db.update(premises).set({ areaSqm: null });
  await owner.db.update(marketState).set({ version: sql`${marketState.version} + 1` });
  const without = await boards();
  const area = compared(new Map([...known].filter(([pair]) => filled.has(pair.split(" ")[1]!))), without);
  expect(area.turnedRemoved + area.turnedKept).toBeGreaterThan(0);
  expect(worthOf("premises", "area_sqm")).toEqual({ of: "premises", field: "area_sqm", leads: LEADS, ...area });
});

test("one that is finished is left as it is, and one that died makes way", async () => {
  const [before] = await owner.db.select().from(fillings);
  await measureFilling({ ...owner, now: () => new Date() }, { fillingId: before!.id });
  expect((await owner.db.select().from(fillings))[0]).toEqual(before);

  const { fillingId: dead } = await requestFilling(owner);
  const later = { ...owner, now: () => new Date(owner.now().getTime() + 31 * 60_000) };
  const { fillingId: next } = await requestFilling(later);
  expect(next).not.toBe(dead);
  const [buried] = await owner.db.select().from(fillings).where(eq(fillings.id, dead));
  expect(buried!.failure).toMatch(/died/);
  const manager: Ctx = { ...owner, actor: { kind: "user", userId: 2, name: "y", role: "manager", managerId: "101" } };
  await expect(requestFilling(manager)).rejects.toMatchObject({ code: "forbidden" });
});
