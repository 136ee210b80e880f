import { type CandidateSet, seededRandom } from "../candidates.ts";
import { predictMargins, trainBooster } from "../xgboost/booster.ts";
import type { Xgboost } from "../xgboost/library.ts";
import { auc, bestF1, known } from "./metrics.ts";
import type { RecordedDealFigures } from "./report.ts";

const ROUNDS = 80;
const FOLDS = 5;

/**
 * The original plan beside ours: trees on recorded deals alone, success against failure; once split by time, once
 * shuffled 75/25 (mean over 5 seeds), which is optimistic: it learns from deals later than those it is asked about.
 */
export async function recordedDealFigures(input: {
  sets: readonly CandidateSet[];
  matrix: Float32Array;
  columns: number;
  testFromDay: number;
  seed: number;
  library: Xgboost;
}): Promise<RecordedDealFigures[]> {
  const recorded = recordedRows(input.sets);
  const byTime = await fitAndJudge(
    input,
    recorded.filter(({ day }) => day < input.testFromDay),
    recorded.filter(({ day }) => day >= input.testFromDay),
  );
  const folds: Omit<RecordedDealFigures, "split">[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const random = seededRandom(input.seed + fold);
    const side = new Map(recorded.map((row) => [row, random() < 0.75]));
    const judged = await fitAndJudge(
      input,
      recorded.filter((row) => side.get(row)),
      recorded.filter((row) => !side.get(row)),
    );
    if (judged) folds.push(judged);
  }
  const figures: RecordedDealFigures[] = byTime ? [{ split: "time", ...byTime }] : [];
  if (folds.length > 0) {
    const mean = (of: (fold: Omit<RecordedDealFigures, "split">) => number) =>
      folds.reduce((sum, fold) => sum + of(fold), 0) / folds.length;
    figures.push({
      split: "shuffled_75_25_optimistic",
      deals: Math.round(mean((fold) => fold.deals)),
      auc: known(mean((fold) => fold.auc ?? Number.NaN)),
      f1: mean((fold) => fold.f1),
      precision: mean((fold) => fold.precision),
      recall: mean((fold) => fold.recall),
    });
  }
  return figures;
}

interface RecordedRow {
  row: number;
  day: number;
  deal: boolean;
}

function recordedRows(sets: readonly CandidateSet[]): RecordedRow[] {
  const rows: RecordedRow[] = [];
  let row = 0;
  for (const set of sets)
    for (const { suitable, judged, deal } of set.candidates) {
      if (suitable && !judged && !set.fromLease) rows.push({ row, day: set.day, deal });
      row++;
    }
  return rows;
}

/** null where a side lacks successes or failures. */
async function fitAndJudge(
  { matrix, columns, seed, library }: { matrix: Float32Array; columns: number; seed: number; library: Xgboost },
  fit: RecordedRow[],
  test: RecordedRow[],
): Promise<Omit<RecordedDealFigures, "split"> | null> {
  const bothKinds = (rows: RecordedRow[]) => rows.some((row) => row.deal) && rows.some((row) => !row.deal);
  if (!bothKinds(fit) || !bothKinds(test)) return null;
  const pick = (rows: RecordedRow[]) => {
    const picked = new Float32Array(rows.length * columns);
    for (const [i, { row }] of rows.entries())
      picked.set(matrix.subarray(row * columns, (row + 1) * columns), i * columns);
    return picked;
  };
  const { modelJson } = await trainBooster({
    matrix: pick(fit),
    rows: fit.length,
    columns,
    labels: Float32Array.from(fit, (row) => +row.deal),
    rounds: ROUNDS,
    parameters: { maxDepth: 4, eta: 0.08, subsample: 0.8, colsampleByTree: 0.5, minChildWeight: 4, threads: 1, seed },
    library,
  });
  const scores = Array.from(predictMargins(modelJson, pick(test), test.length, columns, library));
  const labels = test.map((row) => row.deal);
  return { deals: test.length, auc: auc(scores, labels), ...bestF1(scores, labels) };
}
