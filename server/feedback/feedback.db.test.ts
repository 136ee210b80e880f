import { randomUUID } from "node:crypto";
import { count, eq, inArray, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { auditLog } from "#/db/schema/audit.ts";
import { idempotencyKeys, marks, matchRuns } from "#/db/schema/matching.ts";
import { premises } from "#/db/schema/premises.ts";
import { rateLimits } from "#/db/schema/users.ts";
import { castLeads, castManagers, castPremises, insertCast } from "#/db/testing/cast.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import type { Actor } from "../context.ts";
import type { AppError } from "../errors.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { listMarks } from "./list-marks.ts";
import { MARKS_MAX, markMany, markManyInput } from "./mark-many.ts";
import { type MarkMistakeInput, markMistake } from "./mark-mistake.ts";
import { withdrawMany } from "./withdraw-many.ts";
import { withdrawMark } from "./withdraw-mark.ts";

const database = useTestDatabase();
const as = (actor: Actor) => testCtx(database.connection, actor);
const anna: Actor = { kind: "user", userId: 1, name: "Анна", role: "manager", managerId: castManagers.anna.id };
const boris: Actor = { kind: "user", userId: 2, name: "Борис", role: "manager", managerId: castManagers.boris.id };
const admin: Actor = { kind: "user", userId: 3, name: "Админ", role: "admin", managerId: null };
const owner: Actor = { kind: "user", userId: 4, name: "Владелец", role: "owner", managerId: null };
const crm: Actor = { kind: "apiKey", keyId: 1, name: "CRM", scopes: ["marks"] };
const matcher: Actor = { kind: "apiKey", keyId: 2, name: "CRM", scopes: ["match"] };

const input = (over: Partial<MarkMistakeInput> = {}): MarkMistakeInput => ({
  leadId: castLeads.coffee.id,
  premisesId: castPremises.corner.id,
  mark: "wrongly_kept",
  idempotencyKey: randomUUID(),
  ...over,
});
const refusal = (work: Promise<unknown>): Promise<AppError> =>
  work.then(
    () => expect.unreachable(),
    (error) => error,
  );

beforeAll(() => insertCast(database.connection.db));

describe("whose mark it is", () => {
  test("a manager marks his own leads and unassigned ones, in his own name", async () => {
    for (const leadId of [castLeads.coffee.id, castLeads.flowers.id])
      expect((await markMistake(as(anna), input({ leadId }))).mark.managerId).toBe(castManagers.anna.id);
    const other = await refusal(markMistake(as(anna), { ...input(), managerId: castManagers.boris.id }));
    expect(other.code).toBe("forbidden");
  });

  test("a foreign lead is answered like one that does not exist", async () => {
    const foreign = await refusal(markMistake(as(boris), input()));
    const missing = await refusal(markMistake(as(boris), input({ leadId: "nope" })));
    expect([foreign.code, foreign.place]).toEqual([missing.code, missing.place]);
    expect(foreign.code).toBe("not_found");
    expect(foreign.message.replace(castLeads.coffee.id, "nope")).toBe(missing.message);
  });

  test("an administrator speaks for the lead's manager, and must name one where it has none", async () => {
    expect((await markMistake(as(admin), input())).mark.managerId).toBe(castManagers.anna.id);
    expect((await refusal(markMistake(as(admin), input({ leadId: castLeads.flowers.id })))).place).toBe("managerId");
  });

  test("another system speaks for the manager it names, with the scope for it", async () => {
    const { mark } = await markMistake(as(crm), { ...input(), managerId: castManagers.boris.id });
    expect(mark.managerId).toBe(castManagers.boris.id);
    expect((await refusal(markMistake(as(crm), { ...input(), managerId: "nobody" }))).place).toBe("managerId");
    expect((await refusal(markMistake(as(matcher), input()))).code).toBe("forbidden");
  });

  test("an owner looks and does not mark; nobody marks without signing in", async () => {
    expect((await refusal(markMistake(as(owner), input()))).code).toBe("forbidden");
    expect((await refusal(markMistake(as({ kind: "anonymous" }), input()))).code).toBe("unauthenticated");
  });
});

describe("repetition", () => {
  test("twenty at once with one key make one mark, and all get the same answer", async () => {
    const same = input({ premisesId: castPremises.cellar.id });
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => markMistake(as(anna), same)));
    expect(outcomes.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(new Set(outcomes.map(({ mark }) => JSON.stringify(mark))).size).toBe(1);
    const rows = await as(anna).db.select().from(marks).where(eq(marks.premisesId, castPremises.cellar.id));
    expect(rows).toHaveLength(1);
    expect(outcomes[0]!.mark.createdAt).toEqual(rows[0]!.createdAt);
  });

  test("the same key with another body is a conflict; the order of fields and an absent reason are no difference", async () => {
    const first = input({ reason: null });
    await markMistake(as(anna), first);
    const { reason: _, ...absent } = first;
    expect((await refusal(markMistake(as(anna), { ...first, mark: "wrongly_removed" }))).code).toBe("conflict");
    expect(
      (await markMistake(as(anna), Object.fromEntries(Object.entries(first).reverse()) as MarkMistakeInput)).isNew,
    ).toBe(false);
    expect((await markMistake(as(anna), absent)).isNew).toBe(false);
  });

  test("one key is one client's own: another's is another key", async () => {
    const shared = input({ leadId: castLeads.flowers.id });
    const [a, b] = [await markMistake(as(anna), shared), await markMistake(as(boris), shared)];
    expect(a.mark.markId).not.toBe(b.mark.markId);
  });

  test("a refused mark leaves no key behind", async () => {
    const wrong = input({ premisesId: "nope" });
    expect((await refusal(markMistake(as(anna), wrong))).place).toBe("premisesId");
    const kept = await as(anna).db.select().from(idempotencyKeys).where(eq(idempotencyKeys.key, wrong.idempotencyKey));
    expect(kept).toHaveLength(0);
  });
});

