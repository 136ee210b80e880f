import { asc, desc } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import {
  auditLog,
  marks,
  matchRuns,
  models,
  proposalPicks,
  proposals,
  shadowRuns,
  shadows,
} from "#/db/schema/index.ts";
import { castLeads, castManagers, castPremises, insertCast } from "#/db/testing/cast.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk } from "../days.ts";
import { TEST_NOW, testCtx } from "../testing/test-ctx.ts";
import { forgetRuns } from "./forget-runs.ts";

const database = useTestDatabase();
let ctx: Ctx;
const daysAgo = (days: number, hours = 0) => new Date(TEST_NOW.getTime() - days * 86_400_000 + hours * 3_600_000);

beforeAll(async () => {
  ctx = testCtx(database.connection);
  await insertCast(ctx.db);
});

async function addRun(name: string, createdAt: Date, over: Partial<typeof matchRuns.$inferInsert> = {}) {
  const [row] = await ctx.db
    .insert(matchRuns)
    .values({
      leadId: castLeads.coffee.id,
      leadFacts: {},
      managerId: castManagers.anna.id,
      modelId: null,
      marketVersion: 1,
      asOf: dateInNovosibirsk(createdAt),
      threshold: 0.5,
      premisesIds: [],
      suitabilities: [],
      probabilities: [],
      kept: [],
      featuresSha256: "",
      durationMs: 1,
      requestedBy: name,
      createdAt,
      ...over,
    })
    .returning({ id: matchRuns.id });
  return row!.id;
}

const left = async () =>
  (await ctx.db.select().from(matchRuns).orderBy(asc(matchRuns.createdAt))).map((run) => run.requestedBy);

test("of old runs the last of a day stays, and whatever somebody named", async () => {
  await addRun("ancient", daysAgo(800));
  const ofMark = await addRun("ancient, marked", daysAgo(799));
  await addRun("first of its day", daysAgo(200));
  await addRun("of its day by another manager", daysAgo(200, 1), { managerId: castManagers.boris.id });
  await addRun("last of its day", daysAgo(200, 2));
  const ofPick = await addRun("first of a day, picked from", daysAgo(100));
  await addRun("last of that day", daysAgo(100, 1));
  await addRun("next day", daysAgo(99));
  await addRun("of no lead", daysAgo(90), { leadId: null });
  await addRun("looked into the past", daysAgo(80), { asOf: "2026-01-01" });
  await addRun("young, first", daysAgo(29));
  await addRun("young, last", daysAgo(29, 1));
  const subject = { leadId: castLeads.coffee.id, premisesId: castPremises.corner.id };
  await ctx.db.insert(marks).values({
    ...subject,
    managerId: castManagers.anna.id,
    mark: "wrongly_kept",
    runId: ofMark,
    asOf: "2026-01-01",
    createdBy: "test",
  });
  const [proposal] = await ctx.db
    .insert(proposals)
    .values({ leadId: castLeads.coffee.id, createdBy: "test" } as typeof proposals.$inferInsert)
    .returning();
  await ctx.db.insert(proposalPicks).values({
    proposalId: proposal!.id,
    premisesId: castPremises.corner.id,
    runId: ofPick,
    asOf: "2026-01-01",
    facts: {},
    reasons: [],
    guide: {},
  });

  expect(await forgetRuns(ctx)).toEqual({ runs: 4, shadowRuns: 0 });
  expect(await left()).toEqual([
    "ancient, marked",
    "of its day by another manager",
    "last of its day",
    "first of a day, picked from",
    "last of that day",
    "next day",
    "young, first",
    "young, last",
  ]);
  expect(await forgetRuns(ctx)).toEqual({ runs: 0, shadowRuns: 0 });
  const lines = await ctx.db.select().from(auditLog).orderBy(desc(auditLog.id));
  expect(lines.filter(({ action }) => action === "run:forget").map(({ detail }) => detail)).toEqual([
    { runs: 4, shadowRuns: 0 },
  ]);
});

test("a run that is forgotten leaves its row in a shadow, until the shadow has long been over", async () => {
  const model = {
    status: "candidate" as const,
    artifactSha256: "",
    artifactBytes: 0,
    featureSetId: "",
    asOf: "2026-01-01",
    threshold: 0.5,
    thresholdBasis: {},
    snapshot: {},
    parameters: {},
    report: {},
    createdBy: "test",
  };
  const [one, two] = await ctx.db.insert(models).values([model, model]).returning();
  const add = async (endedAt: Date | null, askedAt: Date) => {
    const [shadow] = await ctx.db
      .insert(shadows)
      .values({
        ...{ modelId: one!.id, againstModelId: two!.id, startedBy: "test", startedAt: askedAt },
        ...(endedAt && { endedAt, endedBy: "test", ending: "stopped" as const }),
      })
      .returning();
    const runId = await addRun("of a shadow", askedAt, { leadId: null });
    const row = { shadowId: shadow!.id, runId, askedAt, outcome: "outdated" as const, trades: [] };
    await ctx.db.insert(shadowRuns).values(row);
    return shadow!.id;
  };
  await add(daysAgo(91), daysAgo(95));
  const ended = await add(daysAgo(89), daysAgo(95));
  const running = await add(null, daysAgo(95));
  expect(await forgetRuns(ctx)).toEqual({ runs: 3, shadowRuns: 1 });
  const rows = await ctx.db.select().from(shadowRuns).orderBy(asc(shadowRuns.id));
  expect(rows.map(({ shadowId, runId }) => [shadowId, runId])).toEqual([
    [ended, null],
    [running, null],
  ]);
});

test("nobody orders it but the house itself", async () => {
  for (const role of ["manager", "owner", "admin"] as const)
    await expect(
      forgetRuns({ ...ctx, actor: { kind: "user", userId: 1, name: "x", role, managerId: null } }),
    ).rejects.toMatchObject({ code: "forbidden" });
});
