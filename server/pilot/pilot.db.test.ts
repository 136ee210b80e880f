import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import {
  auditLog,
  managers,
  models,
  modelThresholds,
  pilotCases,
  pilotLeads,
  pilots,
  premises,
} from "#/db/schema/index.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import { makeMarket } from "#/ml/testing/synthetic-market.ts";
import { REVIEWED_LEADS_MIN } from "#/ml/training/choose-threshold.ts";
import type { Actor, Ctx } from "../context.ts";
import { dateOfDay, dayOfDate } from "../days.ts";
import { markMistake } from "../feedback/mark-mistake.ts";
import { loadFacts } from "../matching/load-facts.ts";
import { activeModel } from "../models/active-model.ts";
import { listModels } from "../models/list-models.ts";
import { promoteModel } from "../models/promote-model.ts";
import { readModelReport } from "../models/read-model-report.ts";
import { recalibrateThreshold } from "../models/recalibrate-threshold.ts";
import { changeSetting } from "../settings/change-setting.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { useTestHome } from "../testing/test-home.ts";
import { trainOn } from "../testing/train-small-market.ts";
import { abandonPilot } from "./abandon-pilot.ts";
import { answerCases } from "./answer-cases.ts";
import { decidePilot } from "./decide-pilot.ts";
import { Draw } from "./draw.ts";
import { exportPilot } from "./export-pilot.ts";
import { listPilotChoices } from "./list-choices.ts";
import { listPilots } from "./list-pilots.ts";
import { openPilot } from "./open-pilot.ts";
import { showPilot } from "./show-pilot.ts";
import { type PilotAnswer, showPilotLead } from "./show-pilot-lead.ts";

/** With more than ten leads a week that came as far as an offer: the others are not in its history. */
const market = makeMarket({ seed: 5, leads: 14_000, premises: 80, managers: 8, years: 2 });
const database = useTestDatabase();
const home = useTestHome();
const person = (userId: number, role: "manager" | "owner" | "admin", managerId: string | null = null): Actor => ({
  ...{ kind: "user", userId, name: `${role} ${userId}`, role, managerId },
});
let as: (actor: Actor) => Ctx;
let system: Ctx;
let owner: Ctx;
let admin: Ctx;
let modelId: number;
let weeks: string[];

beforeAll(async () => {
  const base = testCtx(database.connection, undefined, { home: home.path });
  modelId = (await trainOn(base, market)).modelId;
  const [row] = await base.db.select().from(models);
  // A week after the records end; the clock goes on, so that of two pilots one is the later.
  let now = (dayOfDate(row!.asOf) + 8) * 86_400_000;
  as = (actor) => ({ ...base, actor, now: () => new Date(now++) });
  system = as(base.actor);
  owner = as(person(1, "owner"));
  admin = as(person(2, "admin"));
  await promoteModel(system, { modelId, override: "a test answers for it" });
  // As if it had been trained half a year ago, so that the leads of these weeks are new to it.
  await base.db.update(models).set({ asOf: dateOfDay(dayOfDate(row!.asOf) - 180) });
  weeks = (await listPilotChoices(owner)).weeks.filter(({ leads }) => leads >= 10).map(({ weekOn }) => weekOn);
  expect(weeks.length).toBeGreaterThanOrEqual(8);
}, 180_000);

type Case = typeof pilotCases.$inferSelect;
const casesOf = (pilotId: string) => system.db.select().from(pilotCases).where(eq(pilotCases.pilotId, pilotId));

/** Opens a pilot of the next week and lets somebody answer all of it. */
async function reviewed(answerOf: (one: Case) => PilotAnswer, who = owner): Promise<string> {
  const { pilotId } = await openPilot(owner, { weekOn: weeks.shift()!, modelId });
  await answerAll(pilotId, answerOf, who);
  return pilotId;
}

async function answerAll(pilotId: string, answerOf: (one: Case) => PilotAnswer, who = owner): Promise<void> {
  for (const [place, cases] of Map.groupBy(await casesOf(pilotId), (one) => one.place))
    await answerCases(who, {
      ...{ pilotId, place },
      answers: cases.map((one) => ({ premisesId: one.premisesId, answer: answerOf(one) })),
    });
}

