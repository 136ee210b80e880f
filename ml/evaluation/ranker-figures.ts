import type { RankerName } from "./baselines.ts";
import { type Estimate, Resamples } from "./bootstrap.ts";
import { Frontier } from "./frontier.ts";
import type { HeldOutLead, RankerAnswers } from "./held-out.ts";
import { auc, type CutOfLead, cutOf, ndcg5, type ScoredList } from "./metrics.ts";

/** What a cut does to the held-out leads, means over them. */
export interface CutFigures {
  /** 0..1: least suitability that is kept. */
  threshold: number;
  kept: Estimate;
  recall: Estimate;
  lossless: Estimate;
  precision: Estimate;
}

export interface RankerFigures {
  name: RankerName;
  /** Leads that it was asked of. */
  leads: number;
  aucWithinLead: Estimate;
  keptAtRecall80: Estimate;
  keptAtRecall95: Estimate;
  keptAt8Of10: Estimate;
  ndcg5: Estimate;
  ownThreshold: CutFigures;
  /** From the strictest cut on. */
  curve: { kept: number; recall: number; lossless: number }[];
}

const CURVE_POINTS = 41;

/** A ranker's answers for the leads that it was asked of, ready to be counted. */
export function listsOf(leads: readonly HeldOutLead[], { suitability }: RankerAnswers): ScoredList[] {
  return leads.flatMap(({ suits, deals }, i) => {
    const scores = suitability[i];
    return scores ? [{ scores, suits, deals }] : [];
  });
}

/** The figures of one ranker over the leads that it was asked of; `threshold`: its own. */
export function rankerFigures(
  leads: readonly HeldOutLead[],
  answers: RankerAnswers,
  threshold: number,
  seed: number,
): RankerFigures {
  const lists = listsOf(leads, answers);
  const resamples = new Resamples(lists.length, seed);
  const frontier = new Frontier(lists);
  const orders = answers.order.filter((order) => order !== null);
  return {
    name: answers.name,
    leads: lists.length,
    aucWithinLead: resamples.mean(aucsOf(lists)),
    keptAtRecall80: resamples.estimate((counts) => frontier.keptAt({ recall: 0.8 }, counts)),
    keptAtRecall95: resamples.estimate((counts) => frontier.keptAt({ recall: 0.95 }, counts)),
    keptAt8Of10: resamples.estimate((counts) => frontier.keptAt({ lossless: 0.8 }, counts)),
    ndcg5: resamples.mean(
      lists.map(({ deals }, i) => ndcg5(keptFirst(lists[i]!.scores, orders[i]!, threshold), deals)),
    ),
    ownThreshold: cutFigures(lists, threshold, resamples),
    curve: frontier.curve(CURVE_POINTS),
  };
}

export function cutFigures(lists: readonly ScoredList[], threshold: number, resamples: Resamples): CutFigures {
  const cuts = lists.map((list) => cutOf(list, threshold));
  const mean = (of: keyof CutOfLead) => resamples.mean(cuts.map((cut) => cut[of]));
  return {
    threshold,
    kept: mean("kept"),
    recall: mean("recall"),
    lossless: mean("lossless"),
    precision: mean("precision"),
  };
}

export function aucsOf(lists: readonly ScoredList[]): number[] {
  return lists.map(({ scores, suits }) => auc(scores, suits));
}

/** How much better the candidate does than another ranker, on the leads that both were asked of. */
export interface Difference {
  name: RankerName;
  leads: number;
  /** Candidate minus the other; above 0 the candidate is better. */
  aucWithinLead: Estimate;
  /** The other minus the candidate: above 0 the candidate removes more. */
  keptAt8Of10: Estimate;
}

/** Paired by lead: one draw of leads serves both. */
export function differenceOf(
  leads: readonly HeldOutLead[],
  candidate: RankerAnswers,
  other: RankerAnswers,
  seed: number,
): Difference {
  const shared = other.suitability.flatMap((scores, i) => (scores && candidate.suitability[i] ? [i] : []));
  const lists = ({ suitability }: RankerAnswers) =>
    shared.map((i): ScoredList => ({ scores: suitability[i]!, suits: leads[i]!.suits, deals: leads[i]!.deals }));
  const [ours, theirs] = [lists(candidate), lists(other)];
  const resamples = new Resamples(shared.length, seed);
  const theirAucs = aucsOf(theirs);
  const [ourFrontier, theirFrontier] = [new Frontier(ours), new Frontier(theirs)];
  const goal = { lossless: 0.8 };
  return {
    name: other.name,
    leads: shared.length,
    aucWithinLead: resamples.mean(aucsOf(ours).map((own, i) => own - theirAucs[i]!)),
    keptAt8Of10: resamples.estimate((counts) => theirFrontier.keptAt(goal, counts) - ourFrontier.keptAt(goal, counts)),
  };
}

/** The order that is shown: what is kept first, then what is removed. Both 0..1. */
function keptFirst(suitability: ArrayLike<number>, order: ArrayLike<number>, threshold: number): Float64Array {
  return Float64Array.from(order, (value, at) => value + (suitability[at]! >= threshold ? 1 : 0));
}
