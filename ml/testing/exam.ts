import { Frontier } from "../evaluation/frontier.ts";
import { auc, mean, type ScoredList } from "../evaluation/metrics.ts";
import type { JudgementFacts, LeadFacts } from "../facts.ts";
import { learnPrior, learnTaste } from "../personalize/learn-taste.ts";
import type { TasteMark } from "../personalize/taste-mark.ts";
import type { RankingModel } from "../rank.ts";
import type { ManagerTaste, RankedPremises } from "../ranked.ts";
import type { MarketTimeline } from "../timeline.ts";
import { type ReviewedLead, thresholdFromReviews } from "../training/threshold-from-reviews.ts";
import { signedShare } from "./market-fit.ts";
import { firstLeadId } from "./market-ids.ts";
import type { TruthCase } from "./market-truth.ts";
import { leadFacts, type SyntheticMarket } from "./synthetic-market.ts";

/** Leads of which the truth is known. */
export interface ExamPaper {
  cases: readonly TruthCase[];
  /** From this fit and taste on a premises suits. */
  suitableFrom: number;
  leadOf(one: TruthCase): LeadFacts;
}

/** The latest leads of a made market. */
export function examPaper(market: SyntheticMarket, leads = 200): ExamPaper {
  return {
    cases: market.truth(leads).eval,
    suitableFrom: market.rules.suitableFrom,
    leadOf: ({ lead }) => leadFacts(market, lead - firstLeadId),
  };
}

/** What a model's answers are worth, held against the truth of a made market; means over its leads. */
export interface ExamFigures {
  leads: number;
  /** Within a lead, by suitability. */
  auc: number;
  keptAtRecall95: number;
  keptAt8Of10: number;
  /** At the model's own threshold: shares of the free kept, of the suitable kept, of the leads that lost none. */
  kept: number;
  recall: number;
  lossless: number;
  /** Chance that as many top picks as the manager offered hold a deal, against his own picks. */
  uplift: number;
  /** Mean probability told of the top picks ÷ their true one. */
  predictedOverTrue: number;
  risingCurves: number;
  removedWithoutReason: number;
}

/** Figures over the leads that nobody reviewed, at the model's own threshold and at that of the reviewed ones. */
export interface ExamWithReviews {
  reviewed: number;
  before: ExamFigures;
  after: ExamFigures;
}

/** Figures before and after managers marked the mistakes of the first half of their leads; over the other half. */
export interface ExamWithMarks {
  first: ExamFigures;
  marks: number;
  before: ExamFigures;
  after: ExamFigures;
  /** null: too few leads to review some and measure on others. */
  reviews: ExamWithReviews | null;
  /** The largest loss of AUC that marks brought a manager with at least 4 leads to look at; ≤ 0 is none. */
  worstLoss: number;
  /** The same marks, as the next training reads them, and what another model makes of the half that was not marked. */
  judgements: JudgementFacts[];
  examineHeldOut(model: RankingModel, timeline: MarketTimeline, how: { withTaste: boolean }): Promise<ExamFigures>;
}

interface Answered {
  truth: TruthCase;
  ranked: RankedPremises[];
}

/** A manager looks at so many of the kept and of the removed, best first. */
const LOOKED_AT = { kept: 20, removed: 15 };
const LEADS_TO_COMPARE_MIN = 4;
/** Four weeks of a pilot. */
const LEADS_TO_REVIEW = 40;

