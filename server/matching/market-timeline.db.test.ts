import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { marketState, premises, vacancies } from "#/db/schema/index.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import { makeMarket } from "#/ml/testing/synthetic-market.ts";
import { dateOfDay } from "../days.ts";
import { insertMarket } from "../testing/insert-market.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { loadFacts } from "./load-facts.ts";
import { openMarket } from "./market-timeline.ts";

const database = useTestDatabase();
const history = makeMarket({ seed: 11, leads: 2500, premises: 80, managers: 6, years: 3 }).history();

beforeAll(() => insertMarket(database.connection.db, history));

/** Counts how often a market is read. */
function counting() {
  const ctx = testCtx(database.connection);
  let loads = 0;
  const info = (_: unknown, message: string) => {
    if (message === "the market was loaded") loads += 1;
  };
  return { ctx: { ...ctx, log: { ...ctx.log, info } as typeof ctx.log }, loads: () => loads };
}

async function bumpVersion(): Promise<void> {
  await database.connection.db.update(marketState).set({ version: sql`${marketState.version} + 1` });
}

test("what goes into the tables comes out of them, fact by fact", async () => {
  const loaded = await loadFacts(testCtx(database.connection));
  const byId = <T>(rows: T[], id: (row: T) => string) => rows.toSorted((a, b) => (id(a) < id(b) ? -1 : 1));
  expect(byId(loaded.premises, (one) => one.premisesId)).toEqual(byId(history.premises, (one) => one.premisesId));
  expect(byId(loaded.leads, (one) => one.leadId!)).toEqual(byId(history.leads, (one) => one.leadId!));
  expect(byId(loaded.offers, (one) => one.offerId)).toEqual(byId(history.offers, (one) => one.offerId));
  expect(byId(loaded.leases, (one) => one.leaseId)).toEqual(byId(history.leases, (one) => one.leaseId));
  expect(byId(loaded.managers, (one) => one.managerId)).toEqual(byId(history.managers, (one) => one.managerId));
  expect(loaded.vacancies).toEqual(history.vacancies);
});

test("on fifty random days the free premises are those that the table tells", async () => {
  const { timeline } = await openMarket(testCtx(database.connection));
  const { db } = database.connection;
  const first = Math.min(...history.vacancies.map((one) => one.fromDay));
  const days = Array.from(
    { length: 50 },
    (_, i) => first + Math.floor((((i * 7919) % 997) / 997) * (history.snapshotDay - first)),
  );
  for (const day of days) {
    const date = dateOfDay(day);
    const rows = await db
      .selectDistinct({ id: vacancies.premisesId })
      .from(vacancies)
      .innerJoin(premises, eq(premises.id, vacancies.premisesId))
      .where(sql`${vacancies.fromOn} <= ${date} and (${vacancies.toOn} is null or ${vacancies.toOn} > ${date})`);
    const free = timeline.freeOn(day);
    const ids = Array.from(free.premises, (index) => timeline.premises[index]!.premisesId);
    expect(ids.toSorted(), date).toEqual(rows.map((row) => row.id).toSorted());
  }
});

describe("the market in memory", () => {
  test("is read once however many ask at once, and not again while nothing changed", async () => {
    await bumpVersion();
    const { ctx, loads } = counting();
    const markets = await Promise.all(Array.from({ length: 20 }, () => openMarket(ctx)));
    expect(new Set(markets).size).toBe(1);
    expect(await openMarket(ctx)).toBe(markets[0]);
    expect(loads()).toBe(1);
  });

  test("shows what was committed before the question, even while an older read is still under way", async () => {
    const { db } = database.connection;
    const { ctx } = counting();
    for (let round = 0; round < 5; round++) {
      await bumpVersion();
      const early = openMarket(ctx);
      const id = `new-${round}`;
      await db.insert(premises).values({ id, name: "Новое" });
      await db.insert(vacancies).values({ premisesId: id, fromOn: "2026-01-01", source: "export" });
      await bumpVersion();
      const late = await openMarket(ctx);
      expect(late.names.get(id)?.name).toBe("Новое");
      expect(late.timeline.indexOf(id)).toBeGreaterThanOrEqual(0);
      await early;
      expect((await openMarket(ctx)).version).toBeGreaterThanOrEqual(late.version);
    }
  });

  test("is read anew when a day has passed: what becomes free tomorrow is free tomorrow", async () => {
    const { db } = database.connection;
    await db.insert(premises).values({ id: "tomorrow", name: "Завтра" });
    await db.insert(vacancies).values({ premisesId: "tomorrow", fromOn: "2026-11-24", source: "export" });
    await bumpVersion();
    const isFree = async (now: string) => {
      const { timeline, readOn } = await openMarket(
        testCtx(database.connection, undefined, { now: () => new Date(now) }),
      );
      const day = Date.parse(readOn) / 86_400_000;
      return timeline.freeOn(day).premises.includes(timeline.indexOf("tomorrow"));
    };
    expect(await isFree("2026-11-23T05:00:00Z")).toBe(false);
    expect(await isFree("2026-11-24T05:00:00Z")).toBe(true);
  });

  test("stays what it was when a read fails, and is read at the next question", async () => {
    await bumpVersion();
    const ctx = testCtx(database.connection);
    const failing = {
      ...ctx,
      db: new Proxy(ctx.db, {
        get: (db, key) => (key === "transaction" ? () => Promise.reject(new Error("away")) : Reflect.get(db, key)),
      }),
    };
    await expect(openMarket(failing)).rejects.toThrow("away");
    expect((await openMarket(ctx)).names.size).toBeGreaterThan(80);
  });
});
