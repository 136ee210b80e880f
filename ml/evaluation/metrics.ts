/** One lead's free premises of a day: how a ranker scored them, and which are known to suit. */
export interface ScoredList {
  scores: ArrayLike<number>;
  suits: readonly boolean[];
  deals: readonly boolean[];
}

/** Chance that a positive stands above a negative, ties half (Mann-Whitney); null without both kinds. */
export function auc(scores: ArrayLike<number>, labels: readonly boolean[]): number | null {
  const order = labels.map((_, i) => i).sort((a, b) => scores[a]! - scores[b]!);
  let ranks = 0;
  let positives = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && scores[order[to]!] === scores[order[from]!]) to++;
    for (let k = from; k < to; k++)
      if (labels[order[k]!]) {
        ranks += (from + to + 1) / 2;
        positives++;
      }
    from = to;
  }
  const negatives = order.length - positives;
  return positives === 0 || negatives === 0
    ? null
    : (ranks - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Mean over the leads of the share kept by the strictest single cut that meets a goal; NaN where none does. */
export interface Frontier {
  keptAtRecall80: number;
  keptAtRecall95: number;
  keptAt8Of10: number;
}

/** One cut for all lists, strictest first, over at most 400 steps of all scores. */
export function frontier(lists: readonly ScoredList[]): Frontier {
  const all = Float64Array.from(lists.flatMap((list) => Array.from(list.scores))).sort();
  const found: Frontier = { keptAtRecall80: Number.NaN, keptAtRecall95: Number.NaN, keptAt8Of10: Number.NaN };
  for (let step = 0; step <= 400 && all.length > 0; step++) {
    const cut = all[Math.min(all.length - 1, Math.floor((step / 400) * all.length))]!;
    const { kept, recall, lossless } = atCut(lists, cut);
    if (recall >= 0.8) found.keptAtRecall80 = kept;
    if (recall >= 0.95) found.keptAtRecall95 = kept;
    if (lossless >= 0.8) found.keptAt8Of10 = kept;
  }
  return found;
}

/** Shares at one cut: of the premises kept, of the suitable ones kept, of the leads that lost none. */
export function atCut(lists: readonly ScoredList[], cut: number): { kept: number; recall: number; lossless: number } {
  let [kept, recall, lossless, judged] = [0, 0, 0, 0];
  for (const { scores, suits } of lists) {
    let [keptHere, good, goodKept] = [0, 0, 0];
    for (let i = 0; i < suits.length; i++) {
      const keep = scores[i]! >= cut;
      keptHere += +keep;
      if (!suits[i]) continue;
      good++;
      goodKept += +keep;
    }
    kept += suits.length === 0 ? 0 : keptHere / suits.length;
    if (good === 0) continue;
    judged++;
    recall += goodKept / good;
    lossless += +(goodKept === good);
  }
  return { kept: kept / lists.length, recall: recall / judged, lossless: lossless / judged };
}

/** Normalized discounted gain of the first five (Järvelin and Kekäläinen 2002): a deal gains 2, another suitable one 1. */
export function ndcg5({ scores, suits, deals }: ScoredList): number | null {
  const gains = suits.map((suit, i) => (deals[i] ? 2 : suit ? 1 : 0));
  const discounted = (order: number[]) =>
    order.slice(0, 5).reduce((sum, i, place) => sum + gains[i]! / Math.log2(place + 2), 0);
  const places = gains.map((_, i) => i);
  const ideal = discounted([...places].sort((a, b) => gains[b]! - gains[a]!));
  return ideal === 0 ? null : discounted([...places].sort((a, b) => scores[b]! - scores[a]!)) / ideal;
}

/** The cut with the best F1, and what it gives. */
export function bestF1(
  scores: readonly number[],
  labels: readonly boolean[],
): { f1: number; precision: number; recall: number } {
  const order = scores.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  const positives = labels.filter(Boolean).length;
  let best = { f1: 0, precision: 0, recall: 0 };
  let hits = 0;
  for (const [place, i] of order.entries()) {
    if (labels[i]) hits++;
    if (place + 1 < order.length && scores[order[place + 1]!] === scores[i]) continue;
    const precision = hits / (place + 1);
    const recall = positives === 0 ? 0 : hits / positives;
    const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
    if (f1 > best.f1) best = { f1, precision, recall };
  }
  return best;
}

/** A bin of the reliability curve. */
export interface ReliabilityBin {
  predicted: number;
  observed: number;
  weight: number;
}

/** Weighted log loss, expected calibration error over ten bins of equal weight, and the curve itself. */
export function reliability(rows: readonly { probability: number; happened: boolean; weight: number }[]): {
  logLoss: number;
  ece: number;
  predictedOverObserved: number;
  curve: ReliabilityBin[];
} {
  const ordered = [...rows].sort((a, b) => a.probability - b.probability);
  const total = ordered.reduce((sum, row) => sum + row.weight, 0);
  const bins = Array.from({ length: 10 }, () => ({ predicted: 0, observed: 0, weight: 0 }));
  let [passed, loss] = [0, 0];
  for (const { probability, happened, weight } of ordered) {
    const bin = bins[Math.min(9, Math.floor((10 * passed) / total))]!;
    passed += weight;
    bin.predicted += weight * probability;
    bin.observed += weight * +happened;
    bin.weight += weight;
    const p = Math.min(1 - 1e-9, Math.max(1e-9, probability));
    loss -= weight * Math.log(happened ? p : 1 - p);
  }
  const filled = bins.filter((bin) => bin.weight > 0);
  const sum = (of: (bin: ReliabilityBin) => number) => filled.reduce((a, bin) => a + of(bin), 0);
  return {
    logLoss: loss / total,
    ece: sum((bin) => Math.abs(bin.predicted - bin.observed)) / total,
    predictedOverObserved: sum((bin) => bin.predicted) / sum((bin) => bin.observed),
    curve: filled.map((bin) => ({
      predicted: bin.predicted / bin.weight,
      observed: bin.observed / bin.weight,
      weight: bin.weight,
    })),
  };
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : values.reduce((a, b) => a + b, 0) / values.length;
}

/** JSON has no NaN. */
export function known(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
