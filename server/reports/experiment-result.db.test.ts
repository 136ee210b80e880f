import { beforeAll, expect, test } from "vitest";
import { deals, experimentLeads, experiments, leads, leases } from "#/db/schema/index.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import { makeMarket } from "#/ml/testing/synthetic-market.ts";
import type { Ctx } from "../context.ts";
import { dateOfDay, dayOfDate } from "../days.ts";
import { drawArm } from "../experiments/draw-arm.ts";
import { drawLeads } from "../experiments/draw-leads.ts";
import { insertMarket } from "../testing/insert-market.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { experimentResults } from "./experiment-result.ts";

const database = useTestDatabase();
const perArm = 150;
let startedOn: string;
let at: (day: number, role?: "owner" | "manager") => Ctx;
let first: number;

beforeAll(async () => {
  const { db } = database.connection;
  await insertMarket(db, makeMarket({ seed: 11, leads: 8000, premises: 60, managers: 5, years: 2 }).history());
  const days = (await db.select({ day: leads.createdOn }).from(leads))
    .map(({ day }) => dayOfDate(day))
    .toSorted((a, b) => a - b);
  first = days[Math.floor(days.length / 3)]!;
  startedOn = dateOfDay(first);
  at = (day, role = "owner") =>
    testCtx(
      database.connection,
      { kind: "user", userId: 1, name: "x", role, managerId: null },
      { now: () => new Date(`${dateOfDay(day)}T05:00:00Z`) },
    );
  await db.insert(experiments).values({
    ...{
      seed: 77,
      outcome: "tenant",
      baseShare: 0.1,
      minimalEffect: 0.1,
      alpha: 0.05,
      power: 0.8,
      leadsPerArm: perArm,
    },
    ...{ weeksMax: 52, outcomeDays: 90, startedOn, startedAt: new Date(`${startedOn}T01:00:00Z`), startedBy: "user:1" },
  });
  // Leads are drawn as they come, week by week.
  for (let week = 0; week < 52; week++) await drawLeads(at(first + 7 * week));
});

/** The same from raw rows. */
async function counted(day: number) {
  const { db } = database.connection;
  const [allLeads, allDeals, allLeases, drawn] = [
    await db.select().from(leads),
    await db.select().from(deals),
    await db.select().from(leases),
    await db.select().from(experimentLeads),
  ];
  const of = (arm: "model" | "rules") => {
    const own = drawn.filter((row) => row.arm === arm).map(({ leadId }) => allLeads.find(({ id }) => id === leadId)!);
    const ripe = own.filter(({ createdOn }) => dayOfDate(createdOn) + 90 <= day);
    const succeeded = ripe.filter(({ id, createdOn }) => {
      const soon = (one: string) => dayOfDate(one) - dayOfDate(createdOn) <= 90;
      return (
        allDeals.some((one) => one.leadId === id && one.stage === "won" && soon(one.closedOn ?? one.createdOn)) ||
        allLeases.some((one) => one.leadId === id && soon(one.startOn))
      );
    });
    return { drawn: own.length, succeeded: { hits: succeeded.length, of: ripe.length } };
  };
  const lastCame = Math.max(
    ...drawn.map(({ leadId }) => dayOfDate(allLeads.find(({ id }) => id === leadId)!.createdOn)),
  );
  return { model: of("model"), rules: of("rules"), lastCame };
}

test("counts as one would by hand, and says nothing before its time", async () => {
  const { lastCame } = await counted(first);
  const half = await experimentResults(at(first + 100));
  expect(half[0]).toMatchObject(await counted(first + 100).then(({ model, rules }) => ({ model, rules })));
  expect(half[0]!.state).toBe("ripening");
  expect(half[0]!.weeksLeft).toBe(Math.ceil((lastCame + 90 - first - 100) / 7));

  const day = lastCame + 90;
  const [whole] = await experimentResults(at(day));
  const { model, rules } = await counted(day);
  expect(whole).toMatchObject({ model, rules, startedOn });
  expect(model.drawn + rules.drawn).toBe(2 * perArm);
  expect(model.succeeded.of + rules.succeeded.of).toBe(2 * perArm);
  expect(model.succeeded.hits).toBeGreaterThan(0);
  expect(whole!.weeksLeft).toBe(0);

  // Nobody treated these leads differently; whatever a fair draw then shows, the statistics are the textbook's.
  const [p, q] = [model.succeeded.hits / model.succeeded.of, rules.succeeded.hits / rules.succeeded.of];
  expect(whole!.difference.value).toBeCloseTo(p - q, 12);
  const bound = (hits: number, of: number, sign: 1 | -1) => {
    const [z, share] = [1.959963984540054, hits / of];
    const middle = share + z ** 2 / (2 * of);
    return (middle + sign * z * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2))) / (1 + z ** 2 / of);
  };
  const [m, r] = [model.succeeded, rules.succeeded];
  expect(whole!.difference.low).toBeCloseTo(
    p - q - Math.hypot(p - bound(m.hits, m.of, -1), bound(r.hits, r.of, 1) - q),
    10,
  );
  expect(whole!.difference.high).toBeCloseTo(
    p - q + Math.hypot(bound(m.hits, m.of, 1) - p, q - bound(r.hits, r.of, -1)),
    10,
  );
  const chiSquare = (model.drawn - rules.drawn) ** 2 / (2 * perArm);
  expect(whole!.chiSquare).toBeCloseTo(chiSquare, 12);
  expect(whole!.fairP).toBeGreaterThan(0.5);
  const { low, high } = whole!.difference;
  expect(whole!.state).toBe(low! > 0 ? "better" : high! < 0 ? "worse" : "undecided");
});

test("the power of what is there is that of the plan when all are ripe, and little before", async () => {
  const { lastCame } = await counted(first);
  const [early] = await experimentResults(at(first + 100));
  const [whole] = await experimentResults(at(lastCame + 90));
  // 199 an arm are needed for 80 %; 150 give (0.1 √150 − 1.96 √(2 · 0.15 · 0.85)) / √(0.1 · 0.9 + 0.2 · 0.8) = 0.47 deviations, 68 %.
  expect(whole!.powerNow).toBeCloseTo(0.68, 2);
  expect(early!.powerNow!).toBeLessThan(whole!.powerNow!);
  for (const row of await database.connection.db.select().from(experimentLeads))
    expect(row.arm).toBe(drawArm(77, row.stratum, row.place));
});

test("stopped before its end it counts what was ripe by then and concludes nothing", async () => {
  const day = first + 110;
  const { db } = database.connection;
  await db.update(experiments).set({
    ...{
      stoppedOn: dateOfDay(day),
      stoppedAt: new Date(`${dateOfDay(day)}T05:00:00Z`),
      stoppedBy: "user:1",
      stopReason: "так",
    },
  });
  const [later] = await experimentResults(at(first + 400));
  const { model, rules } = await counted(day);
  expect(later).toMatchObject({ model, rules, state: "stoppedEarly", weeksLeft: 0 });
  await expect(experimentResults(at(day, "manager"))).rejects.toMatchObject({ code: "forbidden" });
});
