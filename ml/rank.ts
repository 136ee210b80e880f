import { createHash } from "node:crypto";
import { setImmediate as turn } from "node:timers/promises";
import { type OpenedArtifact, readArtifact } from "./artifact.ts";
import { chanceOfDeal } from "./chance-of-deal.ts";
import { handRuleScore } from "./evaluation/hand-rules.ts";
import { choosePhrase, overallPhrase } from "./explain/choose-phrase.ts";
import { composeReasons, relativeAttributions, type TastePull } from "./explain/reasons.ts";
import { type Change, findRemedies } from "./explain/remedy.ts";
import { explainTrees, type TreeExplainer } from "./explain/tree-shap.ts";
import type { LeadFacts } from "./facts.ts";
import { catalog, featureSetId } from "./features/catalog.ts";
import type { Feature } from "./features/define-feature.ts";
import { describePair } from "./features/describe-pair.ts";
import { Pair, pairOf, Scene } from "./features/pair.ts";
import { vectorize } from "./features/vectorize.ts";
import { type ModelSettings, modelSettings } from "./model-settings.ts";
import { openSession, type Session } from "./onnx/session.ts";
import { applyTaste } from "./personalize/apply-taste.ts";
import { type TasteMarket, tasteFeatureNames, tasteFeatures } from "./personalize/taste-features.ts";
import type { TasteList } from "./personalize/taste-mark.ts";
import { priceGuide, rentsToTry } from "./price.ts";
import type { ManagerTaste, RankedPremises, Ranking, RankRequest, Reason, Remedy, Verdict } from "./ranked.ts";
import type { MarketTimeline } from "./timeline.ts";
import { calibrated } from "./training/calibrate.ts";
import type { ThresholdBasis } from "./training/choose-threshold.ts";

/** The model answers its canary rows otherwise than when it was made: it must not serve. */
export class CanaryFailed extends Error {
  override name = "CanaryFailed";
}

/** How one pair stands; the same numbers whichever way it was asked. */
export interface PairScore {
  verdict: Verdict;
  suitability: number;
  probability: number;
}

/** One premises that is free on a day, and the leads it is to be judged for. */
export interface LeadsRequest {
  premisesId: string;
  asOfDay: number;
  leads: readonly Omit<RankRequest, "asOfDay">[];
}

export interface LeadScore extends PairScore {
  /** Strongest first; at least one. In a score of leads they tell how this lead differs from the others. Computed when read. */
  readonly reasons: Reason[];
}

export interface RankingModel {
  readonly featureSetId: string;
  readonly threshold: number;
  readonly thresholdBasis: ThresholdBasis;
  /** Last day of the records it was trained on. */
  readonly asOfDay: number;
  /** A verdict for every premises that is free on the day, each once; none free gives an empty list. */
  rank(timeline: MarketTimeline, request: RankRequest): Promise<Ranking>;
  /** The same pairs seen from the premises: null where it was not free that day. Equal to `rank` to the last bit. */
  scorePair(timeline: MarketTimeline, request: RankRequest, premisesId: string): Promise<PairScore | null>;
  /**
   * One premises for many leads, an answer for each in their order; null where it was not free that day. Each score equals
   * that of `rank` for that lead, manager and taste to the last bit.
   */
  scoreLeads(timeline: MarketTimeline, request: LeadsRequest): Promise<LeadScore[] | null>;
  /** What learning a manager's taste needs of one list, taste excluded. */
  tasteList(
    timeline: MarketTimeline,
    request: Omit<RankRequest, "taste"> & { leadId: string },
  ): Promise<{ list: TasteList; premisesIds: string[] }>;
  close(): Promise<void>;
}

/**
 * Opens a model for serving. Throws `ArtifactBroken`, `FeatureSetMismatch`, or `CanaryFailed` when this machine answers
 * the stored rows otherwise than the machine that trained it.
 */
export async function openModel(bytes: Uint8Array): Promise<RankingModel> {
  const artifact = readArtifact(bytes, featureSetId, modelSettings);
  const features = catalog(artifact.settings.vocabulary);
  const expected = artifact.featureNames;
  if (features.length !== expected.length || features.some(({ name }, i) => name !== expected[i]))
    throw new CanaryFailed("The model's columns are not those that its vocabulary gives: retrain, or roll back");
  const suitability = await openSession(artifact.heads.suitability.onnx);
  const deal = await openSession(artifact.heads.deal.onnx);
  const model = new OpenModel(artifact, features, suitability, deal);
  await model.checkCanary();
  return model;
}

