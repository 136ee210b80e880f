import { lowerBound, upperBound } from "../timeline/running-sums.ts";

/** One lead's free premises of a day as a ranker scored them; which are known to suit, and which were rented, by place. */
export interface ScoredList {
  scores: ArrayLike<number>;
  suits: readonly number[];
  deals: readonly number[];
}

/** Chance that a positive stands above a negative, ties half (Mann and Whitney 1947); NaN without both kinds. */
export function auc(scores: ArrayLike<number>, positives: readonly number[]): number {
  const negatives = scores.length - positives.length;
  if (positives.length === 0 || negatives === 0) return Number.NaN;
  const rising = Float64Array.from(scores).sort();
  let ranks = 0;
  for (const at of positives) ranks += (lowerBound(rising, scores[at]!) + upperBound(rising, scores[at]!) + 1) / 2;
  return (ranks - (positives.length * (positives.length + 1)) / 2) / (positives.length * negatives);
}

/** What one cut does to one lead: shares of its free premises and of its suitable ones that are kept. NaN: none known. */
export interface CutOfLead {
  kept: number;
  recall: number;
  /** 1: no suitable premises is lost. */
  lossless: number;
  /** Of the kept, the share known to suit: a lower bound, since nobody knows of all that suits. */
  precision: number;
}

export function cutOf({ scores, suits }: ScoredList, cut: number): CutOfLead {
  let [kept, goodKept] = [0, 0];
  for (let i = 0; i < scores.length; i++) kept += +(scores[i]! >= cut);
  for (const at of suits) goodKept += +(scores[at]! >= cut);
  const judged = suits.length > 0;
  return {
    kept: scores.length === 0 ? 0 : kept / scores.length,
    recall: judged ? goodKept / suits.length : Number.NaN,
    lossless: judged ? +(goodKept === suits.length) : Number.NaN,
    precision: judged && kept > 0 ? goodKept / kept : Number.NaN,
  };
}

/**
 * Normalized discounted gain of the deals among the first five (Järvelin and Kekäläinen 2002); ties count with the mean of
 * the places they share (McSherry and Najork 2008). NaN where nothing was rented.
 */
export function ndcg5(order: ArrayLike<number>, deals: readonly number[]): number {
  if (deals.length === 0) return Number.NaN;
  const rising = Float64Array.from(order).sort();
  let gain = 0;
  for (const at of deals) {
    const from = rising.length - upperBound(rising, order[at]!);
    const to = rising.length - lowerBound(rising, order[at]!);
    let shared = 0;
    for (let place = from; place < Math.min(to, 5); place++) shared += discount(place);
    gain += shared / (to - from);
  }
  let ideal = 0;
  for (let place = 0; place < Math.min(deals.length, 5); place++) ideal += discount(place);
  return gain / ideal;
}

function discount(place: number): number {
  return 1 / Math.log2(place + 2);
}

/** Labelled scores of one pool, highest first; `lead` is whose they are. */
export interface Pooled {
  scores: Float64Array;
  labels: Uint8Array;
  leads: Int32Array;
}

export function pool(rows: readonly { score: number; label: boolean; lead: number }[]): Pooled {
  const falling = rows.toSorted((a, b) => b.score - a.score);
  return {
    scores: Float64Array.from(falling, (row) => row.score),
    labels: Uint8Array.from(falling, (row) => +row.label),
    leads: Int32Array.from(falling, (row) => row.lead),
  };
}

/** AUC over the whole pool, each lead counted `counts` times; NaN without both kinds. */
export function pooledAuc({ scores, labels, leads }: Pooled, counts: ArrayLike<number>): number {
  let [above, positives, pairs, all] = [0, 0, 0, 0];
  for (let i = 0; i < scores.length; i++) all += (1 - labels[i]!) * counts[leads[i]!]!;
  for (let from = 0; from < scores.length; ) {
    let [good, bad, to] = [0, 0, from];
    for (; to < scores.length && scores[to] === scores[from]; to++) {
      const count = counts[leads[to]!]!;
      if (labels[to]) good += count;
      else bad += count;
    }
    pairs += good * (all - above - bad / 2);
    positives += good;
    above += bad;
    from = to;
  }
  return pairs / (positives * all);
}

export interface AtCut {
  f1: number;
  precision: number;
  recall: number;
}

export function atCut({ scores, labels, leads }: Pooled, cut: number, counts: ArrayLike<number>): AtCut {
  let [hits, taken, positives] = [0, 0, 0];
  for (let i = 0; i < scores.length; i++) {
    const count = counts[leads[i]!]!;
    if (labels[i]) positives += count;
    if (scores[i]! < cut) continue;
    taken += count;
    if (labels[i]) hits += count;
  }
  return { f1: (2 * hits) / (taken + positives), precision: hits / taken, recall: hits / positives };
}

/** The strictest cut with the best F1; NaN without a positive. */
export function bestF1Cut({ scores, labels }: Pooled): number {
  const positives = labels.reduce((sum, label) => sum + label, 0);
  let [hits, best, cut] = [0, 0, Number.NaN];
  for (let i = 0; i < scores.length; i++) {
    hits += labels[i]!;
    if (scores[i + 1] === scores[i]) continue;
    const f1 = (2 * hits) / (i + 1 + positives);
    if (f1 > best) [best, cut] = [f1, scores[i]!];
  }
  return cut;
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : values.reduce((a, b) => a + b, 0) / values.length;
}
