import { parseArgs } from "node:util";
import { type Fit, fitBare, recordFits } from "../testing/bare-fits.ts";
import { makeMarket } from "../testing/synthetic-market.ts";
import { loadXgboost } from "../xgboost/library.ts";
import { train } from "./train.ts";

// Run: node ml/training/train.bench.ts [--leads 20000] [--premises 300] [--years 6].
//
// Numerator: one whole `train`, from records in memory to artifact and report. Denominator: bare XGBoost, that is, the very
// calls that this training made for its heads (matrix, labels, weights, parameters, rounds) made once more by themselves
// and nothing else: no candidates, no features, no scoring, no baselines, no export. A training fits both heads twice, on
// the past to be judged by what came after, and on everything to serve. The stricter ratio forgives only the second pair.
// CPU seconds are printed beside seconds by the clock: on a busy machine they are the steadier ones.
const { values } = parseArgs({
  options: {
    leads: { type: "string", default: "20000" },
    premises: { type: "string", default: "300" },
    years: { type: "string", default: "6" },
  },
});
const market = { seed: 2, leads: +values.leads, premises: +values.premises, managers: 12, years: +values.years };
const history = makeMarket(market).history();
const library = loadXgboost();

const recorded = recordFits(library);
const whole = await spent(async () => train(history, { asOfDay: history.snapshotDay, seed: 1 }));
recorded.stop();
const { report } = whole.result;

const timed: { fit: Fit; clock: number; cpu: number }[] = [];
for (const fit of recorded.fits) {
  const { clock, cpu } = await spent(async () => fitBare(library, fit));
  timed.push({ fit, clock, cpu });
  const { rows, columns, rounds } = fit;
  console.log(
    `bare fit, ${rows} × ${columns}, ${rounds} rounds${fit.weights ? ", a head" : ""}: ${clock.toFixed(2)} s`,
  );
}
const heads = timed.filter(({ fit }) => fit.weights !== null);
console.log(`\nwhole training ${whole.clock.toFixed(1)} s by the clock, ${whole.cpu.toFixed(1)} s of CPU; its stages:`);
const four = sum(heads, "clock");
for (const [stage, seconds] of Object.entries(report.seconds))
  console.log(`  ${stage.padEnd(12)} ${seconds.toFixed(2).padStart(7)} s, ${(seconds / four).toFixed(3)} of bare`);
tell("÷ bare XGBoost, both heads as often as it fits them", heads);
tell("÷ bare XGBoost, both final heads alone (stricter)", heads.slice(-2));
tell("÷ bare XGBoost, baselines' fits included", timed);

function tell(name: string, fits: typeof timed): void {
  const [clock, cpu] = [whole.clock / sum(fits, "clock"), whole.cpu / sum(fits, "cpu")];
  console.log(`${name}: ${clock.toFixed(2)} by the clock, ${cpu.toFixed(2)} by CPU`);
}

function sum(fits: typeof timed, of: "clock" | "cpu"): number {
  return fits.reduce((total, fit) => total + fit[of], 0);
}

async function spent<T>(work: () => Promise<T>): Promise<{ result: T; clock: number; cpu: number }> {
  const [start, used] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(used);
  return { result, clock: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 };
}
