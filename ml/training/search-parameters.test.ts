import { expect, it } from "vitest";
import { makeMarket } from "../testing/synthetic-market.ts";
import { loadXgboost } from "../xgboost/library.ts";
import { Laps } from "./laps.ts";
import { searchParameters } from "./search-parameters.ts";

const history = makeMarket({ seed: 5, leads: 6000, premises: 120, managers: 8, years: 4 }).history();
const parameters = { suitabilityRounds: 12, dealRounds: 8, randomNegatives: 10, hardNegatives: 5 };
const library = loadXgboost();

it("tries what it draws, leaves what stands only for what is better twice, and does so again", {
  timeout: 120_000,
}, async () => {
  const told: number[] = [];
  const search = () => {
    const laps = new Laps(({ fraction }) => told.push(fraction), undefined);
    const wanted = { asOfDay: history.snapshotDay, seed: 3, trials: 3, parameters };
    return searchParameters(history, wanted, { laps, library, to: 0.7 });
  };
  const { parameters: chosen, log } = await search();
  expect(log.map((row) => row.parameters.trial).sort()).toEqual([0, 1, 2, 3]);
  expect(told).toEqual([...told].sort((a, b) => a - b));
  expect(told.at(-1)).toBe(0.7);
  const [best, ...others] = log.filter((row) => row.chosen);
  expect(others).toEqual([]);
  const stood = log.find((row) => row.parameters.trial === 0)!;
  const finalists = log.filter((row) => row.metrics.aucFolds !== undefined);
  expect(finalists).toHaveLength(3);
  expect(finalists).toContain(stood);
  for (const metric of ["aucNextStretch", "aucFolds"]) {
    expect(best!.metrics[metric]).toBeGreaterThanOrEqual(stood.metrics[metric]!);
    expect(best!.metrics[metric]).toBeGreaterThan(0.6);
  }
  expect(chosen.suitabilityRounds).toBe(best!.parameters.suitabilityRounds);
  expect(JSON.parse(JSON.stringify(log))).toEqual(log);
  const untimed = ({ metrics: { seconds: _, ...metrics }, ...row }: (typeof log)[number]) => ({ ...row, metrics });
  expect((await search()).log.map(untimed)).toEqual(log.map(untimed));
});

it("stops when it is told to", async () => {
  const laps = new Laps(undefined, AbortSignal.abort(new Error("enough")));
  const wanted = { asOfDay: history.snapshotDay, seed: 3, trials: 1, parameters };
  await expect(searchParameters(history, wanted, { laps, library, to: 0.7 })).rejects.toThrow("enough");
});
