import type { RankerName } from "./baselines.ts";
import { type Estimate, Resamples } from "./bootstrap.ts";
import type { HeldOutLead } from "./held-out.ts";
import { atCut, bestF1Cut, type Pooled, pool, pooledAuc } from "./metrics.ts";

/** Success against failure among recorded deals, at the cut with the best F1 of those that are judged. */
export interface RecordedDealFigures {
  ranker: RankerName;
  /** `shuffled_75_25`: learns from deals later than those it is asked about, which flatters. */
  split: "time" | "shuffled_75_25";
  /** Recorded offers that are judged, and the won among them. */
  offers: number;
  deals: number;
  auc: Estimate;
  f1: Estimate;
  precision: Estimate;
  recall: Estimate;
  /** Mean AUC of the five folds of the training part; null for the split by time. */
  foldsAuc: number | null;
}

/** How a ranker parts the held-out leads' recorded deals; `scoresOf`: its scores of a lead's free premises. */
export function recordedByTime(
  ranker: RankerName,
  leads: readonly HeldOutLead[],
  scoresOf: (lead: number) => ArrayLike<number> | null,
  seed: number,
): RecordedDealFigures | null {
  const judged = leads.flatMap(({ offered }, lead) => {
    const scores = scoresOf(lead);
    return scores ? offered.map(({ at, deal }) => ({ score: scores[at]!, label: deal, lead })) : [];
  });
  if (!bothKinds(judged.map(({ label }) => ({ deal: label })))) return null;
  return { ranker, split: "time", ...figuresOf(pool(judged), leads.length, seed), foldsAuc: null };
}

export function figuresOf(pooled: Pooled, leads: number, seed: number) {
  const cut = bestF1Cut(pooled);
  const resamples = new Resamples(leads, seed);
  const at = (of: "f1" | "precision" | "recall") => resamples.estimate((counts) => atCut(pooled, cut, counts)[of]);
  return {
    offers: pooled.labels.length,
    deals: pooled.labels.reduce((sum, label) => sum + label, 0),
    auc: resamples.estimate((counts) => pooledAuc(pooled, counts)),
    f1: at("f1"),
    precision: at("precision"),
    recall: at("recall"),
  };
}

export function bothKinds(rows: readonly { deal: boolean }[]): boolean {
  return rows.some((row) => row.deal) && rows.some((row) => !row.deal);
}
