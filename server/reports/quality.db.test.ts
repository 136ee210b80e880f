import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import {
  deals,
  leads,
  leases,
  marks,
  markWithdrawals,
  matchRuns,
  modelAliases,
  outcomeVerdicts,
  pilotCases,
  pilotLeads,
  pilots,
  pilotVerdicts,
} from "#/db/schema/index.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import { makeMarket } from "#/ml/testing/synthetic-market.ts";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk, dateOfDay, dayOfDate } from "../days.ts";
import { judgeOutcomes } from "../quality/judge-outcomes.ts";
import { insertMarket } from "../testing/insert-market.ts";
import { insertModel } from "../testing/insert-model.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { BANDS, calibration } from "./calibration.ts";
import { conversionByMonth, RIPE_DAYS } from "./conversion-by-month.ts";
import { dealsMarkedNegative } from "./deals-marked-negative.ts";
import { marksByWeek } from "./marks-by-week.ts";
import { outcomesByWeek } from "./outcomes-by-week.ts";
import { overview } from "./overview.ts";
import { removedByWeek } from "./removed-by-week.ts";
import { reviewsByWeek } from "./reviews-by-week.ts";
import { toDo } from "./to-do.ts";
import { worstMistakes } from "./worst-mistakes.ts";

/**
 * A market with logged runs, marks and a pilot that were thrown by dice, and every figure counted a second time by hand: from raw
 * rows, in loops, without a line of the reports' SQL.
 */
const database = useTestDatabase();
const history = makeMarket({ seed: 23, leads: 9000, premises: 60, managers: 5, years: 2 }).history();
const THRESHOLD = 0.4;
let owner: Ctx;
let today: string;
let modelId: number;

let state = 7;
/** mulberry32 */
function dice(): number {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}

interface World {
  leads: (typeof leads.$inferSelect)[];
  deals: (typeof deals.$inferSelect)[];
  leases: (typeof leases.$inferSelect)[];
  runs: (typeof matchRuns.$inferSelect)[];
  marks: (typeof marks.$inferSelect)[];
  withdrawn: Set<string>;
  leadOf: Map<string, typeof leads.$inferSelect>;
}
let world: World;

beforeAll(async () => {
  const { db } = database.connection;
  await insertMarket(db, history);
  await db.execute(
    sql`update leads l set manager_id = coalesce((select min(manager_id) from deals d where d.lead_id = l.id),
      (select id from managers order by id limit 1))`,
  );
  const rows = await db.select().from(leads).orderBy(leads.id);
  today = dateOfDay(dayOfDate(rows.map(({ createdOn }) => createdOn).reduce((a, b) => (a > b ? a : b))) + 40);
  owner = testCtx(
    database.connection,
    { kind: "user", userId: 1, name: "x", role: "owner", managerId: null },
    { now: () => new Date(`${today}T05:00:00Z`) },
  );
  modelId = await insertModel(db, { threshold: THRESHOLD, asOf: "2020-01-01" });
  await db.insert(modelAliases).values({ name: "active", modelId });
  await logRuns(rows);
  await mark();
  world = {
    leads: rows,
    deals: await db.select().from(deals),
    leases: await db.select().from(leases),
    runs: await db.select().from(matchRuns),
    marks: await db.select().from(marks),
    withdrawn: new Set((await db.select().from(markWithdrawals)).map(({ markId }) => markId)),
    leadOf: new Map(rows.map((lead) => [lead.id, lead])),
  };
}, 60_000);

/** Noon in Novosibirsk, and a little. */
const at = (day: number) => new Date(day * 86_400_000 + 5 * 3_600_000 + Math.floor(dice() * 3_600_000));
const dayOf = (moment: Date) => dateInNovosibirsk(moment);
const mondayOf = (date: string) => dateOfDay(dayOfDate(date) - ((dayOfDate(date) + 3) % 7));

