import { eq, gt, lte, ne, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { leads, matchRuns, models, outcomeVerdicts } from "#/db/schema/index.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import type { Ctx } from "../context.ts";
import { dateOfDay, dayOfDate } from "../days.ts";
import { matchLead } from "../matching/match-lead.ts";
import { promoteModel } from "../models/promote-model.ts";
import { inputDrift } from "../reports/input-drift.ts";
import { toDo } from "../reports/to-do.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { useTestHome } from "../testing/test-home.ts";
import { smallMarket, trainOn } from "../testing/train-small-market.ts";
import { checkDrift } from "./check-drift.ts";
import { judgeOutcomes } from "./judge-outcomes.ts";
import { watchQuality } from "./watch-quality.ts";

const database = useTestDatabase();
const home = useTestHome();
let ctx: Ctx;
let modelId: number;
let asOf: string;

beforeAll(async () => {
  ctx = testCtx(database.connection, undefined, { home: home.path });
  modelId = (await trainOn(ctx, smallMarket(9))).modelId;
  const [row] = await ctx.db.select().from(models);
  const lastDay = dayOfDate(row!.asOf);
  ctx = { ...ctx, now: () => new Date(`${dateOfDay(lastDay + 1)}T05:00:00Z`) };
}, 120_000);

test("without a model nothing is asked afterwards, and inputs are compared with nothing", async () => {
  expect(await watchQuality(ctx)).toMatchObject({ outcomes: { replayed: 0 }, drift: null });
  expect(await ctx.db.$count(outcomeVerdicts, ne(outcomeVerdicts.basis, "none"))).toBe(0);
});

test("the model is asked afterwards of days that it did not learn, and says what it would have said", async () => {
  await promoteModel(ctx, { modelId, override: "a test answers for it" });
  // As if it had been trained half a year ago.
  const [row] = await ctx.db.select().from(models);
  asOf = dateOfDay(dayOfDate(row!.asOf) - 180);
  await ctx.db.update(models).set({ asOf });
  const { replayed } = await judgeOutcomes(ctx);
  expect(replayed).toBeGreaterThan(20);
  const known = lte(outcomeVerdicts.happenedOn, asOf);
  expect(await ctx.db.$count(outcomeVerdicts, sql`${known} and ${ne(outcomeVerdicts.basis, "none")}`)).toBe(0);

  const rows = await ctx.db.select().from(outcomeVerdicts).where(eq(outcomeVerdicts.basis, "replay")).limit(8);
  for (const one of rows) {
    expect(one.runId).toBeNull();
    expect(one.asOf! <= one.happenedOn && one.asOf! > asOf).toBe(true);
    const match = await matchLead(ctx, { leadId: one.leadId, asOf: one.asOf!, withTaste: false });
    const ranked = match.ranking.premises.find(({ premisesId }) => premisesId === one.premisesId)!;
    expect(one).toMatchObject({
      modelId,
      threshold: match.threshold,
      suitability: ranked.suitability,
      probability: ranked.probability,
      kept: ranked.verdict === "keep",
    });
  }
  expect((await judgeOutcomes(ctx)).replayed, "those that were not free then are asked again, in vain").toBe(0);
});

test("a record that names another premises is judged anew", async () => {
  const [one] = await ctx.db.select().from(outcomeVerdicts).where(gt(outcomeVerdicts.happenedOn, asOf)).limit(1);
  const table = sql.identifier(one!.kind === "deal" ? "deals" : "leases");
  const [other] = await ctx.db.execute<{ id: string }>(
    sql`select id from premises where id <> ${one!.premisesId} order by id limit 1`,
  );
  await ctx.db.execute(sql`update ${table} set premises_id = ${other!.id} where id = ${one!.outcomeId}`);
  expect((await judgeOutcomes(ctx)).judged).toBe(1);
  const [after] = await ctx.db
    .select()
    .from(outcomeVerdicts)
    .where(sql`${outcomeVerdicts.kind} = ${one!.kind} and ${outcomeVerdicts.outcomeId} = ${one!.outcomeId}`);
  expect(after!.premisesId).toBe(other!.id);
});

test("a run keeps for what its premises were removed", async () => {
  const [lead] = await ctx.db.select().from(leads).limit(1);
  const { runId, ranking } = await matchLead(ctx, { leadId: lead!.id });
  const [run] = await ctx.db.select().from(matchRuns).where(eq(matchRuns.id, runId));
  const removed = ranking.premises.filter(({ verdict }) => verdict === "remove").length;
  expect(run).toMatchObject({ candidates: ranking.premises.length, keptCount: ranking.premises.length - removed });
  expect(Object.values(run!.removedFor!).reduce((a, b) => a + b, 0)).toBe(removed);
});

test("leads that leave more empty than those of the training are told of, and wait to be looked at", async () => {
  const budget = async () => (await inputDrift(ctx)).latest!.fields.find(({ field }) => field === "budget")!;
  await checkDrift(ctx);
  expect((await budget()).crossed).not.toContain("empty");
  const today = dayOfDate(ctx.now().toISOString().slice(0, 10));
  const recent = gt(leads.createdOn, dateOfDay(today - 28));
  await ctx.db.update(leads).set({ budgetRubMonth: null }).where(recent);
  await checkDrift(ctx);
  const { reference, recent: now, crossed } = await budget();
  expect(now).toEqual({ n: await ctx.db.$count(leads, recent), empty: await ctx.db.$count(leads, recent) });
  expect(reference.n).toBe(
    await ctx.db.$count(leads, sql`${leads.createdOn} > ${asOf}::date - 364 and ${leads.createdOn} <= ${asOf}::date`),
  );
  expect(reference.empty).toBe(
    await ctx.db.$count(
      leads,
      sql`${leads.createdOn} > ${asOf}::date - 364 and ${leads.createdOn} <= ${asOf}::date and budget_rub_month is null`,
    ),
  );
  expect(crossed).toContain("empty");
  const drift = (await toDo(ctx)).find((one) => one.kind === "drift");
  expect(drift).toMatchObject({ fields: expect.arrayContaining(["budget"]) });
});
