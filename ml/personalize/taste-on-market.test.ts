import { expect, it } from "vitest";
import type { ManagerTaste } from "../ranked.ts";
import { fitOf } from "../testing/market-fit.ts";
import { firstLeadId, firstPremisesId } from "../testing/market-ids.ts";
import { Random } from "../testing/random.ts";
import { neighboursOn } from "../testing/simulate-market.ts";
import { leadFacts, makeMarket, type SyntheticMarket } from "../testing/synthetic-market.ts";
import { tasteMarketOf } from "../testing/taste-market.ts";
import { applyTaste } from "./apply-taste.ts";
import { learnPrior, learnTaste } from "./learn-taste.ts";
import { invertDefinite } from "./solve.ts";
import { tasteFeatures } from "./taste-features.ts";
import type { TasteMark } from "./taste-mark.ts";

interface Judged {
  suitable: boolean;
  /** The stand-in model's logit above its threshold. */
  margin: number;
  features: number[];
}
interface Case {
  leadId: string;
  manager: string;
  day: number;
  /** Kept first, as the screen shows them. */
  rows: Judged[];
}

/** Leads as a stand-in for a model sees them: the wishes through a fog, no manager's taste; `margin` is its raw guess. */
function look(market: SyntheticMarket): Case[] {
  const random = new Random(market.seed, 99);
  const { premises, districts } = market.history();
  const facts = new Map(premises.map((one) => [one.premisesId, one]));
  return market.truth(300).eval.map((one) => {
    const wish = market.wish(one.lead - firstLeadId);
    const seen = {
      ...wish,
      ...{ index: wish.index + 5_000_000, minds: { area: 1, money: 1, place: 1 } },
      logAreaSqm: wish.logAreaSqm + 0.2 * random.normal(),
      budgetRubMonth: wish.budgetRubMonth * Math.exp(0.2 * random.normal()),
    };
    const lead = leadFacts(market, wish.index);
    const free = one.premises.map(({ id, price }) => ({ ...facts.get(String(id))!, rentRubMonth: price }));
    const today = tasteMarketOf(free, districts, Number.NaN);
    const rows = one.premises.map(({ id, fit, taste, price }, i): Judged => {
      const item = market.stock.items[id - firstPremisesId]!;
      const neighbours = neighboursOn(market.stock, market.ledger, wish, item.index, one.day);
      const guess = fitOf(market.seed, seen, item, price, market.firstDay, neighbours, market.rules);
      return {
        suitable: fit + taste > market.rules.suitableFrom,
        margin: guess + 0.5 * random.normal(),
        features: tasteFeatures(lead, free[i]!, today),
      };
    });
    return { leadId: String(one.lead), manager: String(one.manager), day: one.day, rows };
  });
}

/** Weights of a constant, the guess and the taste features that tell best what suits, over all managers (Newton). */
function trainStandIn(cases: readonly Case[]): number[] {
  const rows = cases.flatMap(({ rows }) => rows);
  let weights = inputsOf(rows[0]!).map(() => 0);
  for (let step = 0; step < 10; step++) {
    const gradient = weights.map((weight) => -weight);
    const curvature = weights.map((_, i) => weights.map((_, j) => (i === j ? 1 : 0)));
    for (const row of rows) {
      const x = inputsOf(row);
      const chance = 1 / (1 + Math.exp(-dot(weights, x)));
      for (const [i, value] of x.entries()) {
        gradient[i]! += ((row.suitable ? 1 : 0) - chance) * value;
        for (const [j, other] of x.entries()) curvature[i]![j]! += chance * (1 - chance) * value * other;
      }
    }
    weights = weights.map((weight, i) => weight + dot(invertDefinite(curvature)[i]!, gradient));
  }
  return weights;
}

const inputsOf = ({ margin, features }: Judged) => [1, margin, ...features];
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