/** Removed premises that are told a remedy: those nearest to the threshold, for others no single change will do. */
const REMEDIES_MAX = 24;
/** Leads that are scored between two turns of the event loop. */
const LEADS_AT_ONCE = 512;
/** Larger differences than a float's last digits mean another model or a broken runtime. */
const CANARY_TOLERANCE = 1e-4;

interface Judged {
  pair: Pair;
  margin: number;
  probability: number;
  taste: ManagerTaste | null;
  tasteShift: number;
  suitability: number;
  verdict: Verdict;
}

/** As a manager sees them: the kept by chance of a deal, then the removed, nearest to the threshold first. */
function inOrder(judged: readonly Judged[]): { kept: Judged[]; removed: Judged[] } {
  const byId = (a: Judged, b: Judged) => (a.pair.premises.premisesId < b.pair.premises.premisesId ? -1 : 1);
  return {
    kept: judged
      .filter(({ verdict }) => verdict === "keep")
      .sort((a, b) => b.probability - a.probability || b.suitability - a.suitability || byId(a, b)),
    removed: judged
      .filter(({ verdict }) => verdict === "remove")
      .sort((a, b) => b.suitability - a.suitability || byId(a, b)),
  };
}

class OpenModel implements RankingModel {
  readonly featureSetId = featureSetId;
  readonly threshold: number;
  readonly thresholdBasis: ThresholdBasis;
  readonly asOfDay: number;
  private readonly artifact: OpenedArtifact<ModelSettings>;
  private readonly features: Feature[];
  private readonly rentColumns: number[];
  private readonly rentFeatures: Feature[];
  private readonly suitability: Session;
  private readonly deal: Session;
  private readonly explainer: TreeExplainer;

  constructor(artifact: OpenedArtifact<ModelSettings>, features: Feature[], suitability: Session, deal: Session) {
    this.artifact = artifact;
    this.features = features;
    this.rentColumns = features.flatMap((feature, column) => (feature.monotone === -1 ? [column] : []));
    this.rentFeatures = this.rentColumns.map((column) => features[column]!);
    this.suitability = suitability;
    this.deal = deal;
    this.threshold = artifact.threshold;
    this.thresholdBasis = artifact.thresholdBasis as ThresholdBasis;
    this.asOfDay = artifact.made.asOfDay;
    this.explainer = explainTrees(artifact.trees.suitability);
  }

  async checkCanary(): Promise<void> {
    const { matrix, margins } = this.artifact.canary;
    const rows = margins.suitability.length;
    for (const head of ["suitability", "deal"] as const) {
      const answers = await this[head].margins(matrix, rows, this.features.length);
      const off = answers.findIndex((margin, row) => !(Math.abs(margin - margins[head][row]!) <= CANARY_TOLERANCE));
      if (off >= 0)
        throw new CanaryFailed(
          `Canary row ${off} of the ${head} head gives ${answers[off]}, not ${margins[head][off]}`,
        );
    }
  }

  async rank(timeline: MarketTimeline, request: RankRequest): Promise<Ranking> {
    const scene = new Scene(timeline, request.lead, request.managerId, request.asOfDay);
    const pairs = Array.from({ length: scene.standing.free.count }, (_, at) => pairOf(scene, at));
    const matrix = vectorize(this.features, pairs);
    const judged = await this.judge(
      pairs,
      matrix,
      pairs.map(() => request.taste),
    );
    const { kept, removed } = inOrder(judged);
    const [reasons, remedies, curves] = [
      this.explain(judged, matrix),
      await this.mend(request, removed.slice(0, REMEDIES_MAX)),
      await this.priceCurves(judged, kept, matrix),
    ];
    const ranks = new Map(kept.map((one, place) => [one, place + 1]));
    const premises = [...kept, ...removed].map((one): RankedPremises => {
      const { pair, verdict, suitability } = one;
      return {
        premisesId: pair.premises.premisesId,
        verdict,
        suitability,
        rank: ranks.get(one) ?? null,
        probability: one.probability,
        reasons: reasons.get(one)!,
        remedy: remedies.get(one) ?? null,
        price: this.guide(timeline, scene, pair, curves.get(one) ?? []),
      };
    });
    return { threshold: this.threshold, premises, featuresSha256: hashOf(matrix) };
  }

