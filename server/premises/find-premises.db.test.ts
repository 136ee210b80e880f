import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { marketState, vacancies } from "#/db/schema/index.ts";
import { castPremises, insertCast } from "#/db/testing/cast.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import type { Ctx } from "../context.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { findPremises, findPremisesInput } from "./find-premises.ts";
import { getPremises } from "./get-premises.ts";
import { listNewlyFree } from "./list-newly-free.ts";

const database = useTestDatabase();
const at = (day: string): Ctx =>
  testCtx(
    database.connection,
    { kind: "user", userId: 1, name: "x", role: "manager", managerId: null },
    { now: () => new Date(`${day}T05:00:00Z`) },
  );
const ctx = () => at("2026-09-10");
const find = async (input: Partial<Parameters<typeof findPremises>[1]> = {}) => {
  const page = await findPremises(ctx(), findPremisesInput.parse(input));
  return page.premises.map(({ premisesId }) => premisesId);
};
const { corner, cellar, hall, let: letOut } = castPremises;

beforeAll(() => insertCast(database.connection.db));

test("premises are shown to nobody who is not signed in", async () => {
  const stranger = testCtx(database.connection, { kind: "anonymous" });
  const refused = { code: "unauthenticated" };
  await expect(findPremises(stranger, findPremisesInput.parse({}))).rejects.toMatchObject(refused);
  await expect(getPremises(stranger, { premisesId: corner.id })).rejects.toMatchObject(refused);
  await expect(listNewlyFree(stranger, {})).rejects.toMatchObject(refused);
});

describe("finding", () => {
  test.each([
    ["by the CRM's id", { query: "503" }, [hall.id]],
    ["by a word of the name", { query: "ПОДВАЛ" }, [cellar.id]],
    ["by the address, in whatever order", { query: "25 красный" }, [letOut.id, corner.id]],
    ["by district", { query: "ленинский" }, [hall.id]],
    ["on the other keyboard layout", { query: "gjldfk" }, [cellar.id]],
    ["by nothing that is there", { query: "щщщ" }, []],
    ["what is free today", { free: true }, [hall.id, cellar.id, corner.id]],
    ["in a district", { district: "Центральный", free: true }, [corner.id]],
    ["on a bank", { bank: "left" as const }, [hall.id]],
    ["by area", { areaFromSqm: 62, areaToSqm: 90 }, [letOut.id, cellar.id, corner.id]],
    ["by rent", { rentToRubMonth: 105_000 }, [cellar.id, corner.id]],
    ["the cheapest first", { sort: "rent" as const }, [cellar.id, corner.id, letOut.id, hall.id]],
    ["the newest free first, the let last", { sort: "freed" as const }, [corner.id, hall.id, cellar.id, letOut.id]],
  ])("%s", async (_, input, ids) => {
    expect(await find(input)).toEqual(ids);
  });

  test("pages are cut from one order, and counts are of the whole", async () => {
    const page = (cursor: number | null) => findPremises(ctx(), findPremisesInput.parse({ limit: 3, cursor }));
    const first = await page(null);
    expect([first.total, first.free, first.nextCursor]).toEqual([4, 3, 3]);
    const second = await page(first.nextCursor);
    expect(second.nextCursor).toBeNull();
    expect([...first.premises, ...second.premises].map(({ premisesId }) => premisesId)).toEqual(await find());
    expect(first.districts).toEqual(["Ленинский", "Октябрьский", "Центральный"]);
  });

  test("nothing found is told apart from nothing there", async () => {
    const nothing = await findPremises(ctx(), findPremisesInput.parse({ query: "такого нет" }));
    expect(nothing).toMatchObject({ total: 0, anyPremises: true });
  });
});

describe("one premises", () => {
  test("is told as of the day: its rent of then, since when it was free, and the unknown as unknown", async () => {
    expect(await getPremises(ctx(), { premisesId: corner.id })).toMatchObject({
      name: corner.name,
      rentRubMonth: 105_000,
      freeSinceOn: "2026-08-01",
      isToday: true,
      lastFreeOn: null,
    });
    expect(await getPremises(ctx(), { premisesId: corner.id, asOf: "2023-03-01" })).toMatchObject({
      rentRubMonth: 84_000,
      freeSinceOn: "2023-02-01",
      isToday: false,
    });
    expect(await getPremises(ctx(), { premisesId: letOut.id })).toMatchObject({
      freeSinceOn: null,
      lastFreeOn: "2025-04-19",
    });
    expect((await getPremises(ctx(), { premisesId: cellar.id })).water).toBeNull();
    await expect(getPremises(ctx(), { premisesId: "nope" })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("what became free", () => {
  test("since yesterday is nothing, and when the last one did is said", async () => {
    expect(await listNewlyFree(ctx(), {})).toEqual({
      since: "2026-09-09",
      today: "2026-09-10",
      premises: [],
      lastFreedOn: "2026-08-01",
    });
    await expect(listNewlyFree(ctx(), { since: "2026-09-11" })).rejects.toMatchObject({ place: "since" });
  });

  test("holds what was freed on the day or later, and what is asked less for than before it", async () => {
    await database.connection.db
      .update(vacancies)
      .set({ toOn: "2026-09-09" })
      .where(sql`premises_id = '502' and to_on is null`);
    await database.connection.db.insert(vacancies).values([
      { premisesId: cellar.id, fromOn: "2026-09-09", rentRubMonth: 48_000, source: "export" as const },
      { premisesId: letOut.id, fromOn: "2026-09-10", rentRubMonth: 140_000, source: "export" as const },
    ]);
    await database.connection.db.update(marketState).set({ version: sql`${marketState.version} + 1` });
    const { premises, lastFreedOn } = await listNewlyFree(ctx(), {});
    expect(
      premises.map(({ premisesId, change, changedOn, rentBeforeRubMonth }) => [
        premisesId,
        change,
        changedOn,
        rentBeforeRubMonth,
      ]),
    ).toEqual([
      [letOut.id, "freed", "2026-09-10", null],
      [cellar.id, "cheaper", "2026-09-09", 54_000],
    ]);
    expect(lastFreedOn).toBe("2026-09-10");
    const long = await listNewlyFree(ctx(), { since: "2026-08-01" });
    expect(long.premises.map(({ premisesId }) => premisesId)).toEqual([letOut.id, cellar.id, corner.id]);
  });
});