/** Boards of some leads in their first days; some are of past days, some of the hand rules; of those with deals more. */
async function logRuns(rows: World["leads"]): Promise<void> {
  const stock = history.premises.map(({ premisesId }) => premisesId);
  const offered = Map.groupBy(history.offers, ({ leadId }) => leadId);
  for (const lead of rows) {
    const own = offered.get(lead.id)?.map(({ premisesId }) => premisesId) ?? [];
    if (dice() > (own.length > 0 ? 0.7 : 0.05)) continue;
    for (let i = 0; i < 1 + Math.floor(dice() * 3); i++) {
      const day = dayOfDate(lead.createdOn) + Math.floor(dice() * 12);
      const premisesIds = [...new Set([...stock.filter(() => dice() < 0.4), ...own.filter(() => dice() < 0.9)])];
      const suitabilities = premisesIds.map(() => dice());
      const kept = suitabilities.map((one) => one >= THRESHOLD);
      const removed = kept.filter((one) => !one).length;
      const area = Math.floor(removed * dice());
      await database.connection.db.insert(matchRuns).values({
        leadId: lead.id,
        leadFacts: {},
        managerId: lead.managerId,
        modelId: dice() < 0.15 ? null : modelId,
        marketVersion: 1,
        asOf: dateOfDay(day - (dice() < 0.15 ? 3 : 0)),
        threshold: THRESHOLD,
        ...{ premisesIds, suitabilities, kept },
        probabilities: premisesIds.map(() => dice() ** 3),
        removedFor: dice() < 0.2 ? null : { area, rent: removed - area },
        ...{ featuresSha256: "x", durationMs: 1, requestedBy: "user:1" },
        createdAt: at(day),
      });
    }
  }
}

/** Marks on some boards: of both kinds, some superseded by a later one, some withdrawn, some without a board. */
async function mark(): Promise<void> {
  const { db } = database.connection;
  const runs = await db.select().from(matchRuns).orderBy(matchRuns.createdAt);
  for (const run of runs) {
    if (dice() > 0.35) continue;
    for (let i = 0; i < 1 + Math.floor(dice() * 4); i++) {
      const place = Math.floor(dice() * run.premisesIds.length);
      const withRun = dice() > 0.1;
      for (let again = 0; again < (dice() < 0.2 ? 2 : 1); again++) {
        const markId = randomUUID();
        await db.insert(marks).values({
          id: markId,
          leadId: run.leadId!,
          premisesId: run.premisesIds[place]!,
          managerId: run.managerId!,
          mark: (again === 0) === run.kept[place] ? "wrongly_kept" : "wrongly_removed",
          runId: withRun ? run.id : null,
          modelId: withRun ? run.modelId : null,
          suitability: withRun ? run.suitabilities[place]! : null,
          threshold: withRun ? run.threshold : null,
          asOf: run.asOf,
          createdBy: "user:1",
          createdAt: new Date(run.createdAt.getTime() + 1000 * (1 + again) + i),
        });
        if (dice() < 0.1)
          await db.insert(markWithdrawals).values({ markId, withdrawnBy: "user:1", withdrawnAt: run.createdAt });
      }
    }
  }
}

type Lead = World["leads"][number];
interface Asked {
  scope: { period: "all" | "year"; from?: string; to?: string; bank?: "right"; trade?: string; ofManager?: string };
  isIn(lead: Lead, on: string): boolean;
}

const asked = (): [string, Asked][] => {
  const byTrade = Map.groupBy(
    world.leads.flatMap(({ trades }) => trades),
    (word) => word,
  );
  const trade = [...byTrade].reduce((a, b) => (b[1].length > a[1].length ? b : a))[0];
  const ofManager = world.leads.find((lead) => lead.managerId !== null)!.managerId!;
  const [from, to] = [dateOfDay(dayOfDate(today) - 500), dateOfDay(dayOfDate(today) - 200)];
  return [
    ["all", { scope: { period: "all" }, isIn: () => true }],
    ["a bank", { scope: { period: "all", bank: "right" }, isIn: ({ bank }) => bank === "right" }],
    ["a trade", { scope: { period: "all", trade }, isIn: ({ trades }) => trades.includes(trade) }],
    ["a manager", { scope: { period: "all", ofManager }, isIn: (lead) => lead.managerId === ofManager }],
    ["a span", { scope: { period: "year", from, to }, isIn: (_, on) => on >= from && on <= to }],
  ];
};