  async scorePair(timeline: MarketTimeline, request: RankRequest, premisesId: string): Promise<PairScore | null> {
    const scene = new Scene(timeline, request.lead, request.managerId, request.asOfDay);
    const at = scene.standing.free.premises.indexOf(timeline.indexOf(premisesId));
    if (at < 0) return null;
    const pairs = [pairOf(scene, at)];
    const [judged] = await this.judge(pairs, vectorize(this.features, pairs), [request.taste]);
    const { verdict, suitability, probability } = judged!;
    return { verdict, suitability, probability };
  }

  async scoreLeads(
    timeline: MarketTimeline,
    { premisesId, asOfDay, leads }: LeadsRequest,
  ): Promise<LeadScore[] | null> {
    const at = timeline.freeOn(asOfDay).premises.indexOf(timeline.indexOf(premisesId));
    if (at < 0) return null;
    const columns = this.features.length;
    const scores: Judged[] = [];
    const matrix = new Float32Array(leads.length * columns);
    for (let from = 0; from < leads.length; from += LEADS_AT_ONCE) {
      const slice = leads.slice(from, from + LEADS_AT_ONCE);
      const pairs = slice.map(({ lead, managerId }) => pairOf(new Scene(timeline, lead, managerId, asOfDay), at));
      const rows = matrix.subarray(from * columns, (from + slice.length) * columns);
      vectorize(this.features, pairs, rows);
      const tastes = slice.map(({ taste }) => taste);
      scores.push(...(await this.judge(pairs, rows, tastes)));
      await turn();
    }
    let reasons: Map<Judged, Reason[]> | undefined;
    const tell = (one: Judged) => {
      reasons ??= this.explain(scores, matrix);
      return reasons.get(one)!;
    };
    return scores.map((one) => ({
      verdict: one.verdict,
      suitability: one.suitability,
      probability: one.probability,
      get reasons() {
        return tell(one);
      },
    }));
  }

  async tasteList(
    timeline: MarketTimeline,
    request: Omit<RankRequest, "taste"> & { leadId: string },
  ): Promise<{ list: TasteList; premisesIds: string[] }> {
    const scene = new Scene(timeline, request.lead, request.managerId, request.asOfDay);
    const pairs = Array.from({ length: scene.standing.free.count }, (_, at) => pairOf(scene, at));
    const judged = await this.judge(
      pairs,
      vectorize(this.features, pairs),
      pairs.map(() => null),
    );
    const { kept, removed } = inOrder(judged);
    const shown = [...kept, ...removed];
    const least = logit(this.threshold);
    return {
      list: {
        leadId: request.leadId,
        asOfDay: request.asOfDay,
        features: shown.map(({ pair }) => tasteFeaturesOf(pair)),
        margins: shown.map(({ margin }) => margin - least),
      },
      premisesIds: shown.map(({ pair }) => pair.premises.premisesId),
    };
  }

  async close(): Promise<void> {
    await Promise.all([this.suitability.close(), this.deal.close()]);
  }

  private async judge(
    pairs: readonly Pair[],
    matrix: Float32Array,
    tastes: readonly (ManagerTaste | null)[],
  ): Promise<Judged[]> {
    const margins = await this.suitability.margins(matrix, pairs.length, this.features.length);
    const deals = await this.deal.margins(matrix, pairs.length, this.features.length);
    return pairs.map((pair, row) => {
      const margin = margins[row]!;
      const taste = tastes[row]!;
      const standing = { marginAboveThreshold: margin - logit(this.threshold) };
      const tasteShift = taste === null ? 0 : applyTaste(taste, tasteFeaturesOf(pair), standing);
      const suitability = sigmoid(margin + tasteShift);
      const verdict = suitability >= this.threshold ? "keep" : "remove";
      const probability = this.probability({ margin }, deals[row]!);
      return { pair, margin, probability, taste, tasteShift, suitability, verdict };
    });
  }

  /** See `chanceOfDeal`. Suitability is that of the asked rent all along a price curve, so that the curve never rises. */
  private probability({ margin }: { margin: number }, dealMargin: number): number {
    const { calibration, surelySuitsOdds } = this.artifact.settings;
    return chanceOfDeal(calibrated(calibration, dealMargin), margin, surelySuitsOdds);
  }