/** Asks the model about the leads as the product would, then lets managers mark and asks again. */
export async function holdExam(
  paper: ExamPaper,
  timeline: MarketTimeline,
  model: RankingModel,
): Promise<ExamWithMarks> {
  const { suitableFrom } = paper;
  const first: Answered[] = [];
  for (const truth of paper.cases) first.push(await ask(paper, timeline, model, truth, null));

  const reviews = await reviewSome(paper, timeline, model, first);

  const halves = [...Map.groupBy(first, ({ truth }) => truth.manager)].map(([manager, answers]) => {
    const middle = answers.length >> 1;
    return { manager, taught: answers.slice(0, middle), heldOut: answers.slice(middle) };
  });
  const mistakes = halves.flatMap(({ taught }) => taught.map((answer) => mistakesIn(answer, suitableFrom)));
  const tastes = await tastesFrom(mistakes, paper, timeline, model);
  const again: Answered[] = [];
  let worstLoss = Number.NEGATIVE_INFINITY;
  for (const { manager, heldOut } of halves) {
    const taste = tastes.get(manager) ?? null;
    const answers: Answered[] = [];
    for (const { truth } of heldOut) answers.push(await ask(paper, timeline, model, truth, taste));
    again.push(...answers);
    if (heldOut.length < LEADS_TO_COMPARE_MIN) continue;
    const loss = figuresOf(heldOut, suitableFrom).auc - figuresOf(answers, suitableFrom).auc;
    if (loss > worstLoss) worstLoss = loss;
  }
  return {
    first: figuresOf(first, suitableFrom),
    reviews,
    marks: mistakes.reduce((sum, { said }) => sum + said.size, 0),
    before: figuresOf(
      halves.flatMap(({ heldOut }) => heldOut),
      suitableFrom,
    ),
    after: figuresOf(again, suitableFrom),
    worstLoss,
    judgements: mistakes.flatMap(({ truth: { lead, manager, day }, said }) =>
      [...said].map(([premisesId, suitable]) => ({
        ...{ leadId: String(lead), premisesId, managerId: String(manager) },
        ...{ asOfDay: day, saidDay: day, suitable, source: "mark" as const },
      })),
    ),
    examineHeldOut: async (other, otherTimeline, { withTaste }) => {
      const others = withTaste ? await tastesFrom(mistakes, paper, otherTimeline, other) : null;
      const answers: Answered[] = [];
      for (const { manager, heldOut } of halves)
        for (const { truth } of heldOut)
          answers.push(await ask(paper, otherTimeline, other, truth, others?.get(manager) ?? null));
      return figuresOf(answers, suitableFrom);
    },
  };
}

async function ask(
  paper: ExamPaper,
  timeline: MarketTimeline,
  model: RankingModel,
  truth: TruthCase,
  taste: ManagerTaste | null,
): Promise<Answered> {
  const request = { lead: paper.leadOf(truth), managerId: String(truth.manager), asOfDay: truth.day, taste };
  const known = new Set(truth.premises.map(({ id }) => String(id)));
  const { premises } = await model.rank(timeline, request);
  return { truth, ranked: premises.filter(({ premisesId }) => known.has(premisesId)) };
}

/** Every so many leads one is reviewed in full, by a person who knows; the others are asked at the threshold that follows. */
async function reviewSome(
  { suitableFrom, leadOf }: ExamPaper,
  timeline: MarketTimeline,
  model: RankingModel,
  first: readonly Answered[],
): Promise<ExamWithReviews | null> {
  const every = Math.floor(first.length / LEADS_TO_REVIEW);
  if (every < 2) return null;
  const isReviewed = (place: number) => place % every === 0 && place < every * LEADS_TO_REVIEW;
  const reviews = first
    .filter((_, place) => isReviewed(place))
    .map(({ truth, ranked }): ReviewedLead => {
      const suitable = suitableOf(truth, suitableFrom);
      const ids = ranked.map(({ premisesId }) => premisesId);
      return {
        suitabilities: new Map(ranked.map((one) => [one.premisesId, one.suitability])),
        suitable,
        unsuitable: new Set(ids.filter((id) => !suitable.has(id))),
      };
    });
  const found = thresholdFromReviews(reviews, model.thresholdBasis.alpha);
  if (!found) return null;
  const others = first.filter((_, place) => !isReviewed(place));
  const moved = model.withThreshold(found.threshold, found.basis);
  const again: Answered[] = [];
  for (const { truth, ranked } of others) {
    const asked = { lead: leadOf(truth), managerId: String(truth.manager), asOfDay: truth.day, taste: null };
    const known = new Set(ranked.map(({ premisesId }) => premisesId));
    const { premises } = await moved.rank(timeline, asked);
    again.push({ truth, ranked: premises.filter(({ premisesId }) => known.has(premisesId)) });
  }
  const before = figuresOf(others, suitableFrom);
  return { reviewed: found.basis.n, before, after: figuresOf(again, suitableFrom) };
}

/** What a manager says of the mistakes that he sees in a list: by the premises' ids, whether it suits. */
interface Mistakes {
  truth: TruthCase;
  said: Map<string, boolean>;
}