const counts = (one: { hits: number; of: number }) => ({ hits: one.hits, of: one.of });
const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);

/** Marks that stand, by hand: the last of a manager's on a pair that was not withdrawn. */
function standing(): World["marks"] {
  const last = new Map<string, World["marks"][number]>();
  const alive = world.marks.filter(({ id }) => !world.withdrawn.has(id));
  for (const one of alive.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime()))
    last.set(`${one.leadId}/${one.premisesId}/${one.managerId}`, one);
  return [...last.values()];
}

test("marks", async () => {
  for (const [name, { scope, isIn }] of asked()) {
    const said = standing().filter(
      (one) => one.runId && one.modelId && isIn(world.leadOf.get(one.leadId)!, dayOf(one.createdAt)),
    );
    const weeks = Map.groupBy(said, (one) => mondayOf(dayOf(one.createdAt)));
    const byHand = [...weeks].toSorted().map(([week, own]) => {
      const ofLead = [...Map.groupBy(own, ({ leadId }) => leadId).values()].map((list) => {
        const latest = list.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime())[0]!;
        const keptThen = world.runs.find(({ id }) => id === latest.runId)!.kept.filter(Boolean).length;
        const wronglyKept = list.filter((one) => one.mark === "wrongly_kept").length;
        return { removed: list.length - wronglyKept, right: keptThen - wronglyKept, kept: keptThen, wronglyKept };
      });
      const right = sum(ofLead.map((one) => Math.max(0, one.right)));
      const removed = sum(ofLead.map((one) => one.removed));
      return {
        week,
        lossless: { hits: ofLead.filter((one) => one.removed === 0).length, of: ofLead.length },
        recall: { hits: right, of: right + removed },
        precision: { hits: right, of: sum(ofLead.map((one) => Math.max(one.kept, one.wronglyKept))) },
        wronglyRemoved: removed,
        wronglyKept: sum(ofLead.map((one) => one.wronglyKept)),
      };
    });
    const { weeks: found, all } = await marksByWeek(owner, scope);
    expect(byHand.length, name).toBeGreaterThan(3);
    expect(
      found.map((one) => ({
        ...one,
        ...{ lossless: counts(one.lossless), recall: counts(one.recall), precision: counts(one.precision) },
      })),
      name,
    ).toEqual(byHand);
    expect(all!.wronglyRemoved).toBe(sum(byHand.map((one) => one.wronglyRemoved)));
    expect(counts(all!.lossless)).toEqual({
      hits: sum(byHand.map((one) => one.lossless.hits)),
      of: sum(byHand.map((one) => one.lossless.of)),
    });
  }
});

/** What the last board of a lead up to the end of the day had said of the premises, by hand. */
function boardBefore(leadId: string, premisesId: string, on: string) {
  const run = world.runs
    .filter(
      (one) =>
        one.leadId === leadId &&
        one.modelId !== null &&
        dayOf(one.createdAt) <= on &&
        dayOf(one.createdAt) === one.asOf &&
        one.premisesIds.includes(premisesId),
    )
    .toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime())[0];
  if (!run) return null;
  const place = run.premisesIds.indexOf(premisesId);
  return { runId: run.id, kept: run.kept[place]!, probability: run.probabilities[place]! };
}

interface Outcome {
  kind: "deal" | "lease";
  id: string;
  leadId: string;
  premisesId: string;
  on: string;
  isSuccess: boolean;
  board: ReturnType<typeof boardBefore>;
}

function outcomes(): Outcome[] {
  const ofDeals = world.deals.map((one) => ({
    ...{ kind: "deal" as const, id: one.id, leadId: one.leadId!, premisesId: one.premisesId!, on: one.createdOn },
    isSuccess: one.stage === "won",
  }));
  const ofLeases = world.leases
    .filter(({ leadId }) => leadId !== null)
    .map((one) => ({
      ...{ kind: "lease" as const, id: one.id, leadId: one.leadId!, premisesId: one.premisesId, on: one.startOn },
      isSuccess: true,
    }));
  return [...ofDeals, ...ofLeases]
    .filter(({ on }) => on < today)
    .map((one) => ({ ...one, board: boardBefore(one.leadId, one.premisesId, one.on) }));
}

