import { readArtifact } from "./artifact.ts";
import { seededRandom } from "./candidates.ts";
import { catalog, featureSetId } from "./features/catalog.ts";
import { pairOf, Scene } from "./features/pair.ts";
import { vectorize } from "./features/vectorize.ts";
import { modelSettings } from "./model-settings.ts";
import { openSession } from "./onnx/session.ts";
import { PRICE_FACTORS } from "./price.ts";
import { openModel } from "./rank.ts";
import { makeMarket } from "./testing/synthetic-market.ts";
import { MarketTimeline } from "./timeline.ts";
import { train } from "./training/train.ts";

// Run: node ml/rank.bench.ts. One request over more and more free premises; asked: 3 times bare at most, growth linear.
//
// Bare: `run` of the same two sessions on the same matrix, all candidates × both heads in one call each, and nothing else:
// no features, no order, no words. That is what the first ratio divides by, though ranking scores more: each kept premises
// at 13 rents, which a runtime would take as so many more rows of the deal head. The second ratio adds these rows to bare.
// "All told": the reasons of every premises, the remedy of every removed and the price guide of every kept as well.
const history = makeMarket({ seed: 2, leads: 20_000, premises: 300, managers: 12, years: 6 }).history();
const { artifact } = await train(history, { asOfDay: history.snapshotDay, seed: 1 });
const { heads, settings } = readArtifact(artifact, featureSetId, modelSettings);
const features = catalog(settings.vocabulary);
const suitability = await openSession(heads.suitability.onnx);
const deal = await openSession(heads.deal.onnx);
const model = await openModel(artifact);
const lead = history.leads.findLast((one) => Number.isFinite(one.budgetRubMonth) && one.districts.length > 0)!;
const managerId = history.managers[0]!.managerId;
const request = { lead, managerId, asOfDay: history.snapshotDay, taste: null };

let before: { size: number; time: number } | undefined;
for (const size of [300, 10_000, 100_000]) {
  const timeline = grown(size);
  const runs = size === 300 ? 25 : size === 10_000 ? 5 : 2;
  const matrix = matrixOf(timeline);
  const kept = (await model.rank(timeline, request)).premises.filter((one) => one.verdict === "keep").length;
  const tried = matrix.slice(0, Math.min(size, kept) * features.length);

  // In turns, so that a busy machine is busy for all of them.
  const least = { bare: Infinity, rents: Infinity, ranking: Infinity, told: Infinity };
  let longestWait = 0;
  for (let run = 0; run < runs; run++) {
    await take("bare", async () => {
      await suitability.margins(matrix, size, features.length);
      await deal.margins(matrix, size, features.length);
    });
    await take("rents", async () => {
      for (const _ of PRICE_FACTORS) await deal.margins(tried, kept, features.length);
    });
    const waited = watchEventLoop();
    const ranking = await take("ranking", () => model.rank(timeline, request));
    await take("told", () => ranking.told());
    longestWait = Math.max(longestWait, waited());
  }
  const { bare, rents, ranking, told } = least;
  console.log(
    `${size} free, ${kept} kept: bare ${ms(bare)}, ranked in ${ms(ranking)}, all told in ${ms(ranking + told)}\n` +
      `  ranking ÷ bare of the candidates ${ratio(ranking, bare)}, ÷ bare with the rents ${ratio(ranking, bare + rents)}; ` +
      `all told ÷ bare of the candidates ${ratio(ranking + told, bare)}, ÷ bare with the rents ${ratio(ranking + told, bare + rents)}\n` +
      `  ${((ranking / size) * 1000).toFixed(1)} µs a premises${before ? `, ${ratio(ranking / before.time, size / before.size)} of linear growth` : ""}; ` +
      `the event loop waited ${ms(longestWait)} at most`,
  );
  before = { size, time: ranking };

  async function take<Answer>(what: keyof typeof least, work: () => Promise<Answer>): Promise<Answer> {
    const start = performance.now();
    const answer = await work();
    least[what] = Math.min(least[what], performance.now() - start);
    return answer;
  }
}

const open = Array.from({ length: 3000 }, (_, i) => ({
  lead: history.leads.at(-1 - (i % history.leads.length))!,
  managerId: history.managers[i % history.managers.length]!.managerId,
  taste: null,
}));
const timeline = grown(300);
const premisesId = timeline.premises[0]!.premisesId;
const start = performance.now();
await model.scoreLeads(timeline, { premisesId, asOfDay: history.snapshotDay, leads: open });
console.log(`${open.length} leads for one premises in ${ms(performance.now() - start)}`);
await Promise.all([model.close(), suitability.close(), deal.close()]);

/** A market in which `size` premises are free: those there are and their likes, each of another area, rent and age. */
function grown(size: number): MarketTimeline {
  const random = seededRandom(size);
  const premises = Array.from({ length: size }, (_, i) => {
    const original = history.premises[i % history.premises.length]!;
    const areaSqm = Math.round(original.areaSqm * (0.6 + 0.8 * random()));
    const rentRubMonth = Math.round(original.rentRubMonth * (0.5 + random()));
    return { ...original, premisesId: `${original.premisesId}-${i}`, areaSqm, rentRubMonth };
  });
  const vacancies = premises.map(({ premisesId, rentRubMonth }) => {
    const fromDay = history.snapshotDay - Math.floor(300 * random());
    return { premisesId, fromDay, toDay: Number.POSITIVE_INFINITY, rentRubMonth };
  });
  return new MarketTimeline({ ...history, premises, vacancies });
}

/** Answers how long a timer had to wait its turn at most since it was called. */
function watchEventLoop(): () => number {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 1);
  return () => {
    clearInterval(timer);
    return Math.max(longest, performance.now() - last);
  };
}

function matrixOf(timeline: MarketTimeline): Float32Array {
  const scene = new Scene(timeline, lead, managerId, history.snapshotDay);
  const pairs = Array.from({ length: scene.standing.free.count }, (_, at) => pairOf(scene, at));
  return vectorize(features, pairs);
}

function ms(time: number): string {
  return `${time.toFixed(time < 100 ? 1 : 0)} ms`;
}

function ratio(time: number, other: number): string {
  return (time / other).toFixed(2);
}
