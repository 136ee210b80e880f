import { catalog } from "./features/catalog.ts";
import { pairOf, Scene } from "./features/pair.ts";
import { vectorize } from "./features/vectorize.ts";
import { openModel } from "./rank.ts";
import { makeMarket } from "./testing/synthetic-market.ts";
import { MarketTimeline } from "./timeline.ts";
import { train } from "./training/train.ts";

// Run: node ml/rank.bench.ts. Whole training by its stages, then one request over more and more free premises.
const history = makeMarket({ seed: 2, leads: 20_000, premises: 300, managers: 12, years: 6 }).history();
const began = performance.now();
const { artifact, report } = await train(history, { asOfDay: history.snapshotDay, seed: 1 });
const whole = (performance.now() - began) / 1000;
const boosting = (report.seconds.suitability ?? 0) + (report.seconds.deal ?? 0);
console.log(
  `training ${whole.toFixed(1)} s, of it boosting ${boosting.toFixed(1)} s, ratio ${(whole / boosting).toFixed(2)}`,
);
console.log(report.seconds);

const model = await openModel(artifact);
const lead = history.leads.at(-1)!;
for (const size of [300, 3_000, 10_000]) {
  const timeline = grown(size);
  const request = { lead, managerId: null, asOfDay: history.snapshotDay, taste: null };
  const scene = new Scene(timeline, lead, null, request.asOfDay);
  const pairs = Array.from({ length: scene.standing.free.count }, (_, at) => pairOf(scene, at));
  const vectors = await best(3, () => vectorize(catalog({ trades: [], districts: [], managers: [] }), pairs));
  const ranking = await best(size > 3_000 ? 2 : 8, () => model.rank(timeline, request));
  console.log(`${pairs.length} free: ranked in ${ranking.toFixed(1)} ms, base vectors ${vectors.toFixed(1)} ms`);
}
await model.close();

/** A market in which `size` premises are free: copies of those there are. */
function grown(size: number): MarketTimeline {
  const premises = Array.from({ length: size }, (_, i) => {
    const original = history.premises[i % history.premises.length]!;
    return { ...original, premisesId: `${original.premisesId}-${i}` };
  });
  const vacancies = premises.map(({ premisesId, rentRubMonth }) => {
    return { premisesId, fromDay: history.snapshotDay - 30, toDay: Number.POSITIVE_INFINITY, rentRubMonth };
  });
  return new MarketTimeline({ ...history, premises, vacancies });
}

async function best(runs: number, run: () => unknown): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    await run();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}