describe("whoever may not", () => {
  test("a manager neither opens, sees, answers nor decides", async () => {
    const manager = as(person(9, "manager", "1001"));
    const pilotId = randomUUID();
    for (const deed of [
      () => openPilot(manager, { weekOn: weeks[0]!, modelId }),
      () => listPilots(manager),
      () => showPilot(manager, { pilotId }),
      () => answerCases(manager, { pilotId, place: 1, answers: [{ premisesId: "1", answer: null }] }),
      () => decidePilot(manager, { pilotId }),
      () => abandonPilot(manager, { pilotId, reason: "because" }),
      () => exportPilot(manager, { pilotId }),
      () => recalibrateThreshold(manager, { modelId }),
    ])
      await expect(deed()).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("a draw", () => {
  test("is of ten leads of the week, follows from what is stored, and shows nothing of the model", async () => {
    const weekOn = weeks.shift()!;
    const { pilotId } = await openPilot(owner, { weekOn, modelId });
    const [pilot] = await system.db.select().from(pilots).where(eq(pilots.id, pilotId));
    const leads = await system.db
      .select()
      .from(pilotLeads)
      .where(eq(pilotLeads.pilotId, pilotId))
      .orderBy(pilotLeads.place);
    expect(leads).toHaveLength(10);
    for (const { asOf } of leads) expect(asOf >= weekOn && asOf < dateOfDay(dayOfDate(weekOn) + 7)).toBe(true);

    const again = new Draw(pilot!.seed);
    expect(again.leads(pilot!.pool)).toEqual(leads.map(({ leadId }) => leadId));
    const { model } = (await activeModel(system))!;
    expect(pilot!.threshold).toBe(model.threshold);
    for (const { place, kept } of leads) {
      const cases = (await casesOf(pilotId)).filter((one) => one.place === place);
      const removed = cases.filter(({ stratum }) => stratum === "removed");
      for (const one of cases) expect(one.suitability >= model.threshold).toBe(one.stratum !== "removed");
      expect(cases.length - removed.length).toBe(Math.min(10, kept));
    }

    const shown = await showPilotLead(owner, { pilotId, place: 1 });
    expect(shown.cases.every((one) => one.model === null)).toBe(true);
    expect(JSON.stringify(shown)).not.toMatch(/suitability|stratum|"kept"/);
    await expect(exportPilot(owner, { pilotId })).rejects.toMatchObject({ code: "conflict" });

    await expect(openPilot(owner, { weekOn, modelId })).rejects.toMatchObject({ code: /conflict|invalid/ });
    await abandonPilot(owner, { pilotId, reason: "only a test" });
    await expect(openPilot(owner, { weekOn, modelId })).rejects.toMatchObject({ code: /conflict|invalid/ });
    const [spent] = (await listPilotChoices(owner)).weeks.filter((one) => one.weekOn === weekOn);
    expect(spent).toMatchObject({ leads: pilot!.pool.length - 10, drawnFor: [modelId] });
    expect((await listPilots(owner))[0]).toMatchObject({ pilotId, status: "abandoned", abandonReason: "only a test" });
  });

  test("of a week that is not over or has too few leads is refused", async () => {
    const monday = dateOfDay(dayOfDate(weeks[0]!) + 7 * 60);
    await expect(openPilot(owner, { weekOn: monday, modelId })).rejects.toMatchObject({ code: "invalid" });
    await expect(openPilot(owner, { weekOn: "1999-01-04", modelId })).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("a review", () => {
  test("is of one person who did not mark the lead; his answers can be changed and taken back while it is open", async () => {
    const { pilotId } = await openPilot(owner, { weekOn: weeks.shift()!, modelId });
    const [first, second] = (await showPilot(admin, { pilotId })).leads;
    const cases = await casesOf(pilotId);
    const idOf = (place: number) => cases.find((one) => one.place === place)!.premisesId;
    const [someManager] = await system.db.select({ id: managers.id }).from(managers).limit(1);
    const marked = { leadId: first!.leadId, premisesId: idOf(1), managerId: someManager!.id };
    await markMistake(admin, { ...marked, mark: "wrongly_removed", idempotencyKey: randomUUID() });
    const answer = (who: Ctx, place: number, said: PilotAnswer | null, premisesId = idOf(place)) =>
      answerCases(who, { pilotId, place, answers: [{ premisesId, answer: said }] });

    await expect(answer(admin, 1, "suitable")).rejects.toMatchObject({ code: "forbidden" });
    expect((await showPilot(admin, { pilotId })).leads[0]).toMatchObject({ closedBy: "ownMarks", answered: 0 });
    expect(await answer(owner, 1, "suitable")).toMatchObject({ answered: 1 });
    expect(await answer(owner, 1, "suitable")).toMatchObject({ answered: 1 });
    expect(await answer(owner, 1, null)).toMatchObject({ answered: 0 });
    await answer(admin, 2, "unsure");
    await expect(answer(owner, 2, "suitable")).rejects.toMatchObject({ code: "conflict" });
    await expect(answer(owner, 1, "suitable", "nowhere")).rejects.toMatchObject({ code: "not_found" });
    await expect(answer(owner, 99, "suitable", idOf(1))).rejects.toMatchObject({ code: "not_found" });

    // A lead is skipped: neither the verb nor the database gives a verdict.
    await expect(decidePilot(owner, { pilotId })).rejects.toMatchObject({ code: "conflict" });
    await expect(
      system.db.execute(
        sql`insert into pilot_verdicts select ${pilotId}, 10, 10, 0.7, 1, true, 0, 1, true, 0, 0, 0, 'x', now()`,
      ),
    ).rejects.toThrow();

    // The reviewer marks his lead after he has answered.
    for (const place of [1, 3, 4, 5, 6, 7, 8, 9, 10])
      await answerCases(owner, {
        ...{ pilotId, place },
        answers: cases
          .filter((one) => one.place === place)
          .map(({ premisesId }) => ({ premisesId, answer: "unsuitable" })),
      });
    await answerCases(admin, {
      ...{ pilotId, place: 2 },
      answers: cases.filter((one) => one.place === 2).map(({ premisesId }) => ({ premisesId, answer: "unsuitable" })),
    });
    await markMistake(admin, {
      ...{ leadId: second!.leadId, premisesId: idOf(2), managerId: someManager!.id },
      ...{ mark: "wrongly_kept", idempotencyKey: randomUUID() },
    });
    await expect(decidePilot(owner, { pilotId })).rejects.toMatchObject({ code: "invalid" });
    expect((await showPilot(owner, { pilotId })).status).toBe("open");
  });
});

describe("a verdict", () => {
  test("is what a count by hand gives, and nothing of it can be changed", async () => {
    // Every third removed premises of the first three leads suits, half of the kept, and one in seven is doubtful.
    const pilotId = await reviewed(({ place, position, stratum }) => {
      if (position % 7 === 6) return "unsure";
      if (stratum !== "removed") return position % 2 === 0 ? "suitable" : "unsuitable";
      return place <= 3 && position % 3 === 0 ? "suitable" : "unsuitable";
    });
    const cases = await casesOf(pilotId);
    const leads = await system.db.select().from(pilotLeads).where(eq(pilotLeads.pilotId, pilotId));
    let [lossless, lost, suitable, blind, blindSuitable] = [0, 0, 0, 0, 0];
    for (const { place, kept } of leads) {
      const own = cases.filter((one) => one.place === place);
      const count = (stratum: string, answer?: string) =>
        own.filter((one) => one.stratum === stratum && (answer === undefined || one.answer === answer)).length;
      const ownLost = count("removed", "suitable");
      if (ownLost === 0) lossless++;
      lost += ownLost;
      const rest = kept - count("near");
      suitable += ownLost + count("near", "suitable");
      if (count("sampled") > 0) suitable += (count("sampled", "suitable") * rest) / count("sampled");
      blind += count("near") + count("sampled");
      blindSuitable += count("near", "suitable") + count("sampled", "suitable");
    }
    const { verdict, recalibrations } = await decidePilot(owner, { pilotId });
    expect(lossless).toBeLessThan(10);
    expect(verdict).toMatchObject({
      ...{ leads: 10, lossless, lost, blind, blindSuitable, passed: lossless >= 8, decidedBy: "user:1" },
      secondPassed: lost <= 0.2 * suitable,
      unsure: cases.filter((one) => one.answer === "unsure").length,
    });
    expect(verdict.suitableEstimate).toBeCloseTo(suitable, 9);
    const [z, p] = [1.959963984540054, lossless / 10];
    const centre = (p + z ** 2 / 20) / (1 + z ** 2 / 10);
    const half = (z * Math.sqrt((p * (1 - p)) / 10 + z ** 2 / 400)) / (1 + z ** 2 / 10);
    expect(verdict.low).toBeCloseTo(centre - half, 9);
    expect(verdict.high).toBeCloseTo(centre + half, 9);
    // Too few leads yet: the threshold stands.
    expect(recalibrations).toMatchObject([{ modelId, changed: false }]);

    const one = cases[0]!;
    const again = { pilotId, place: one.place, answers: [{ premisesId: one.premisesId, answer: null }] };
    await expect(answerCases(owner, again)).rejects.toMatchObject({ code: "conflict" });
    await expect(decidePilot(owner, { pilotId })).rejects.toMatchObject({ code: "conflict" });
    await expect(abandonPilot(owner, { pilotId, reason: "did not please" })).rejects.toMatchObject({
      code: "conflict",
    });
    const of = sql`pilot_id = ${pilotId}`;
    for (const fraud of [
      sql`update pilot_cases set answer = 'unsuitable' where ${of}`,
      sql`update pilot_cases set stratum = 'near' where ${of}`,
      sql`delete from pilot_cases where ${of}`,
      sql`update pilot_leads set reviewer = 'user:7' where ${of}`,
      sql`delete from pilot_leads where ${of} and place = 1`,
      sql`update pilot_verdicts set passed = true where ${of}`,
      sql`delete from pilot_verdicts where ${of}`,
      sql`update pilots set status = 'open', ended_at = null where id = ${pilotId}`,
      sql`update pilots set seed = 1 where id = ${pilotId}`,
      sql`delete from pilots where id = ${pilotId}`,
    ])
      await expect(system.db.execute(fraud)).rejects.toThrow();

    const lines = await system.db
      .select({ action: auditLog.action })
      .from(auditLog)
      .where(eq(auditLog.subject, `pilot:${pilotId}`));
    expect(lines.map(({ action }) => action)).toEqual([
      "pilot:open",
      ...Array(10).fill("pilot:review"),
      "pilot:decide",
    ]);
    const shown = await showPilot(owner, { pilotId });
    expect(shown.leads.reduce((sum, { lost }) => sum + lost!, 0)).toBe(lost);
    expect(shown.cumulative).toMatchObject({ leads: 10, lossless });
  });

  test("that passes counts with those of earlier weeks; the file holds all of it and no formula", async () => {
    await system.db.update(premises).set({ name: sql`'=HYPERLINK("http://evil.example")' || ${premises.id}` });
    await system.db.execute(sql`update market_state set version = version + 1`);
    const pilotId = await reviewed(({ stratum }) => (stratum === "removed" ? "unsuitable" : "suitable"));
    const { verdict } = await decidePilot(owner, { pilotId });
    expect(verdict).toMatchObject({ lossless: 10, passed: true, lost: 0, secondPassed: true });
    const [latest, before] = (await listPilots(owner)).filter(({ verdict }) => verdict !== null);
    expect(latest!.cumulative).toMatchObject({ leads: 20, lossless: 10 + before!.verdict!.lossless });
    expect(latest!.cumulative!.high - latest!.cumulative!.low).toBeLessThan(
      before!.verdict!.high - before!.verdict!.low,
    );

    const { csv } = await exportPilot(owner, { pilotId });
    expect(csv.split("\r\n").filter(Boolean)).toHaveLength((await casesOf(pilotId)).length + 1);
    expect(csv).toContain("'=HYPERLINK");
    expect(csv).not.toMatch(/(^|;|")=HYPERLINK/m);
  });

  test("teaches: its answers are judgements from the day of the verdict on, a doubtful one is none", async () => {
    const { judgements, leads } = await loadFacts(system);
    const reviews = judgements.filter(({ source }) => source === "review");
    const known = await system.db
      .select({ n: sql<number>`count(*)::int` })
      .from(pilotCases)
      .innerJoin(pilots, and(eq(pilots.id, pilotCases.pilotId), eq(pilots.status, "decided")))
      .where(sql`${pilotCases.answer} <> 'unsure'`);
    expect(reviews).toHaveLength(known[0]!.n);
    expect(new Set(reviews.map(({ saidDay }) => saidDay)).size).toBe(1);
    const named = new Set(leads.map(({ leadId }) => leadId));
    expect(reviews.every(({ leadId }) => named.has(leadId))).toBe(true);
    const [{ saidDay } = { saidDay: 0 }] = reviews;
    const before = await loadFacts(system, { asOf: dateOfDay(saidDay - 1) });
    expect(before.judgements.filter(({ source }) => source === "review")).toEqual([]);
  });

  test("moves the threshold at once when there are reviews enough; the same reviews move nothing", async () => {
    const own = (await activeModel(system))!;
    // Of every lead all that was kept suits, and of what was removed the nearest to the threshold: so that each tells something.
    const loseOne = async () => {
      const { pilotId } = await openPilot(owner, { weekOn: weeks.shift()!, modelId });
      const nearest = new Map<number, number>();
      for (const { place, stratum, suitability } of await casesOf(pilotId))
        if (stratum === "removed") nearest.set(place, Math.max(suitability, nearest.get(place) ?? 0));
      await answerAll(pilotId, ({ place, stratum, suitability }) =>
        stratum !== "removed" || suitability === nearest.get(place) ? "suitable" : "unsuitable",
      );
      return decidePilot(owner, { pilotId });
    };
    // A lead of which all was removed, and rightly, told nothing: a week more makes up for those.
    const recalibrate = async () => (await loseOne()).recalibrations![0]!;
    let recalibration = await recalibrate();
    while (recalibration.reviewed < REVIEWED_LEADS_MIN) {
      expect(recalibration).toMatchObject({ modelId, changed: false });
      recalibration = await recalibrate();
    }
    expect(recalibration).toMatchObject({ modelId, changed: true });
    const moved = (await activeModel(system))!;
    expect(moved.model.threshold).toBeLessThan(own.model.threshold);
    expect(moved.thresholdBasis).toEqual({ n: recalibration.reviewed, source: "reviewed", alpha: 0.2 });
    expect((await activeModel(system))!.model).toBe(moved.model);
    expect((await listModels(owner))[0]).toMatchObject({ threshold: moved.model.threshold });

    expect(await recalibrateThreshold(owner, { modelId })).toMatchObject({ changed: false });
    await Promise.all([1, 2, 3].map(() => recalibrateThreshold(system, { modelId })));
    expect(await system.db.select().from(modelThresholds)).toHaveLength(1);
    await expect(system.db.delete(modelThresholds)).rejects.toThrow();

    // What a model learned from cannot measure it.
    await system.db.update(models).set({ asOf: "2030-01-01" });
    expect(await recalibrateThreshold(owner, { modelId })).toMatchObject({ reviewed: 0, changed: false });
  });
});

test("the gate asks for a passed pilot only where that is set", async () => {
  const pilotReasons = async () =>
    (await readModelReport(owner, { modelId })).verdict.reasons.filter(({ code }) => code === "pilot");
  expect(await pilotReasons()).toEqual([]);
  await changeSetting(admin, { name: "pilotRequired", value: true });
  const [latest] = await listPilots(owner);
  expect(latest!.verdict!.passed).toBe(false);
  expect(await pilotReasons()).toHaveLength(1);
  const { id: _, ...copy } = (await system.db.select().from(models))[0]!;
  const [fresh] = await system.db
    .insert(models)
    .values({ ...copy, status: "candidate" })
    .returning();
  const refused = await promoteModel(system, { modelId: fresh!.id });
  expect(refused.ok || refused.reasons.map(({ code }) => code)).toContain("pilot");
});