describe("outcomes", () => {
  let all: Outcome[];

  beforeAll(async () => {
    const system = { ...owner, actor: { kind: "system", name: "worker" } } as Ctx;
    expect((await judgeOutcomes(system)).replayed).toBe(0);
    all = outcomes();
  }, 30_000);

  test("each is judged by the last board before it, and a second look changes nothing", async () => {
    const rows = await owner.db.select().from(outcomeVerdicts);
    const found = new Map(rows.map((row) => [`${row.kind}/${row.outcomeId}`, row]));
    expect(rows).toHaveLength(all.length);
    for (const one of all)
      expect(found.get(`${one.kind}/${one.id}`)).toMatchObject({
        basis: one.board ? "run" : "none",
        runId: one.board?.runId ?? null,
        kept: one.board?.kept ?? null,
        probability: one.board?.probability ?? null,
      });
    expect(all.filter(({ board }) => board?.kept === false).length).toBeGreaterThan(20);
    const system = { ...owner, actor: { kind: "system", name: "worker" } } as Ctx;
    expect((await judgeOutcomes(system)).judged).toBe(0);
  });

  test("of a record that is gone or names nobody nothing is said, until it is there again", async () => {
    const { db } = owner;
    const system = { ...owner, actor: { kind: "system", name: "worker" } } as Ctx;
    const [deal, lease] = [
      world.deals[0]!,
      world.leases.find(({ leadId, startOn }) => leadId !== null && startOn < today)!,
    ];
    const noted = () => db.$count(outcomeVerdicts);
    await db.update(deals).set({ leadId: null }).where(eq(deals.id, deal.id));
    await db.delete(leases).where(eq(leases.id, lease.id));
    await judgeOutcomes(system);
    expect(await noted()).toBe(all.length - 2);
    await db.update(deals).set({ leadId: deal.leadId }).where(eq(deals.id, deal.id));
    await db.insert(leases).values(lease);
    expect((await judgeOutcomes(system)).judged).toBe(2);
    expect(await noted()).toBe(all.length);
  });

  test("by week", async () => {
    for (const [name, { scope, isIn }] of asked()) {
      const pairs = new Map<string, Outcome>();
      for (const one of all.toSorted((a, b) => (a.on + a.kind < b.on + b.kind ? -1 : 1)))
        if (isIn(world.leadOf.get(one.leadId)!, one.on) && !pairs.has(`${one.leadId}/${one.premisesId}`))
          pairs.set(`${one.leadId}/${one.premisesId}`, one);
      const judged = [...pairs.values()].filter(({ board }) => board !== null);
      const byHand = [...Map.groupBy(judged, ({ on }) => mondayOf(on))].toSorted().map(([week, own]) => {
        const ofLeads = [...Map.groupBy(own, ({ leadId }) => leadId).values()];
        return {
          week,
          recall: { hits: own.filter(({ board }) => board!.kept).length, of: own.length },
          lossless: {
            hits: ofLeads.filter((list) => list.every(({ board }) => board!.kept)).length,
            of: ofLeads.length,
          },
        };
      });
      const report = await outcomesByWeek(owner, scope);
      expect(byHand.length, name).toBeGreaterThan(3);
      expect(
        report.weeks.map(({ week, recall, lossless }) => ({
          week,
          recall: counts(recall),
          lossless: counts(lossless),
        })),
        name,
      ).toEqual(byHand);
      expect(counts(report.all!.recall)).toEqual({
        hits: judged.filter(({ board }) => board!.kept).length,
        of: judged.length,
      });
      expect(report.unjudged).toBe(pairs.size - judged.length);
      expect(report.replayed).toBeNull();
    }
  });

  test("the share of created and of successful deals that had been marked negative", async () => {
    for (const [name, { scope, isIn }] of asked()) {
      const named = all.filter((one) => isIn(world.leadOf.get(one.leadId)!, one.on));
      const created = named.filter(({ kind }) => kind === "deal");
      const successful = new Map<string, Outcome>();
      for (const one of named.toSorted((a, b) => (a.on + a.kind < b.on + b.kind ? -1 : 1)))
        if (one.isSuccess && !successful.has(`${one.leadId}/${one.premisesId}`))
          successful.set(`${one.leadId}/${one.premisesId}`, one);
      const negative = (list: Outcome[]) => {
        const judged = list.filter(({ board }) => board !== null);
        return { hits: judged.filter(({ board }) => !board!.kept).length, of: judged.length };
      };
      const found = await dealsMarkedNegative(owner, scope);
      expect(counts(found.created), name).toEqual(negative(created));
      expect(counts(found.successful), name).toEqual(negative([...successful.values()]));
      expect(found.createdWithoutRun).toBe(created.filter(({ board }) => board === null).length);
      expect(found.successfulWithoutRun).toBe([...successful.values()].filter(({ board }) => board === null).length);
      expect(found.created.of, name).toBeGreaterThan(5);
    }
  });

  test("what boards had said of the chance, and what came", async () => {
    const { bands, young, ofReport } = await calibration(owner, { period: "all" });
    const rented = new Set(world.leases.map(({ leadId, premisesId }) => `${leadId}/${premisesId}`));
    const dealt = all.filter(({ kind, board }) => kind === "deal" && board !== null);
    const isRipe = (one: Outcome) =>
      world.deals.find(({ id }) => id === one.id)!.stage !== "open" ||
      dayOfDate(one.on) + RIPE_DAYS <= dayOfDate(today);
    const byHand = BANDS.map((from, i) => {
      const to = BANDS[i + 1] ?? 1;
      const own = dealt.filter((one) => isRipe(one) && one.board!.probability >= from && one.board!.probability < to);
      return {
        ...{ from, to },
        predicted: sum(own.map(({ board }) => board!.probability)) / own.length,
        hits: own.filter((one) => one.isSuccess || rented.has(`${one.leadId}/${one.premisesId}`)).length,
        of: own.length,
      };
    });
    expect(bands).toHaveLength(BANDS.length);
    for (const [i, band] of bands.entries()) {
      const { predicted, ...rest } = byHand[i]!;
      expect({ from: band.from, to: band.to, ...counts(band.observed) }).toEqual(rest);
      expect(band.predicted).toBeCloseTo(predicted, 10);
    }
    expect(young).toBe(dealt.filter((one) => !isRipe(one)).length);
    expect(ofReport, "the model of this test has no report").toBeNull();
  });

  test("the worst mistakes are the removed ones that suited, farthest below the threshold first", async () => {
    const rank = ["lease", "won", "deal", "review", "mark"];
    const worst = new Map<string, { source: string; suitability: number }>();
    const note = (leadId: string, premisesId: string, source: string, suitability: number) => {
      const known = worst.get(`${leadId}/${premisesId}`);
      if (!known || rank.indexOf(source) < rank.indexOf(known.source))
        worst.set(`${leadId}/${premisesId}`, { source, suitability });
    };
    const suitabilityIn = (runId: string, premisesId: string) => {
      const run = world.runs.find(({ id }) => id === runId)!;
      return run.suitabilities[run.premisesIds.indexOf(premisesId)]!;
    };
    for (const one of all.toSorted((a, b) => (a.on < b.on ? -1 : 1)))
      if (one.board?.kept === false)
        note(
          one.leadId,
          one.premisesId,
          one.kind === "lease" ? "lease" : one.isSuccess ? "won" : "deal",
          suitabilityIn(one.board.runId, one.premisesId),
        );
    for (const one of standing())
      if (one.mark === "wrongly_removed" && one.modelId !== null && one.suitability !== null)
        note(one.leadId, one.premisesId, "mark", one.suitability);
    const byHand = [...worst]
      .map(([pair, one]) => ({ pair, ...one }))
      .toSorted((a, b) => a.suitability - b.suitability)
      .slice(0, 12);
    const found = await worstMistakes(owner, { period: "all" });
    expect(
      found.map(({ leadId, premisesId, source, suitability }) => ({
        ...{ pair: `${leadId}/${premisesId}`, source, suitability },
      })),
    ).toEqual(byHand);
    expect(new Set(byHand.map(({ source }) => source)).size).toBeGreaterThan(1);
  });
});

