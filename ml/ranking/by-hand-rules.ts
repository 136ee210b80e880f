import { createHash } from "node:crypto";
import { type HandRule, handRuleScore } from "../evaluation/hand-rules.ts";
import { choosePhrase, overallPhrase } from "../explain/choose-phrase.ts";
import { describePair } from "../features/describe-pair.ts";
import { type Pair, pairOf, Scene } from "../features/pair.ts";
import { priceGuide } from "../price.ts";
import type { LeadScore, LeadsRequest, Ranking, RankRequest, Reason } from "../ranked.ts";
import type { MarketTimeline } from "../timeline.ts";
import { rankingOf, type Teller } from "./ranking-of.ts";

/**
 * The list without a model: area ±20 %, budget +20 %, district, bank. What breaks a rule that is known is removed.
 * The probability is the market's own share of offers that became deals, the same for all: rules know no better.
 */
export function rankByHandRules(timeline: MarketTimeline, request: Omit<RankRequest, "taste">): Ranking {
  const scene = new Scene(timeline, request.lead, request.managerId, request.asOfDay);
  const list = Array.from({ length: scene.standing.free.count }, (_, at) => ({
    at,
    ...handRuleScore(pairOf(scene, at)),
  })).sort((a, b) => b.score - a.score || a.at - b.at);
  const probability = timeline.dealShareOn(request.asOfDay);
  const standings = list.map(({ at, score, broken }) => ({
    premisesId: pairOf(scene, at).premises.premisesId,
    verdict: broken.length === 0 ? ("keep" as const) : ("remove" as const),
    suitability: score,
    probability,
  }));
  const pairAt = (index: number) => pairOf(scene, list[index]!.at);
  const teller: Teller = {
    reasonsOf: (index) => reasonsOf(pairAt(index), list[index]!.broken),
    remedyOf: () => null,
    priceOf: (index) => {
      const { premises, rentRubMonth } = pairAt(index);
      return priceGuide({
        askingRubMonth: rentRubMonth,
        areaSqm: premises.areaSqm,
        probabilities: [],
        similar: timeline.similarRents(premises, scene.day),
        market: { lowestRubSqmMonth: Number.NaN, highestRubSqmMonth: Number.NaN },
      });
    },
  };
  const featuresSha256 = createHash("sha256").digest("hex");
  return rankingOf(standings, teller, { threshold: 0.5, featuresSha256 });
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
      reasons: reasonsOf(pair, broken),
    };
  });
}

function reasonsOf(pair: Pair, broken: HandRule["code"][]): Reason[] {
  if (broken.length === 0) return [{ code: "market", pull: 0, ...overallPhrase(false) }];
  const facts = describePair(pair);
  return [...new Set(broken)].map((code) => ({
    code,
    pull: -1,
    ...choosePhrase(code, facts, { against: true, features: [] }),
  }));
}