describe("the answer behind a mark", () => {
  const run = (over: Partial<typeof matchRuns.$inferInsert>) =>
    database.connection.db
      .insert(matchRuns)
      .values({
        leadId: castLeads.pharmacy.id,
        leadFacts: {},
        managerId: castManagers.boris.id,
        marketVersion: 1,
        asOf: "2026-09-10",
        threshold: 0.25,
        premisesIds: [castPremises.corner.id, castPremises.hall.id],
        suitabilities: [0.125, 0.75],
        probabilities: [0.01, 0.02],
        kept: [false, true],
        featuresSha256: "0".repeat(64),
        durationMs: 1,
        requestedBy: "user:2",
        ...over,
      })
      .returning({ id: matchRuns.id });

  test("is the latest of this lead and manager that judged the premises", async () => {
    await run({ createdAt: new Date("2026-09-10T01:00:00Z"), threshold: 0.5 });
    const [latest] = await run({ createdAt: new Date("2026-09-11T01:00:00Z") });
    await run({
      createdAt: new Date("2026-09-12T01:00:00Z"),
      premisesIds: [castPremises.hall.id],
      suitabilities: [1],
      probabilities: [1],
      kept: [true],
    });
    await run({ createdAt: new Date("2026-09-13T01:00:00Z"), managerId: castManagers.anna.id });
    const { mark } = await markMistake(as(boris), input({ leadId: castLeads.pharmacy.id }));
    const [row] = await as(boris).db.select().from(marks).where(eq(marks.id, mark.markId));
    expect(row).toMatchObject({
      runId: latest!.id,
      suitability: 0.125,
      threshold: 0.25,
      asOf: "2026-09-10",
      modelId: null,
    });
  });

  test("where there was none the mark stands alone, on today's market", async () => {
    const { mark } = await markMistake(as(anna), input({ premisesId: castPremises.let.id }));
    const [row] = await as(anna).db.select().from(marks).where(eq(marks.id, mark.markId));
    expect(row).toMatchObject({ runId: null, suitability: null, asOf: "2026-11-23" });
  });

  test("a run of another lead is refused", async () => {
    const [foreign] = await run({ leadId: castLeads.coffee.id });
    const wrong = input({ leadId: castLeads.pharmacy.id, runId: foreign!.id });
    expect((await refusal(markMistake(as(boris), wrong))).place).toBe("runId");
  });
});