test("how much is removed, and why", async () => {
  const quantile = (list: number[], q: number) => {
    const sorted = list.toSorted((a, b) => a - b);
    const place = q * (sorted.length - 1);
    const [low, high] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
    return low + (high - low) * (place - Math.floor(place));
  };
  for (const [name, { scope, isIn }] of asked()) {
    const boards = world.runs.filter(
      (one) =>
        one.modelId !== null &&
        dayOf(one.createdAt) === one.asOf &&
        dayOf(one.createdAt) <= today &&
        isIn(world.leadOf.get(one.leadId!)!, dayOf(one.createdAt)),
    );
    const byHand = [...Map.groupBy(boards, (one) => mondayOf(one.asOf))].toSorted().map(([week, own]) => {
      const last = [...Map.groupBy(own, ({ leadId }) => leadId).values()].map((list) =>
        list.reduce((a, b) => (a.createdAt > b.createdAt ? a : b)),
      );
      const reasons: Record<string, number> = {};
      for (const { removedFor } of last)
        for (const [code, n] of Object.entries(removedFor ?? {})) reasons[code] = (reasons[code] ?? 0) + n;
      const shares = last.map(({ kept }) => kept.filter((one) => !one).length / kept.length);
      return { week, leads: last.length, median: quantile(shares, 0.5), high: quantile(shares, 0.75), reasons };
    });
    const { weeks, all } = await removedByWeek(owner, scope);
    const latest = [...Map.groupBy(boards, ({ leadId }) => leadId).values()]
      .map((list) => list.reduce((a, b) => (a.createdAt > b.createdAt ? a : b)))
      .map(({ kept }) => kept.filter((one) => !one).length / kept.length);
    expect(all!.leads, name).toBe(latest.length);
    expect(all!.median).toBeCloseTo(quantile(latest, 0.5), 10);
    expect(all!.low).toBeCloseTo(quantile(latest, 0.25), 10);
    expect(byHand.length, name).toBeGreaterThan(3);
    expect(
      weeks.map(({ week, leads, reasons }) => ({ week, leads, reasons })),
      name,
    ).toEqual(byHand.map(({ week, leads, reasons }) => ({ week, leads, reasons })));
    for (const [i, one] of weeks.entries()) {
      expect(one.median).toBeCloseTo(byHand[i]!.median, 10);
      expect(one.high).toBeCloseTo(byHand[i]!.high, 10);
    }
  }
});

