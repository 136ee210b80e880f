/** Apart from `recorded-deals.ts`, which whoever reads a report loads: the web server must not load XGBoost. */
import { type CandidateSet, seededRandom } from "../candidates.ts";
import { predictMargins, trainBooster } from "../xgboost/booster.ts";
import type { Xgboost } from "../xgboost/library.ts";
import { type Ranker, sigmoids } from "./baselines.ts";
import { mean, pool } from "./metrics.ts";
import { bothKinds, figuresOf, type RecordedDealFigures } from "./recorded-deals.ts";

/** Rows of training sets, one after another. */
export interface TrainingRows {
  sets: readonly CandidateSet[];
  matrix: Float32Array;
  columns: number;
  seed: number;
  library: Xgboost;
}

const ROUNDS = 80;
const FOLDS = 5;
const LEARNT_SHARE = 0.75;
const booster = { maxDepth: 4, eta: 0.08, subsample: 0.8, colsampleByTree: 0.5, minChildWeight: 4, threads: 2 };

/** The original plan as a ranker: trees on recorded deals alone. null where they hold no success or no failure. */
export async function dealsOnlyRanker(rows: TrainingRows): Promise<Ranker | null> {
  const recorded = recordedRows(rows.sets);
  if (!bothKinds(recorded)) return null;
  const { modelJson } = await trainBooster({ ...fitting(rows, recorded), rounds: ROUNDS });
  return {
    name: "deals_only_trees",
    score: (pairs, matrix) => ({
      suitability: sigmoids(predictMargins(modelJson, matrix, pairs.length, rows.columns, rows.library)),
    }),
  };
}

/**
 * The experiment of the design documents: recorded deals shuffled, 75 % to learn from, with five folds that choose the
 * number of trees, 25 % to judge by. null where a part holds one kind only.
 */
export async function recordedShuffled(rows: TrainingRows): Promise<RecordedDealFigures | null> {
  const random = seededRandom(rows.seed);
  const recorded = recordedRows(rows.sets).map((row) => ({ ...row, learnt: random() < LEARNT_SHARE }));
  const learnt = recorded.filter((row) => row.learnt).map((row) => ({ ...row, fold: Math.floor(FOLDS * random()) }));
  const judged = recorded.filter((row) => !row.learnt);
  const folds = Array.from({ length: FOLDS }, (_, fold) => ({
    inside: learnt.filter((row) => row.fold !== fold),
    outside: learnt.filter((row) => row.fold === fold),
  }));
  const parts = [learnt, judged, ...folds.flatMap(({ inside, outside }) => [inside, outside])];
  if (!parts.every(bothKinds)) return null;
  const aucs: number[][] = [];
  for (const { inside, outside } of folds) {
    const validation = picked(rows, outside);
    aucs.push((await trainBooster({ ...fitting(rows, inside), rounds: ROUNDS, validation })).evals);
  }
  const byRound = Array.from({ length: ROUNDS }, (_, round) => mean(aucs.map((fold) => fold[round]!)));
  const best = Math.max(...byRound);
  const { modelJson } = await trainBooster({ ...fitting(rows, learnt), rounds: byRound.indexOf(best) + 1 });
  const { matrix } = picked(rows, judged);
  const scores = predictMargins(modelJson, matrix, judged.length, rows.columns, rows.library);
  const pooled = pool(judged.map(({ deal, lead }, i) => ({ score: scores[i]!, label: deal, lead })));
  return {
    ranker: "deals_only_trees",
    split: "shuffled_75_25",
    ...figuresOf(pooled, rows.sets.length, rows.seed),
    foldsAuc: best,
  };
}

interface RecordedRow {
  row: number;
  /** The number of its set. */
  lead: number;
  deal: boolean;
}

function recordedRows(sets: readonly CandidateSet[]): RecordedRow[] {
  const rows: RecordedRow[] = [];
  let row = 0;
  for (const [lead, set] of sets.entries())
    for (const { suitable, judged, deal } of set.candidates) {
      if (suitable && !judged && !set.fromLease) rows.push({ row, lead, deal });
      row++;
    }
  return rows;
}

function picked({ matrix, columns }: TrainingRows, rows: readonly RecordedRow[]) {
  const taken = new Float32Array(rows.length * columns);
  for (const [i, { row }] of rows.entries())
    taken.set(matrix.subarray(row * columns, (row + 1) * columns), i * columns);
  return { matrix: taken, rows: rows.length, labels: Float32Array.from(rows, (row) => +row.deal) };
}

function fitting(rows: TrainingRows, taken: readonly RecordedRow[]) {
  const parameters = { ...booster, evalMetric: "auc" as const, seed: rows.seed };
  return { ...picked(rows, taken), columns: rows.columns, parameters, library: rows.library };
}
