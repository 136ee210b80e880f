import { eq, isNotNull, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { auditLog, experimentLeads, experiments, leads, matchRuns } from "#/db/schema/index.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import type { Actor, Ctx } from "../context.ts";
import { dateOfDay } from "../days.ts";
import { matchLead } from "../matching/match-lead.ts";
import { matchPremises } from "../matching/match-premises.ts";
import { showBoard } from "../matching/show-board.ts";
import { whatIf } from "../matching/what-if.ts";
import { promoteModel } from "../models/promote-model.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { useTestHome } from "../testing/test-home.ts";
import { smallMarket, trainOn } from "../testing/train-small-market.ts";
import { drawArm } from "./draw-arm.ts";
import { drawLeads } from "./draw-leads.ts";
import type { ExperimentPlan } from "./plan-experiment.ts";
import { startExperiment } from "./start-experiment.ts";
import { stopExperiment } from "./stop-experiment.ts";

const database = useTestDatabase();
const home = useTestHome();
const market = smallMarket(9);
let admin: Ctx;
let owner: Ctx;
let today: string;

const person = (role: "manager" | "owner" | "admin", managerId: string | null = null): Actor => ({
  ...{ kind: "user", userId: 1, name: role, role, managerId },
});
const plan: ExperimentPlan = {
  ...({ outcome: "tenant", alpha: "0.05", power: "0.8" } as const),
  ...{ baseShare: 0.3, minimalEffect: 0.4, weeksMax: 8 },
};

/** Leads that come today, `each` of them to each of two managers. */
async function leadsCome(prefix: string, each: number): Promise<string[]> {
  const [template] = await owner.db.select().from(leads).limit(1);
  const { fill: _, ...row } = template!;
  const rows = ["101", "102"].flatMap((managerId) =>
    Array.from({ length: each }, (_, i) => ({
      ...{ ...row, id: `${prefix}-${managerId}-${i}`, managerId, createdOn: today, lookedAt: null },
    })),
  );
  await owner.db.insert(leads).values(rows);
  return rows.map(({ id }) => id);
}

const armsOf = async (ctx: Ctx) =>
  new Map((await ctx.db.select().from(experimentLeads)).map((row) => [row.leadId, row.arm]));

beforeAll(async () => {
  const base = testCtx(database.connection, undefined, { home: home.path });
  const { modelId } = await trainOn(base, market);
  today = dateOfDay(market.history().snapshotDay);
  const now = () => new Date(`${today}T05:00:00Z`);
  admin = { ...base, now, actor: person("admin") };
  owner = { ...base, now, actor: person("owner") };
  await expect(startExperiment({ ...owner, home: "/nowhere" }, plan)).rejects.toMatchObject({ code: "conflict" });
  await promoteModel(base, { modelId, override: "a test answers for it" });
}, 120_000);

test("from the start to the stop, half of a manager's new leads are judged by the hand rules, and only they", async () => {
  const manager = { ...owner, actor: person("manager", "101") };
  await expect(startExperiment(manager, plan)).rejects.toMatchObject({ code: "forbidden" });

  // What somebody has looked at, and what came before, are never drawn.
  const [seen] = await leadsCome("before", 1);
  await showBoard(manager, { leadId: seen! });
  const [old] = await owner.db.select({ id: leads.id }).from(leads).where(sql`created_on < ${today}::date`).limit(1);

  const { experimentId } = await startExperiment(owner, plan);
  await expect(startExperiment(admin, plan)).rejects.toMatchObject({ code: "conflict" });
  const came = await leadsCome("after", 8);
  // Whoever opens a board first, a CRM say, has all that came drawn before he sees anything.
  const first = await matchLead(admin, { leadId: came[0]! });
  const arms = await armsOf(owner);
  expect(arms.has(seen!)).toBe(false);
  expect(arms.has(old!.id)).toBe(false);
  expect(came.every((id) => arms.has(id))).toBe(true);
  for (const managerId of ["101", "102"]) {
    const own = came.filter((id) => id.includes(`-${managerId}-`));
    expect(own.filter((id) => arms.get(id) === "rules").length).toBeGreaterThanOrEqual(3);
    expect(own.filter((id) => arms.get(id) === "rules").length).toBeLessThanOrEqual(5);
  }
  expect(first.withoutModelByDraw).toBe(arms.get(came[0]!) === "rules");

  // Each arm follows from the seed, the manager and the place, as stored.
  const [stored] = await owner.db.select().from(experiments);
  const rows = await owner.db.select().from(experimentLeads);
  for (const row of rows) expect(row.arm).toBe(drawArm(stored!.seed, row.stratum, row.place));
  for (const stratum of new Set(rows.map((row) => row.stratum))) {
    const places = rows.filter((row) => row.stratum === stratum).map(({ place }) => place);
    expect(places.toSorted((a, b) => a - b)).toEqual(places.map((_, i) => i));
  }

  const own = came.filter((id) => id.includes("-101-"));
  const withRules = own.find((id) => arms.get(id) === "rules")!;
  const withModel = own.find((id) => arms.get(id) === "model")!;
  const plain = await showBoard(manager, { leadId: withRules });
  expect(plain).toMatchObject({ model: null, withoutModelByDraw: true });
  expect(await showBoard(manager, { leadId: withModel })).toMatchObject({ withoutModelByDraw: false });
  expect((await showBoard(manager, { leadId: withModel })).model).not.toBeNull();
  expect((await matchLead(admin, { leadId: old!.id })).modelId).not.toBeNull();
  // No side door: another day, a what-if, the premises seen from the other side.
  const yesterday = dateOfDay(market.history().snapshotDay - 1);
  expect((await matchLead(manager, { leadId: withRules, asOf: yesterday })).modelId).toBeNull();
  const judgedBefore = await owner.db.$count(matchRuns, isNotNull(matchRuns.modelId));
  await whatIf(manager, { leadId: withRules, answer: { field: "budget", text: "150 000" } });
  expect(await owner.db.$count(matchRuns, isNotNull(matchRuns.modelId))).toBe(judgedBefore);
  const premisesId = plain.items[0]!.premisesId;
  const leadsOf = async () => {
    const seen = await matchPremises(manager, {
      premisesId,
      whose: "all",
      ownFirst: false,
      withReasons: false,
      limit: 100,
    });
    return { ids: seen.leads.map(({ lead }) => lead.leadId), withoutModel: seen.withoutModel };
  };
  const during = await leadsOf();
  expect(during.ids).toContain(withModel);
  expect(during.ids).not.toContain(withRules);
  expect(during.withoutModel).toBe(own.filter((id) => arms.get(id) === "rules").length);

  // Drawing again changes nothing; what was drawn and planned cannot be changed by anybody.
  await Promise.all([drawLeads(owner), drawLeads(admin), drawLeads(owner)]);
  expect(await armsOf(owner)).toEqual(arms);
  await expect(owner.db.update(experimentLeads).set({ arm: "model" })).rejects.toThrow();
  await expect(owner.db.delete(experimentLeads)).rejects.toThrow();
  await expect(owner.db.update(experiments).set({ minimalEffect: 0.1 })).rejects.toThrow();

  await stopExperiment(owner, { experimentId, reason: "праздники" });
  await expect(stopExperiment(owner, { experimentId, reason: "ещё раз" })).rejects.toMatchObject({ code: "conflict" });
  expect(await showBoard(manager, { leadId: withRules })).toMatchObject({ withoutModelByDraw: false });
  expect((await showBoard(manager, { leadId: withRules })).model).not.toBeNull();
  expect((await leadsOf()).ids).toContain(withRules);
  await expect(owner.db.update(experiments).set({ stopReason: "иначе" })).rejects.toThrow();
  const late = await leadsCome("late", 1);
  await matchLead(admin, { leadId: late[0]! });
  expect((await armsOf(owner)).size).toBe(arms.size);
  const lines = await owner.db
    .select()
    .from(auditLog)
    .where(eq(auditLog.subject, `experiment:${experimentId}`));
  expect(lines.map(({ detail }) => detail.deed)).toEqual(["start", "stop"]);
});

test("no more are drawn than were planned, nor after the weeks that were planned", async () => {
  const { experimentId } = await startExperiment(owner, { ...plan, baseShare: 0.1, minimalEffect: 0.8 });
  const [{ leadsPerArm } = { leadsPerArm: 0 }] = await owner.db
    .select()
    .from(experiments)
    .where(eq(experiments.id, experimentId));
  const count = async () =>
    (await owner.db.select().from(experimentLeads).where(eq(experimentLeads.experimentId, experimentId))).length;
  const already = await count();
  const later = { ...owner, now: () => new Date(Date.parse(`${today}T05:00:00Z`) + 8 * 7 * 86_400_000) };
  await leadsCome("many", leadsPerArm + 3);
  await drawLeads(later);
  expect(await count()).toBe(already);
  await drawLeads(owner);
  expect(await count()).toBe(2 * leadsPerArm);
  await stopExperiment(owner, { experimentId, reason: "конец" });
});