test("reviews, by week and narrowed to a manager", async () => {
  const { db } = owner;
  const cases: { weekOn: string; leadId: string; stratum: string; answer: string; kept: number }[] = [];
  const drawn = world.leads.toSorted((a, b) => (a.createdOn < b.createdOn ? 1 : -1));
  for (let p = 0; p < 3; p++) {
    const weekOn = mondayOf(dateOfDay(dayOfDate(today) - 100 - 21 * p));
    const pilotId = randomUUID();
    await db.insert(pilots).values({
      ...{ id: pilotId, weekOn, modelId, seed: 1, pool: [], threshold: THRESHOLD, thresholdBasis: {} },
      ...{ openedBy: "user:1", openedAt: owner.now() },
    });
    for (let place = 1; place <= 10; place++) {
      const lead = drawn[p * 10 + place]!;
      const kept = 10 + Math.floor(dice() * 30);
      const row = { pilotId, place, asOf: lead.createdOn, leadId: lead.id, managerId: lead.managerId, kept };
      await db.insert(pilotLeads).values({ ...row, leadFacts: {}, card: {} });
      const strata = [...Array(8).fill("removed"), ...Array(5).fill("near"), ...Array(5).fill("sampled")];
      for (const [position, stratum] of strata.entries()) {
        const isSuitable = dice() < (stratum === "removed" ? 0.04 : 0.5);
        const answer = isSuitable ? "suitable" : dice() < 0.1 ? "unsure" : "unsuitable";
        cases.push({ weekOn, leadId: lead.id, stratum, answer, kept });
        await db.insert(pilotCases).values({
          ...{ pilotId, place, position, stratum, suitability: 0.5, facts: {}, broken: [], closeness: 1 },
          premisesId: history.premises[position]!.premisesId,
          ...{ answer: answer as "suitable", answeredAt: owner.now() },
        });
      }
    }
    const verdict = { leads: 10, lossless: 0, low: 0, high: 1, passed: false, lost: 0, suitableEstimate: 1 };
    await db.insert(pilotVerdicts).values({
      ...{ pilotId, ...verdict, secondPassed: false, blind: 0, blindSuitable: 0, unsure: 0 },
      ...{ decidedBy: "user:1", decidedAt: owner.now() },
    });
    await db.execute(sql`update pilots set status = 'decided', ended_by = 'user:1', ended_at = ${owner.now().toISOString()}::timestamptz
      where id = ${pilotId}`);
  }
  const ofManager = world.leadOf.get(cases[0]!.leadId)!.managerId!;
  for (const scope of [{ period: "all" as const }, { period: "all" as const, ofManager }]) {
    const own = cases.filter(
      ({ leadId }) => !("ofManager" in scope) || world.leadOf.get(leadId)!.managerId === ofManager,
    );
    const byHand = [...Map.groupBy(own, ({ weekOn }) => weekOn)].toSorted().map(([week, list]) => {
      const ofLeads = [...Map.groupBy(list, ({ leadId }) => leadId).values()].map((one) => {
        const suits = (stratum: string) => one.filter((c) => c.stratum === stratum && c.answer === "suitable").length;
        return { lost: suits("removed"), suitable: suits("near") + (suits("sampled") * (one[0]!.kept - 5)) / 5 };
      });
      const [lost, suitable] = [sum(ofLeads.map((one) => one.lost)), sum(ofLeads.map((one) => one.suitable))];
      return {
        week,
        lossless: { hits: ofLeads.filter((one) => one.lost === 0).length, of: ofLeads.length },
        lost: lost / (lost + suitable),
      };
    });
    const { weeks, all } = await reviewsByWeek(owner, scope);
    expect(weeks.map(({ week, lossless }) => ({ week, lossless: counts(lossless) }))).toEqual(
      byHand.map(({ week, lossless }) => ({ week, lossless })),
    );
    for (const [i, { recall, lost }] of weeks.entries()) {
      expect(lost.share).toBeCloseTo(byHand[i]!.lost, 10);
      expect(recall.share).toBeCloseTo(1 - byHand[i]!.lost, 10);
      expect(recall.low!).toBeLessThan(recall.share!);
      expect(recall.high!).toBeGreaterThan(recall.share! - 1e-9);
    }
    expect(all!.lossless.of).toBe(own.length / 18);
  }
});

