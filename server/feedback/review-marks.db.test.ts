import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { z } from "zod";
import { marks, markWithdrawals, matchRuns } from "#/db/schema/matching.ts";
import { castLeads, castManagers, castPremises, insertCast } from "#/db/testing/cast.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import type { Actor, Ctx } from "../context.ts";
import { TEST_NOW, testCtx } from "../testing/test-ctx.ts";
import { listAllMarks, listAllMarksInput } from "./list-all-marks.ts";
import { reportOutliers } from "./report-outliers.ts";

const database = useTestDatabase();
const owner: Actor = { kind: "user", userId: 4, name: "Владелец", role: "owner", managerId: null };
const manager: Actor = { kind: "user", userId: 1, name: "Анна", role: "manager", managerId: castManagers.anna.id };
let ctx: Ctx;

beforeAll(async () => {
  await insertCast(database.connection.db);
  ctx = testCtx(database.connection, owner);
});

beforeEach(async () => {
  await ctx.db.delete(markWithdrawals);
  await ctx.db.delete(marks);
  await ctx.db.delete(matchRuns);
});

const daysAgo = (days: number, minutes = 0) => new Date(TEST_NOW.getTime() - days * 86_400_000 + minutes * 60_000);

async function insertMarks(count: number, over: Partial<typeof marks.$inferInsert> = {}): Promise<string[]> {
  const rows = Array.from({ length: count }, () => ({
    id: randomUUID(),
    leadId: castLeads.coffee.id,
    premisesId: castPremises.corner.id,
    managerId: castManagers.anna.id,
    mark: "wrongly_kept" as const,
    asOf: "2026-11-20",
    createdBy: "user:1",
    createdAt: daysAgo(1),
    ...over,
  }));
  await ctx.db.insert(marks).values(rows);
  return rows.map(({ id }) => id);
}

const listed = (ctx: Ctx, input: z.input<typeof listAllMarksInput>) =>
  listAllMarks(ctx, listAllMarksInput.parse(input));

describe("the record of marks", () => {
  test("is the owner's and the administrators' to read", async () => {
    await expect(listed({ ...ctx, actor: manager }, {})).rejects.toMatchObject({ code: "forbidden" });
    await expect(reportOutliers({ ...ctx, actor: manager })).rejects.toMatchObject({ code: "forbidden" });
    await expect(listed({ ...ctx, actor: { kind: "anonymous" } }, {})).rejects.toMatchObject({
      code: "unauthenticated",
    });
  });

  test("tells who, when, about what and what was answered, and that it was taken back by whom", async () => {
    const [id] = await insertMarks(1, { suitability: 0.125, threshold: 0.25, reason: "price", note: "дорого" });
    await ctx.db.insert(markWithdrawals).values({ markId: id!, withdrawnBy: "user:3", withdrawnAt: daysAgo(0) });
    const { marks: found, total } = await listed(ctx, {});
    expect(total).toBe(1);
    expect(found[0]).toMatchObject({
      markId: id,
      brand: castLeads.coffee.brand,
      premisesName: castPremises.corner.name,
      managerName: castManagers.anna.name,
      ...{ suitability: 0.125, threshold: 0.25, reason: "price", note: "дорого", createdBy: "user:1" },
      ...{ runId: null, modelId: null, withdrawnAt: daysAgo(0), withdrawnBy: "user:3" },
    });
  });

  test("is narrowed by manager, lead, kind, day and withdrawal, and paged without loss", async () => {
    const anna = await insertMarks(3);
    const [boris] = await insertMarks(1, { managerId: castManagers.boris.id, leadId: castLeads.pharmacy.id });
    // 23:30 in Novosibirsk is still that day, though not in Greenwich the hour before midnight there.
    const [late] = await insertMarks(1, { mark: "wrongly_removed", createdAt: new Date("2026-11-10T17:30:00Z") });
    await ctx.db.insert(markWithdrawals).values({ markId: anna[0]!, withdrawnBy: "user:1" });
    const ids = async (input: z.input<typeof listAllMarksInput>) =>
      (await listed(ctx, input)).marks.map(({ markId }) => markId);
    expect(await ids({ ofManager: castManagers.boris.id })).toEqual([boris]);
    expect(await ids({ leadId: castLeads.pharmacy.id })).toEqual([boris]);
    expect(await ids({ mark: "wrongly_removed" })).toEqual([late]);
    expect(await ids({ day: "2026-11-11" })).toEqual([late]);
    expect(await ids({ state: "withdrawn" })).toEqual([anna[0]]);
    expect(await ids({ state: "standing" })).toHaveLength(4);
    const seen: string[] = [];
    for (let cursor: Awaited<ReturnType<typeof listAllMarks>>["nextCursor"] = null; ; ) {
      const page = await listed(ctx, { limit: 2, cursor });
      seen.push(...page.marks.map(({ markId }) => markId));
      cursor = page.nextCursor;
      if (!cursor) break;
    }
    expect(seen.toSorted()).toEqual([...anna, boris!, late!].toSorted());
  });
});