  private explain(judged: readonly Judged[], matrix: Float32Array): Map<Judged, Reason[]> {
    const columns = this.features.length;
    const absolute = this.explainer.attribute(matrix, judged.length);
    const relative = relativeAttributions(absolute, judged.length, columns);
    return new Map(
      judged.map((one, row) => [
        one,
        composeReasons({
          attributions: relative.subarray(row * (columns + 1), row * (columns + 1) + columns),
          features: this.features,
          facts: describePair(one.pair),
          verdict: one.verdict,
          taste: one.taste && tastePull(one.taste, tasteFeaturesOf(one.pair), one.tasteShift),
        }),
      ]),
    );
  }

  /** The smallest change that would keep each, scored by the same path as the verdicts. */
  private async mend(request: RankRequest, removed: Judged[]): Promise<Map<Judged, Remedy>> {
    const remedies = await findRemedies(
      removed.map(({ pair }) => describePair(pair)),
      async (trials) => {
        const scenes = new Map<string, Scene>();
        const pairs = trials.map(({ pair, change }) => changedPair(removed[pair]!.pair, change, scenes));
        const margins = await this.suitability.margins(
          vectorize(this.features, pairs),
          pairs.length,
          this.features.length,
        );
        return pairs.map((pair, i) => {
          const standing = { marginAboveThreshold: margins[i]! - logit(this.threshold) };
          const features = request.taste === null ? [] : tasteFeaturesOf(pair);
          return sigmoid(margins[i]! + applyTaste(request.taste, features, standing)) >= this.threshold;
        });
      },
    );
    return new Map(remedies.flatMap((remedy, i) => (remedy ? [[removed[i]!, remedy]] : [])));
  }

  /** Probabilities at the tried rents of each kept premises, in one batch: only what grows with the rent is computed anew. */
  private async priceCurves(judged: Judged[], kept: Judged[], matrix: Float32Array): Promise<Map<Judged, number[]>> {
    const columns = this.features.length;
    const rowOf = new Map(judged.map((one, row) => [one, row]));
    const tried = kept.flatMap((one) =>
      rentsToTry(one.pair.rentRubMonth).map((rent) => ({ one, pair: withRent(one.pair, rent) })),
    );
    const rents = vectorize(
      this.rentFeatures,
      tried.map(({ pair }) => pair),
    );
    const batch = new Float32Array(tried.length * columns);
    for (const [i, { one }] of tried.entries()) {
      const from = rowOf.get(one)! * columns;
      batch.set(matrix.subarray(from, from + columns), i * columns);
      for (const [r, column] of this.rentColumns.entries())
        batch[i * columns + column] = rents[i * this.rentColumns.length + r]!;
    }
    const margins = await this.deal.margins(batch, tried.length, columns);
    const curves = new Map<Judged, number[]>(kept.map((one) => [one, []]));
    for (const [i, { one }] of tried.entries()) curves.get(one)!.push(this.probability(one, margins[i]!));
    return curves;
  }

  private guide(timeline: MarketTimeline, scene: Scene, pair: Pair, probabilities: number[]) {
    return priceGuide({
      askingRubMonth: pair.rentRubMonth,
      areaSqm: pair.premises.areaSqm,
      probabilities,
      similar: timeline.similarRents(pair.premises, scene.day),
      market: this.artifact.settings.seenRents,
    });
  }
}

function withRent(pair: Pair, rentRubMonth: number): Pair {
  return new Pair(pair.scene, pair.index, rentRubMonth, pair.sinceDay, pair.openingRentRubMonth);
}

/** `scenes` keeps what the same change of a lead's wish was looked up for. */
function changedPair(pair: Pair, change: Change, scenes: Map<string, Scene>): Pair {
  if (change.kind === "rent") return withRent(pair, change.rentRubMonth);
  const key = JSON.stringify(change);
  let scene = scenes.get(key);
  if (!scene) {
    const { timeline, managerId, day } = pair.scene;
    scene = new Scene(timeline, changedLead(pair.lead, change), managerId, day);
    scenes.set(key, scene);
  }
  return new Pair(scene, pair.index, pair.rentRubMonth, pair.sinceDay, pair.openingRentRubMonth);
}