describe("withdrawing", () => {
  test("is an event of its own, done once, audited once", async () => {
    const { mark } = await markMistake(as(anna), input());
    const [first, second] = [await withdrawMark(as(anna), mark), await withdrawMark(as(anna), mark)];
    expect(second).toEqual(first);
    const audited = await as(anna)
      .db.select()
      .from(auditLog)
      .where(eq(auditLog.subject, `mark:${mark.markId}`));
    expect(audited.map(({ action }) => action)).toEqual(["mark:create", "mark:withdraw"]);
    expect((await listMarks(as(anna), { leadId: mark.leadId })).map(({ markId }) => markId)).not.toContain(mark.markId);
  });

  test("a foreign mark is answered like one that does not exist", async () => {
    const { mark } = await markMistake(as(anna), input({ leadId: castLeads.flowers.id }));
    expect((await refusal(withdrawMark(as(boris), mark))).code).toBe("not_found");
    expect((await refusal(withdrawMark(as(boris), { markId: randomUUID() }))).code).toBe("not_found");
    expect(await listMarks(as(boris), { leadId: castLeads.flowers.id })).not.toContainEqual(mark);
    await expect(withdrawMark(as(admin), mark)).resolves.toMatchObject({ markId: mark.markId });
  });
});

describe("many at once", () => {
  const many = (over: Partial<Parameters<typeof markMany>[1]> = {}) => ({
    leadId: castLeads.coffee.id,
    marks: [
      { premisesId: castPremises.corner.id, mark: "wrongly_kept" as const },
      { premisesId: castPremises.hall.id, mark: "wrongly_removed" as const },
    ],
    idempotencyKey: randomUUID(),
    ...over,
  });
  const board = async (premisesIds: string[]) => {
    const [row] = await database.connection.db
      .insert(matchRuns)
      .values({
        leadId: castLeads.coffee.id,
        leadFacts: {},
        marketVersion: 1,
        asOf: "2026-09-10",
        threshold: 0.5,
        premisesIds,
        suitabilities: premisesIds.map((_, i) => (i + 1) / 8),
        probabilities: premisesIds.map(() => 0.01),
        kept: premisesIds.map(() => false),
        featuresSha256: "0".repeat(64),
        durationMs: 1,
        requestedBy: "user:1",
      })
      .returning({ id: matchRuns.id });
    return row!.id;
  };
  const rowsOf = (key: string) =>
    database.connection.db
      .select({ subject: auditLog.subject })
      .from(auditLog)
      .where(sql`${auditLog.detail} ->> 'together' = ${key}`);

  test("twenty repetitions make each mark once, with what the board said of it, and are audited one by one", async () => {
    const runId = await board([castPremises.corner.id, castPremises.hall.id]);
    const input = many({ runId, reason: "price" });
    const answers = await Promise.all(Array.from({ length: 20 }, () => markMany(as(anna), input)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const ids = answers[0]!.map(({ markId }) => markId!);
    const rows = await database.connection.db.select().from(marks).where(inArray(marks.id, ids));
    const saw = (premisesId: string) => rows.find((row) => row.premisesId === premisesId);
    expect(rows).toHaveLength(2);
    expect(saw(castPremises.corner.id)).toMatchObject({
      mark: "wrongly_kept",
      suitability: 0.125,
      reason: "price",
      runId,
    });
    expect(saw(castPremises.hall.id)).toMatchObject({ mark: "wrongly_removed", suitability: 0.25, asOf: "2026-09-10" });
    expect(await rowsOf(input.idempotencyKey)).toHaveLength(2);
    const other = many({ ...input, reason: "area" });
    expect((await refusal(markMany(as(anna), other))).code).toBe("conflict");
  });

  test("what cannot be marked is told by name, and the rest is marked", async () => {
    const runId = await board([castPremises.corner.id]);
    const input = many({ runId });
    input.marks.push({ premisesId: "nope", mark: "wrongly_kept" });
    const outcomes = await markMany(as(anna), input);
    expect(outcomes.map(({ refused }) => refused)).toEqual([null, "not_judged", "unknown"]);
    expect(await rowsOf(input.idempotencyKey)).toHaveLength(1);
  });

  test("a flood is refused whole and counts for nothing", async () => {
    const flood = {
      ...many({ leadId: castLeads.pharmacy.id }),
      marks: [{ premisesId: castPremises.corner.id, mark: "wrongly_kept" as const }],
    };
    await database.connection.db.delete(rateLimits);
    await database.connection.db.insert(rateLimits).values({
      key: `marks-by-hand:${castManagers.boris.id}`,
      points: 600,
      expire: new Date(Date.now() + 3_600_000),
    });
    expect((await refusal(markMany(as(boris), flood))).code).toBe("unavailable");
    const [counter] = await database.connection.db.select().from(rateLimits);
    expect(counter?.points).toBe(600);
    expect(await rowsOf(flood.idempotencyKey)).toHaveLength(0);
    await database.connection.db.delete(rateLimits);
    await expect(markMany(as(boris), flood)).resolves.toHaveLength(1);
  });

  test("an owner, a stranger and another's lead are refused as with one mark", async () => {
    expect((await refusal(markMany(as(owner), many()))).code).toBe("forbidden");
    expect((await refusal(markMany(as({ kind: "anonymous" }), many()))).code).toBe("unauthenticated");
    expect((await refusal(markMany(as(boris), many()))).code).toBe("not_found");
    expect((await refusal(markMany(as(anna), many({ runId: randomUUID() })))).place).toBe("runId");
  });

  test("no more than a person can look at, and no premises twice", () => {
    const one = { premisesId: castPremises.corner.id, mark: "wrongly_kept" as const };
    const of = (n: number) => Array.from({ length: n }, (_, i) => ({ ...one, premisesId: String(i) }));
    expect(markManyInput.safeParse(many({ marks: of(MARKS_MAX) })).success).toBe(true);
    for (const marks of [[], of(MARKS_MAX + 1), [one, one]])
      expect(markManyInput.safeParse(many({ marks })).success).toBe(false);
  });

  test("they are taken back together, once, and another's are not", async () => {
    const ids = (await markMany(as(anna), many())).map(({ markId }) => markId!);
    const foreign = await withdrawMany(as(boris), { markIds: ids });
    expect(foreign.every(({ withdrawn }) => !withdrawn)).toBe(true);
    const asked = { markIds: [...ids, randomUUID()] };
    const first = await withdrawMany(as(anna), asked);
    expect(first.map(({ withdrawn }) => withdrawn)).toEqual([true, true, false]);
    expect(await withdrawMany(as(anna), asked)).toEqual(first);
    for (const id of ids) {
      const audited = await database.connection.db
        .select()
        .from(auditLog)
        .where(eq(auditLog.subject, `mark:${id}`));
      expect(audited.map(({ action }) => action)).toEqual(["mark:create", "mark:withdraw"]);
    }
  });

  test("five hundred of one board are one deed, and one undo takes them all back", async () => {
    const ids = Array.from({ length: MARKS_MAX }, (_, i) => `bulk-${i}`);
    await database.connection.db.insert(premises).values(ids.map((id) => ({ id, name: id })));
    await database.connection.db.delete(rateLimits);
    const standing = async () => (await listMarks(as(anna), { leadId: castLeads.coffee.id })).length;
    const before = await standing();
    const input = many({
      runId: await board(ids),
      marks: ids.map((premisesId) => ({ premisesId, mark: "wrongly_removed" as const })),
    });

    const outcomes = await markMany(as(anna), input);
    expect(outcomes.map(({ premisesId }) => premisesId)).toEqual(ids);
    expect(await standing()).toBe(before + MARKS_MAX);
    expect(await rowsOf(input.idempotencyKey)).toHaveLength(MARKS_MAX);

    const markIds = outcomes.map(({ markId }) => markId!);
    expect((await withdrawMany(as(anna), { markIds })).every(({ withdrawn }) => withdrawn)).toBe(true);
    expect(await standing()).toBe(before);
    // Nothing is taken out of the book: five hundred said, five hundred taken back.
    const events = await database.connection.db
      .select({ action: auditLog.action, n: count() })
      .from(auditLog)
      .where(
        inArray(
          auditLog.subject,
          markIds.map((id) => `mark:${id}`),
        ),
      )
      .groupBy(auditLog.action);
    expect(Object.fromEntries(events.map(({ action, n }) => [action, n]))).toEqual({
      "mark:create": MARKS_MAX,
      "mark:withdraw": MARKS_MAX,
    });
  });
});
