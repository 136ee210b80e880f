import { randomUUID } from "node:crypto";
import { and, eq, like } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { auditLog } from "#/db/schema/audit.ts";
import { marks, markWithdrawals } from "#/db/schema/matching.ts";
import { castLeads, castManagers, castPremises, insertCast } from "#/db/testing/cast.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import type { Ctx } from "../context.ts";
import { standingMarks } from "../matching/standing-marks.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { listOwnMarks, listOwnMarksInput } from "./list-own-marks.ts";
import { markMistake } from "./mark-mistake.ts";
import { repeatMarks } from "./repeat-marks.ts";
import { resetTaste } from "./reset-taste.ts";
import { withdrawMark } from "./withdraw-mark.ts";

const database = useTestDatabase();
let clock = Date.parse("2026-09-10T04:00:00Z");

function as(role: "manager" | "owner", managerId: string | null): Ctx {
  return testCtx(
    database.connection,
    { kind: "user", userId: 1, name: "x", role, managerId },
    { now: () => new Date(++clock) },
  );
}
const anna = () => as("manager", castManagers.anna.id);
const boris = () => as("manager", castManagers.boris.id);

const say = async (ctx: Ctx, premisesId: string, mark: "wrongly_kept" | "wrongly_removed" = "wrongly_kept") =>
  (await markMistake(ctx, { leadId: castLeads.flowers.id, premisesId, mark, idempotencyKey: randomUUID() })).mark
    .markId;
const list = (ctx: Ctx, input: Partial<Parameters<typeof listOwnMarks>[1]> = {}) =>
  listOwnMarks(ctx, listOwnMarksInput.parse(input));
const standing = async (managerId: string) =>
  (await standingMarks(database.connection.db, eq(marks.managerId, managerId))).map(({ premisesId, mark }) => [
    premisesId,
    mark,
  ]);

beforeAll(() => insertCast(database.connection.db));
beforeEach(async () => {
  await database.connection.db.delete(markWithdrawals);
  await database.connection.db.delete(marks);
});

describe("the list of one's own marks", () => {
  test("is refused to a stranger, empty for whoever is no manager, and never another's", async () => {
    await expect(list(testCtx(database.connection, { kind: "anonymous" }))).rejects.toMatchObject({
      code: "unauthenticated",
    });
    await say(boris(), castPremises.corner.id);
    expect(await list(as("owner", null))).toEqual({ marks: [], total: 0, nextCursor: null });
    expect((await list(anna())).total).toBe(0);
    expect((await list(boris())).marks).toMatchObject([
      { premisesName: castPremises.corner.name, brand: null, withdrawnAt: null, replaced: false },
    ]);
  });

  test("tells what stands, what was replaced and what was taken back", async () => {
    const first = await say(anna(), castPremises.corner.id);
    await say(anna(), castPremises.corner.id, "wrongly_removed");
    const gone = await say(anna(), castPremises.cellar.id);
    await withdrawMark(anna(), { markId: gone });
    expect((await list(anna(), { state: "withdrawn" })).marks.map(({ markId }) => markId)).toEqual([gone]);
    const { marks: open, total } = await list(anna());
    expect([total, open.map(({ mark, replaced }) => [mark, replaced])]).toEqual([
      2,
      [
        ["wrongly_removed", false],
        ["wrongly_kept", true],
      ],
    ]);
    expect((await list(anna(), { mark: "wrongly_kept" })).marks.map(({ markId }) => markId)).toEqual([first]);
  });

  test("comes in pages without a gap or a repetition, though marks share a moment", async () => {
    const at = new Date("2026-09-10T08:00:00Z");
    const row = { leadId: castLeads.flowers.id, managerId: castManagers.anna.id, mark: "wrongly_kept" as const };
    await database.connection.db.insert(marks).values(
      Array.from({ length: 25 }, () => ({
        ...row,
        premisesId: castPremises.hall.id,
        asOf: "2026-09-10",
        createdBy: "test",
        createdAt: at,
      })),
    );
    const seen: string[] = [];
    let cursor: Awaited<ReturnType<typeof list>>["nextCursor"] = null;
    do {
      const page = await list(anna(), { limit: 10, cursor });
      seen.push(...page.marks.map(({ markId }) => markId));
      cursor = page.nextCursor;
    } while (cursor);
    expect([seen.length, new Set(seen).size]).toEqual([25, 25]);
  });
});

describe("forgetting one's taste", () => {
  test("is not for an owner, and nothing for whoever is no manager", async () => {
    await expect(resetTaste(as("owner", castManagers.anna.id))).rejects.toMatchObject({ code: "forbidden" });
    await expect(repeatMarks(as("owner", null), { markIds: [randomUUID()] })).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(await resetTaste(as("manager", null))).toEqual({ markIds: [] });
  });

  test("withdraws each mark of one's own by an event of its own, and undoing says each anew", async () => {
    await say(anna(), castPremises.corner.id);
    await say(anna(), castPremises.corner.id, "wrongly_removed");
    await say(anna(), castPremises.hall.id);
    await say(boris(), castPremises.hall.id);
    const before = await standing(castManagers.anna.id);
    const { markIds } = await resetTaste(anna());
    expect(markIds).toHaveLength(3);
    expect(await standing(castManagers.anna.id)).toEqual([]);
    expect(await standing(castManagers.boris.id)).toHaveLength(1);
    const audited = await database.connection.db
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.action, "mark:withdraw"), like(auditLog.subject, "mark:%")));
    expect(audited.filter(({ subject }) => markIds.includes(subject.slice(5)))).toHaveLength(3);

    expect(await repeatMarks(boris(), { markIds })).toEqual({ repeated: 0 });
    const twice = await Promise.all([repeatMarks(anna(), { markIds }), repeatMarks(anna(), { markIds })]);
    expect(twice.map(({ repeated }) => repeated).toSorted()).toEqual([0, 2]);
    expect((await standing(castManagers.anna.id)).toSorted()).toEqual(before.toSorted());
    // Nothing was unsaid: the first three are there, withdrawn, and two new ones.
    expect(await database.connection.db.$count(marks, eq(marks.managerId, castManagers.anna.id))).toBe(5);
  });

  test("a mark that was made since is not spoken over by the undo", async () => {
    await say(anna(), castPremises.corner.id);
    const { markIds } = await resetTaste(anna());
    await say(anna(), castPremises.corner.id, "wrongly_removed");
    expect(await repeatMarks(anna(), { markIds })).toEqual({ repeated: 0 });
    expect(await standing(castManagers.anna.id)).toEqual([[castPremises.corner.id, "wrongly_removed"]]);
  });
});