function changedLead(lead: LeadFacts, change: Exclude<Change, { kind: "rent" }>): LeadFacts {
  switch (change.kind) {
    case "area":
      return { ...lead, areaFromSqm: change.areaFromSqm, areaToSqm: change.areaToSqm };
    case "budget":
      return { ...lead, budgetRubMonth: change.budgetRubMonth };
    case "bank":
      return { ...lead, bank: "any" };
    case "district":
      return { ...lead, districts: [...lead.districts, change.district] };
  }
}

function tasteMarketOf(scene: Scene): TasteMarket {
  return {
    medianRentRubSqmMonth: scene.standing.rentSqmMedian,
    tradeAreaSqm: Math.exp(scene.typical.mean.logArea),
    bankOfDistrict: scene.timeline.bankOf,
  };
}

function tasteFeaturesOf({ scene, lead, premises, rentRubMonth }: Pair): number[] {
  return tasteFeatures(lead, { ...premises, rentRubMonth }, tasteMarketOf(scene));
}

function tastePull(taste: ManagerTaste, features: readonly number[], pull: number): TastePull {
  const pulls = tasteFeatureNames.map((name, i) => ({ name, pull: (taste.weights[name] ?? 0) * features[i]! }));
  const strongest = pulls.reduce((a, b) => (b.pull * Math.sign(pull) > a.pull * Math.sign(pull) ? b : a));
  return { pull, marks: taste.marks, taste: strongest.name };
}

/**
 * The list without a model: area ±20 %, budget +20 %, district, bank. What breaks a rule that is known is removed.
 * The probability is the market's own share of offers that became deals, the same for all: rules know no better.
 */
export function rankByHandRules(timeline: MarketTimeline, request: Omit<RankRequest, "taste">): Ranking {
  const scene = new Scene(timeline, request.lead, request.managerId, request.asOfDay);
  const pairs = Array.from({ length: scene.standing.free.count }, (_, at) => pairOf(scene, at));
  const judged = pairs
    .map((pair) => ({ pair, ...handRuleScore(pair) }))
    .sort((a, b) => b.score - a.score || a.pair.index - b.pair.index);
  const probability = timeline.dealShareOn(request.asOfDay);
  const premises = judged.map(({ pair, score, broken }, place): RankedPremises => {
    const verdict = broken.length === 0 ? "keep" : "remove";
    const similar = timeline.similarRents(pair.premises, scene.day);
    const market = { lowestRubSqmMonth: Number.NaN, highestRubSqmMonth: Number.NaN };
    const { areaSqm } = pair.premises;
    return {
      premisesId: pair.premises.premisesId,
      verdict,
      suitability: score,
      rank: verdict === "keep" ? place + 1 : null,
      probability,
      reasons: handRuleReasons(pair, broken),
      remedy: null,
      price: priceGuide({ askingRubMonth: pair.rentRubMonth, areaSqm, probabilities: [], similar, market }),
    };
  });
  return { threshold: 0.5, premises, featuresSha256: hashOf(new Float32Array(0)) };
}

/** The same rules seen from the premises; null where it was not free that day. */
export function scoreLeadsByHandRules(
  timeline: MarketTimeline,
  { premisesId, asOfDay, leads }: LeadsRequest,
): LeadScore[] | null {
  const at = timeline.freeOn(asOfDay).premises.indexOf(timeline.indexOf(premisesId));
  if (at < 0) return null;
  const probability = timeline.dealShareOn(asOfDay);
  return leads.map(({ lead, managerId }) => {
    const pair = pairOf(new Scene(timeline, lead, managerId, asOfDay), at);
    const { score, broken } = handRuleScore(pair);
    return {
      verdict: broken.length === 0 ? "keep" : "remove",
      suitability: score,
      probability,
      reasons: handRuleReasons(pair, broken),
    };
  });
}

function handRuleReasons(pair: Pair, broken: ("area" | "rent" | "place")[]): Reason[] {
  if (broken.length === 0) return [{ code: "market", pull: 0, ...overallPhrase(false) }];
  const facts = describePair(pair);
  return [...new Set(broken)].map((code) => ({
    code,
    pull: -1,
    ...choosePhrase(code, facts, { against: true, features: [] }),
  }));
}

function hashOf(matrix: Float32Array): string {
  return createHash("sha256")
    .update(new Uint8Array(matrix.buffer, matrix.byteOffset, matrix.byteLength))
    .digest("hex");
}

function sigmoid(margin: number): number {
  return 1 / (1 + Math.exp(-margin));
}

function logit(probability: number): number {
  return Math.log(probability / (1 - probability));
}