/** Judges by the stand-in; its threshold loses two leads of ten. */
function judge(cases: Case[], standIn: readonly number[]): Case[] {
  for (const { rows } of cases) for (const row of rows) row.margin = dot(standIn, inputsOf(row));
  const worst = cases
    .map(({ rows }) => Math.min(...rows.filter(({ suitable }) => suitable).map(({ margin }) => margin)))
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const threshold = worst[Math.floor(0.2 * worst.length)]!;
  for (const { rows } of cases) {
    for (const row of rows) row.margin -= threshold;
    rows.sort((a, b) => b.margin - a.margin);
  }
  return cases;
}

/** All mistakes among the 20 first kept and the 15 nearest removed. */
function markMistakes({ leadId, day, rows }: Case): TasteMark[] {
  const kept = rows.filter(({ margin }) => margin >= 0).length;
  const list = {
    ...{ leadId, asOfDay: day, features: rows.map(({ features }) => features) },
    margins: rows.map(({ margin }) => margin),
  };
  return rows.flatMap(({ suitable }, index) =>
    (index < kept ? index < 20 && !suitable : index < kept + 15 && suitable)
      ? [{ list, index, suitable, saidDay: day }]
      : [],
  );
}

function aucOf(rows: readonly Judged[], score: (row: Judged) => number): number {
  const good = rows.filter(({ suitable }) => suitable).map(score);
  const bad = rows.filter(({ suitable }) => !suitable).map(score);
  let won = 0;
  for (const one of good) for (const other of bad) won += one > other ? 1 : one === other ? 0.5 : 0;
  return won / (good.length * bad.length);
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

it("helps on leads that were not marked, and harms no manager", { timeout: 30_000 }, () => {
  const standIn = trainStandIn(look(makeMarket({ seed: 77, leads: 40_000, managers: 40 })));
  const gains: { auc: number; lossless: number; kept: number }[] = [];
  for (const seed of [1, 2, 3]) {
    const market = makeMarket({ seed, leads: 40_000, managers: 8 });
    const byManager = Map.groupBy(judge(look(market), standIn), ({ manager }) => manager);
    const halves = [...byManager].map(([manager, cases]) => {
      const middle = cases.length >> 1;
      return { manager, marks: cases.slice(0, middle).flatMap(markMistakes), heldOut: cases.slice(middle) };
    });
    const prior = learnPrior(new Map(halves.map(({ manager, marks }) => [manager, marks])));
    for (const { marks, heldOut } of halves) {
      const taste = learnTaste(marks, prior);
      const measured = heldOut.filter(({ rows }) => rows.some(({ suitable }) => suitable));
      if (measured.length < 8) continue;
      const gain = gainOf(measured, taste);
      expect(gain.auc, `seed ${seed}, ${taste.marks} marks`).toBeGreaterThan(-0.005);
      gains.push(gain);
    }
  }
  expect(gains.length).toBeGreaterThan(18);
  expect(mean(gains.map(({ auc }) => auc))).toBeGreaterThan(0.003);
  expect(mean(gains.map(({ lossless }) => lossless))).toBeGreaterThan(0);
  expect(mean(gains.map(({ kept }) => kept))).toBeLessThan(0.01);
});

function gainOf(cases: readonly Case[], taste: ManagerTaste) {
  const before = ({ margin }: Judged) => margin;
  const after = (row: Judged) => row.margin + applyTaste(taste, row.features, { marginAboveThreshold: row.margin });
  const lossless = (score: (row: Judged) => number) =>
    mean(cases.map(({ rows }) => (rows.every((row) => !row.suitable || score(row) >= 0) ? 1 : 0)));
  const kept = (score: (row: Judged) => number) =>
    mean(cases.map(({ rows }) => mean(rows.map((row) => (score(row) >= 0 ? 1 : 0)))));
  return {
    auc: mean(cases.map(({ rows }) => aucOf(rows, after) - aucOf(rows, before))),
    lossless: lossless(after) - lossless(before),
    kept: kept(after) - kept(before),
  };
}