test("the overview shows the very figures of the pages, and what is to be done", async () => {
  for (const [name, { scope }] of asked()) {
    const { marks, reviews, outcomes, negative, removed, conversion } = await overview(owner, scope);
    expect(marks, name).toEqual((await marksByWeek(owner, scope)).all);
    expect(reviews, name).toEqual((await reviewsByWeek(owner, scope)).all);
    expect(outcomes, name).toEqual((await outcomesByWeek(owner, scope)).all);
    expect(negative, name).toEqual(await dealsMarkedNegative(owner, scope));
    expect(removed, name).toEqual((await removedByWeek(owner, scope)).all);
    expect(conversion.ripe, name).toEqual((await conversionByMonth(owner, scope)).ripe?.converted ?? null);
  }
  const shown = await overview(owner, { period: "all" });
  expect(shown.feed).toMatchObject({ last: null });
  expect(shown.model.active).toMatchObject({ modelId, isOld: true });
  expect(shown.toDo.map(({ kind }) => kind)).toContain("modelOld");
  expect(await toDo(owner)).toEqual(shown.toDo);
});

test("a manager gets none of it", async () => {
  const manager = { ...owner, actor: { kind: "user", userId: 2, name: "y", role: "manager", managerId: "101" } } as Ctx;
  for (const report of [overview, marksByWeek, reviewsByWeek, outcomesByWeek, dealsMarkedNegative, removedByWeek])
    await expect(report(manager, { period: "all" })).rejects.toMatchObject({ code: "forbidden" });
  await expect(judgeOutcomes(manager)).rejects.toMatchObject({ code: "forbidden" });
});