function mistakesIn({ truth, ranked }: Answered, suitableFrom: number): Mistakes {
  const suits = suitableOf(truth, suitableFrom);
  const kept = ranked.filter(({ verdict }) => verdict === "keep").slice(0, LOOKED_AT.kept);
  const removed = ranked.filter(({ verdict }) => verdict === "remove").slice(0, LOOKED_AT.removed);
  const wrong = [
    ...kept.filter((one) => !suits.has(one.premisesId)),
    ...removed.filter((one) => suits.has(one.premisesId)),
  ];
  return { truth, said: new Map(wrong.map(({ premisesId }) => [premisesId, suits.has(premisesId)])) };
}

/** What the model learns of each manager who said something; the lists are as the model judges them. */
async function tastesFrom(
  mistakes: readonly Mistakes[],
  paper: ExamPaper,
  timeline: MarketTimeline,
  model: RankingModel,
): Promise<Map<number, ManagerTaste>> {
  const marksOf = new Map<number, TasteMark[]>();
  for (const { truth, said } of mistakes) {
    const request = { lead: paper.leadOf(truth), leadId: String(truth.lead), managerId: String(truth.manager) };
    const { list, premisesIds } = await model.tasteList(timeline, { ...request, asOfDay: truth.day });
    const marks = premisesIds.flatMap((premisesId, index) => {
      const suitable = said.get(premisesId);
      return suitable === undefined ? [] : [{ list, index, suitable, saidDay: truth.day }];
    });
    marksOf.set(truth.manager, [...(marksOf.get(truth.manager) ?? []), ...marks]);
  }
  const prior = learnPrior(new Map([...marksOf].map(([manager, marks]) => [String(manager), marks])));
  return new Map(
    [...marksOf].filter(([, marks]) => marks.length > 0).map(([manager, marks]) => [manager, learnTaste(marks, prior)]),
  );
}

function suitableOf({ premises }: TruthCase, suitableFrom: number): Set<string> {
  return new Set(premises.filter(({ fit, taste }) => fit + taste > suitableFrom).map(({ id }) => String(id)));
}

function figuresOf(answers: readonly Answered[], suitableFrom: number): ExamFigures {
  const lists: ScoredList[] = [];
  const own: ScoredList[] = [];
  const chances = { model: 0, manager: 0 };
  const told = { predicted: 0, true: 0 };
  let risingCurves = 0;
  let removedWithoutReason = 0;
  for (const { truth, ranked } of answers) {
    const suitable = suitableOf(truth, suitableFrom);
    const suits = ranked.flatMap(({ premisesId }, at) => (suitable.has(premisesId) ? [at] : []));
    lists.push({ scores: ranked.map((one) => one.suitability), suits, deals: suits });
    own.push({ scores: ranked.map((one) => +(one.verdict === "keep")), suits, deals: suits });
    const wants = new Map(truth.premises.map(({ id, p }) => [String(id), p]));
    const top = ranked.filter(({ verdict }) => verdict === "keep").slice(0, truth.offered.length);
    chances.model += 1 - top.reduce((none, one) => none * (1 - wants.get(one.premisesId)!), 1);
    chances.manager += 1 - truth.offered.reduce((none, id) => none * (1 - (wants.get(String(id)) ?? 0)), 1);
    for (const one of top) {
      told.predicted += one.probability;
      told.true += wants.get(one.premisesId)! * signedShare;
    }
    for (const { verdict, reasons, price } of ranked) {
      if (verdict === "remove" && reasons.length === 0) removedWithoutReason++;
      if (price.curve.some((point, i) => i > 0 && point.probability > price.curve[i - 1]!.probability + 1e-9))
        risingCurves++;
    }
  }
  const frontier = new Frontier(lists);
  const once = lists.map(() => 1);
  return {
    leads: answers.length,
    auc: mean(lists.map((list) => auc(list.scores, list.suits)).filter(Number.isFinite)),
    keptAtRecall95: frontier.keptAt({ recall: 0.95 }, once),
    keptAt8Of10: frontier.keptAt({ lossless: 0.8 }, once),
    ...new Frontier(own).at(1),
    uplift: chances.model / chances.manager,
    predictedOverTrue: told.predicted / told.true,
    ...{ risingCurves, removedWithoutReason },
  };
}
