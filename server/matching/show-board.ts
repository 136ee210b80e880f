import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { type markReason, marks } from "#/db/schema/index.ts";
import { wordReason, wordRemedy } from "#/ml/explain/word-reason.ts";
import type { PriceGuide, RankedPremises, Reason, Verdict } from "#/ml/ranked.ts";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk, pastDate } from "../days.ts";
import { invariant } from "../errors.ts";
import { crmId, type LeadCard } from "../leads/get-lead.ts";
import { noteLook } from "../leads/note-look.ts";
import type { Locale } from "../wording.ts";
import { type Candidate, type ToldCandidate, tellCandidate } from "./candidates-on.ts";
import { valueOrNull } from "./facts-from-rows.ts";
import { type MatchResult, matchLead } from "./match-lead.ts";
import { standingMarks } from "./standing-marks.ts";

export const showBoardInput = z.strictObject({
  leadId: crmId,
  /** YYYY-MM-DD; a past day is a replay: labelled, and without marks and what they taught. */
  asOf: pastDate.optional(),
});

export interface BoardReason {
  code: Reason["code"];
  text: string;
  /** It speaks against the premises. */
  against: boolean;
  /** 0..1: how far this reason alone would move an even chance. */
  strength: number;
}

export interface BoardMark {
  markId: string;
  mark: (typeof marks.mark.enumValues)[number];
  reason: (typeof markReason.enumValues)[number] | null;
}

/** One premises as a card shows it. */
export interface BoardItem extends ToldCandidate {
  decision: Verdict;
  suitability: number;
  probability: number;
  rank: number | null;
  reasons: BoardReason[];
  remedy: { text: string } | null;
  price: {
    asking: number | null;
    best: number | null;
    /** ₽ per m² and month. */
    similar: { n: number; q25: number; median: number; q75: number } | null;
  };
  mark: BoardMark | null;
}

export interface MatchBoard {
  runId: string;
  asOf: string;
  isToday: boolean;
  /** YYYY-MM-DD in Novosibirsk: the last day that a board can be of. */
  today: string;
  lead: LeadCard;
  /** null: no model is active, hand rules answered. `basis.n` leads, from which source, for which share of lossy leads. */
  model: {
    modelId: number;
    asOf: string;
    threshold: number;
    basis: Record<string, unknown>;
  } | null;
  /** An experiment wants the model left out of this lead. */
  withoutModelByDraw: boolean;
  items: BoardItem[];
}

/** The board of a lead: every free premises in words, kept first, with the marks of the lead's manager. */
export async function showBoard(ctx: Ctx, { leadId, asOf }: z.infer<typeof showBoardInput>): Promise<MatchBoard> {
  const today = dateInNovosibirsk(ctx.now());
  const isToday = asOf === undefined || asOf === today;
  const match = await matchLead(ctx, { leadId, asOf, withTaste: isToday });
  invariant(match.leadRow, "a lead of the CRM has its row");
  if (!match.leadRow.seen) await noteLook(ctx, leadId);
  const marked = isToday ? await marksOf(ctx, leadId, match.managerId) : new Map<string, BoardMark>();
  return {
    runId: match.runId,
    asOf: match.asOf,
    isToday: match.isToday,
    today,
    lead: match.leadRow,
    model: modelOf(match),
    withoutModelByDraw: match.withoutModelByDraw,
    items: match.ranking.premises.map((ranked) => {
      const candidate = match.premises.get(ranked.premisesId);
      invariant(candidate, `premises ${ranked.premisesId} is described`);
      return item(ranked, candidate, marked.get(ranked.premisesId) ?? null, ctx.locale);
    }),
  };
}

function modelOf({ modelId, modelAsOf, threshold, thresholdBasis }: MatchResult): MatchBoard["model"] {
  if (modelId === null || modelAsOf === null || thresholdBasis === null) return null;
  return { modelId, asOf: modelAsOf, threshold, basis: thresholdBasis };
}

async function marksOf(ctx: Ctx, leadId: string, managerId: string | null): Promise<Map<string, BoardMark>> {
  if (managerId === null) return new Map();
  const standing = await standingMarks(ctx.db, and(eq(marks.leadId, leadId), eq(marks.managerId, managerId)));
  return new Map(standing.map(({ premisesId, markId, mark, reason }) => [premisesId, { markId, mark, reason }]));
}

function item(ranked: RankedPremises, candidate: Candidate, mark: BoardMark | null, locale: Locale): BoardItem {
  return {
    ...tellCandidate(candidate),
    decision: ranked.verdict,
    suitability: ranked.suitability,
    probability: ranked.probability,
    rank: ranked.rank,
    reasons: ranked.reasons.map((reason) => ({
      code: reason.code,
      text: wordReason(reason, locale),
      against: reason.pull < 0,
      strength: Math.tanh(Math.abs(reason.pull) / 2),
    })),
    remedy: ranked.remedy && { text: wordRemedy(ranked.remedy, locale) },
    price: priceOf(ranked.price),
    mark,
  };
}

function priceOf({ askingRubMonth, bestRubMonth, similar }: PriceGuide): BoardItem["price"] {
  return {
    asking: valueOrNull(askingRubMonth),
    best: valueOrNull(bestRubMonth),
    similar: similar && {
      n: similar.n,
      q25: similar.q25RubSqmMonth,
      median: similar.medianRubSqmMonth,
      q75: similar.q75RubSqmMonth,
    },
  };
}
