import { eq, inArray, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { leads, managers, marks, markWithdrawals, matchRuns, premises, standingMarks } from "#/db/schema/index.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import { makeMarket } from "#/ml/testing/synthetic-market.ts";
import { dateInNovosibirsk } from "../days.ts";
import { standingMarks as findStanding } from "../matching/standing-marks.ts";
import { insertMarket } from "../testing/insert-market.ts";

const database = useTestDatabase();
let leadIds: string[];
let premisesIds: string[];
let managerIds: string[];

beforeAll(async () => {
  const { db } = database.connection;
  await insertMarket(db, makeMarket({ seed: 15, leads: 1500, premises: 40, managers: 4, years: 2 }).history());
  leadIds = (await db.select({ id: leads.id }).from(leads).orderBy(leads.id)).map(({ id }) => id);
  premisesIds = (await db.select({ id: premises.id }).from(premises).orderBy(premises.id)).map(({ id }) => id);
  managerIds = (await db.select({ id: managers.id }).from(managers).orderBy(managers.id)).map(({ id }) => id);
});

const pair = (one: { leadId: string; premisesId: string }, by: string) => `${one.leadId}/${one.premisesId}/${by}`;

/** What the table must hold, from raw rows in another way. */
async function toldByHand() {
  const { db } = database.connection;
  const withdrawn = new Set((await db.select().from(markWithdrawals)).map(({ markId }) => markId));
  const runs = new Map((await db.select().from(matchRuns)).map((run) => [run.id, run]));
  const leadOf = new Map((await db.select().from(leads)).map((lead) => [lead.id, lead]));
  const last = new Map<string, typeof marks.$inferSelect>();
  for (const mark of await db.select().from(marks)) {
    const key = pair(mark, mark.managerId);
    const rival = last.get(key);
    const isLater = !rival || [+mark.createdAt, mark.id] > [+rival.createdAt, rival.id];
    if (!withdrawn.has(mark.id) && isLater) last.set(key, mark);
  }
  return [...last].toSorted().map(([, mark]) => {
    const lead = leadOf.get(mark.leadId)!;
    const run = mark.runId === null ? undefined : runs.get(mark.runId);
    const { leadId, premisesId, createdAt, asOf, modelId, suitability, threshold } = mark;
    return {
      ...{ leadId, premisesId, markedBy: mark.managerId, markId: mark.id, mark: mark.mark, createdAt },
      markedOn: dateInNovosibirsk(createdAt),
      ...{ asOf, modelId, suitability, threshold },
      boardKept: run ? run.kept.filter(Boolean).length : null,
      ...{ managerId: lead.managerId, bank: lead.bank, trades: lead.trades },
    };
  });
}

async function told() {
  const rows = await database.connection.db.select().from(standingMarks);
  return rows.toSorted((a, b) => (pair(a, a.markedBy) < pair(b, b.markedBy) ? -1 : 1));
}

const made = (n: number, at: string) => ({
  leadId: leadIds[n % 9]!,
  premisesId: premisesIds[n % 4]!,
  managerId: managerIds[n % 2]!,
  mark: n % 3 === 0 ? ("wrongly_kept" as const) : ("wrongly_removed" as const),
  ...{ asOf: "2026-03-01", suitability: n / 100, threshold: 0.4, createdBy: "user:1", createdAt: new Date(at) },
});

test("whatever is written of marks and their leads, the rows of those that stand say the same as the raw ones", async () => {
  const { db } = database.connection;
  const same = async (what: string) => {
    const rows = await told();
    expect([what, rows]).toEqual([what, await toldByHand()]);
    const found = await findStanding(db);
    expect(rows.map(({ markId }) => markId).toSorted()).toEqual(found.map(({ markId }) => markId).toSorted());
  };

  const [run] = await db
    .insert(matchRuns)
    .values({
      ...{ leadId: leadIds[0]!, leadFacts: {}, marketVersion: 1, asOf: "2026-03-01", threshold: 0.4, durationMs: 1 },
      ...{ premisesIds: premisesIds.slice(0, 3), suitabilities: [0.9, 0.5, 0.1], probabilities: [0.2, 0.1, 0] },
      ...{ kept: [true, true, false], featuresSha256: "x", requestedBy: "user:1" },
    })
    .returning();
  // Late in the evening of Greenwich it is the next day in Novosibirsk.
  const first = Array.from({ length: 40 }, (_, n) => made(n, `2026-03-0${1 + (n % 9)}T${10 + (n % 14)}:30:00Z`));
  await db.insert(marks).values(first.map((one, n) => (n % 9 === 0 ? { ...one, runId: run!.id } : one)));
  await same("many are marked at once");
  expect((await told()).length).toBeLessThan(40);
  expect((await told()).some(({ boardKept }) => boardKept === 2)).toBe(true);

  await db.insert(marks).values([made(3, "2026-03-02T00:00:00Z"), made(4, "2026-04-02T00:00:00Z")]);
  await same("one came earlier than the standing one, one later");
  await db
    .insert(marks)
    .values([made(5, "2026-05-01T00:00:00Z"), { ...made(5, "2026-05-01T00:00:00Z"), mark: "wrongly_kept" }]);
  await same("two at the same moment");

  const standing = (await told()).slice(0, 6).map(({ markId }) => markId);
  await db.insert(markWithdrawals).values(standing.map((markId) => ({ markId, withdrawnBy: "user:1" })));
  await same("the standing ones are withdrawn");
  await db.delete(markWithdrawals).where(inArray(markWithdrawals.markId, standing.slice(0, 3)));
  await same("some of it is taken back");

  await db.update(leads).set({ managerId: managerIds[2]!, bank: "left", trades: ["кофейня", "пекарня"] });
  await same("leads change");
  await db.delete(matchRuns).where(eq(matchRuns.id, run!.id));
  await same("a board goes");
  await db.update(marks).set({ leadId: leadIds[20]! }).where(eq(marks.leadId, leadIds[1]!));
  await same("marks go to another lead");
  await db.execute(
    sql`delete from marks where not exists (select from mark_withdrawals where mark_id = marks.id) and mark = 'wrongly_kept'`,
  );
  await same("marks go");
  expect((await told()).length).toBeGreaterThan(5);
});

test("two who mark and one who changes the lead at once all count", async () => {
  const { db, sql: pool } = database.connection;
  const [leadId, premisesId] = [leadIds[50]!, premisesIds[0]!];
  const mark = (managerId: string, kind: "wrongly_kept" | "wrongly_removed", at: string) =>
    db.insert(marks).values({ ...made(0, at), leadId, premisesId, managerId, mark: kind });
  const first = await pool.reserve();
  try {
    await first`begin`;
    await first`insert into marks (lead_id, premises_id, manager_id, mark, as_of, created_by, created_at)
      values (${leadId}, ${premisesId}, ${managerIds[0]!}, 'wrongly_removed', '2026-03-01', 'user:1', '2026-03-02T00:00:00Z')`;
    const others = Promise.all([
      mark(managerIds[0]!, "wrongly_kept", "2026-03-03T00:00:00Z"),
      mark(managerIds[1]!, "wrongly_removed", "2026-03-03T00:00:00Z"),
      db
        .update(leads)
        .set({ bank: "right", trades: ["аптека"] })
        .where(eq(leads.id, leadId)),
    ]);
    await expect.poll(waiting).toBe(3);
    await first`commit`;
    await others;
  } finally {
    first.release();
  }
  expect(await told()).toEqual(await toldByHand());
  const own = (await told()).filter((one) => one.leadId === leadId);
  expect(own.map((one) => [one.markedBy, one.mark, one.bank])).toEqual([
    [managerIds[0], "wrongly_kept", "right"],
    [managerIds[1], "wrongly_removed", "right"],
  ]);

  async function waiting(): Promise<number> {
    const [row] = await pool<{ n: number }[]>`
      select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    return row!.n;
  }
});