describe("the report of outliers", () => {
  const board = (leadId: string, judged: number) =>
    ctx.db.insert(matchRuns).values({
      leadId,
      leadFacts: {},
      managerId: castManagers.anna.id,
      marketVersion: 1,
      asOf: "2026-11-20",
      threshold: 0.5,
      premisesIds: Array.from({ length: judged }, (_, i) => String(i)),
      suitabilities: Array.from({ length: judged }, () => 0.5),
      probabilities: Array.from({ length: judged }, () => 0.1),
      kept: Array.from({ length: judged }, () => true),
      featuresSha256: "0".repeat(64),
      durationMs: 1,
      requestedBy: "user:1",
      createdAt: daysAgo(1),
    });

  test("counts each manager's days, and the share of what was judged for him that he called wrong", async () => {
    await board(castLeads.coffee.id, 40);
    // Opened twice: the same verdicts are not judged twice.
    await board(castLeads.coffee.id, 40);
    await board(castLeads.flowers.id, 60);
    const [id] = await insertMarks(6);
    await ctx.db.insert(markWithdrawals).values({ markId: id!, withdrawnBy: "user:1" });
    await insertMarks(2, { managerId: castManagers.boris.id, createdAt: daysAgo(2) });
    await insertMarks(9, { createdAt: daysAgo(40) });
    const { days, floods, managers } = await reportOutliers(ctx, { days: 30 });
    expect(days).toEqual([
      expect.objectContaining({
        managerId: "101",
        day: "2026-11-22",
        marks: 5,
        withdrawn: 1,
        judged: 100,
        share: 0.05,
      }),
      expect.objectContaining({ managerId: "102", day: "2026-11-21", marks: 2, judged: 0, share: null }),
    ]);
    expect(days.flatMap(({ outliers }) => outliers)).toEqual([]);
    expect(floods).toEqual([]);
    expect(managers.map(({ managerId }) => managerId)).toEqual(["101", "102"]);
  });

  test("puts a day far above his usual, and one that calls most of it wrong, first, and names the floods", async () => {
    for (let day = 2; day < 9; day++) await insertMarks(4, { createdAt: daysAgo(day) });
    await board(castLeads.coffee.id, 100);
    await insertMarks(45);
    await insertMarks(3, { managerId: castManagers.boris.id, createdAt: daysAgo(0) });
    const { days, floods } = await reportOutliers(ctx);
    expect(days[0]).toMatchObject({ day: "2026-11-22", marks: 45, share: 0.45, outliers: ["many", "against"] });
    expect(days.slice(1).every(({ outliers }) => outliers.length === 0)).toBe(true);
    expect(floods).toEqual([
      expect.objectContaining({ managerId: "101", where: { leadId: castLeads.coffee.id }, counted: 10 }),
    ]);
    await insertMarks(320, { managerId: castManagers.boris.id, createdAt: daysAgo(3) });
    expect((await reportOutliers(ctx)).floods).toContainEqual(
      expect.objectContaining({ managerId: "102", where: { day: "2026-11-20" }, marks: 320, counted: 150 }),
    );
  });
});
