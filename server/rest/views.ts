import { z } from "zod";
import { wordReason, wordRemedy } from "#/ml/explain/word-reason.ts";
import type { PriceGuide, Reason } from "#/ml/ranked.ts";
import { markMistakeInput } from "../feedback/mark-mistake.ts";
import type { MarkRow } from "../feedback/mark-row.ts";
import { crmId } from "../leads/get-lead.ts";
import type { MatchResult } from "../matching/match-lead.ts";
import type { Locale } from "../wording.ts";

/** What the CRM sends for a mark: as a manager does, and whose mark it is. */
export const markRequest = markMistakeInput.extend({ managerId: crmId }).meta({ id: "MarkRequest" });

const share = z.number().min(0).max(1);
const rub = z.number().nullable();

const price = z
  .strictObject({
    asking: rub.describe("What we ask, ₽ a month for the whole premises"),
    curve: z.array(
      z.strictObject({
        price: z.number().describe("₽ a month"),
        probability: share.describe("Chance of a deal at this price; never rises with the price"),
        beyondSeen: z.boolean().describe("Dearer or cheaper than anything seen for such premises"),
      }),
    ),
    best: rub.describe("The price with the highest price × probability"),
    similar: z
      .strictObject({ n: z.int(), q25: z.number(), median: z.number(), q75: z.number() })
      .nullable()
      .describe("What similar leases paid, ₽ per m² and month"),
  })
  .meta({ id: "PriceGuide" });

const item = z
  .strictObject({
    premisesId: z.string(),
    decision: z.enum(["keep", "remove"]),
    suitability: share.describe("What decides keep or remove"),
    rank: z.int().min(1).nullable().describe("Place among the kept; null for the removed"),
    probability: share.describe("Chance that this premises becomes a deal with this lead"),
    reasons: z.array(z.strictObject({ code: z.string(), text: z.string() })).min(1),
    remedy: z.strictObject({ text: z.string() }).nullable().describe("The smallest change that would keep it"),
    price,
  })
  .meta({ id: "MatchItem" });

export const matchAnswer = z
  .strictObject({
    runId: z.uuid(),
    modelId: z.int().nullable().describe("null: no model was active, hand rules answered"),
    asOf: z.iso.date(),
    threshold: share,
    items: z.array(item).describe("Every premises free on that day, once: the kept by rank, then the removed"),
  })
  .meta({ id: "MatchAnswer" });

export const markAnswer = z
  .strictObject({
    markId: z.uuid(),
    leadId: z.string(),
    premisesId: z.string(),
    managerId: z.string(),
    mark: z.enum(["wrongly_removed", "wrongly_kept"]),
    reason: z.string().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: "Mark" });

export const withdrawnAnswer = markAnswer.extend({ withdrawnAt: z.iso.datetime() }).meta({ id: "WithdrawnMark" });

/** RFC 9457. */
export const problem = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe("What is wrong and what to do, in the language of Accept-Language: ru or en"),
    instance: z.string(),
    requestId: z.uuid().describe("Quote it when you ask for help"),
    place: z.string().optional().describe("The field that is wrong"),
  })
  .meta({ id: "Problem" });

export type Problem = z.infer<typeof problem>;

export function viewMatch(
  { runId, modelId, asOf, threshold, ranking }: MatchResult,
  locale: Locale,
): z.infer<typeof matchAnswer> {
  return {
    runId,
    modelId,
    asOf,
    threshold,
    items: ranking.premises.map((one) => ({
      premisesId: one.premisesId,
      decision: one.verdict,
      suitability: one.suitability,
      rank: one.rank,
      probability: one.probability,
      reasons: one.reasons.map((reason: Reason) => ({ code: reason.code, text: wordReason(reason, locale) })),
      remedy: one.remedy && { text: wordRemedy(one.remedy, locale) },
      price: viewPrice(one.price),
    })),
  };
}

function viewPrice({ askingRubMonth, curve, bestRubMonth, similar }: PriceGuide): z.infer<typeof price> {
  return {
    asking: known(askingRubMonth),
    curve: curve.map(({ rentRubMonth, probability, beyondSeen }) => ({ price: rentRubMonth, probability, beyondSeen })),
    best: known(bestRubMonth),
    similar: similar && {
      n: similar.n,
      q25: similar.q25RubSqmMonth,
      median: similar.medianRubSqmMonth,
      q75: similar.q75RubSqmMonth,
    },
  };
}

/** JSON has no NaN: what is not known is null. */
function known(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

export function viewMark(row: MarkRow): z.infer<typeof markAnswer> {
  return { ...row, createdAt: row.createdAt.toISOString() };
}

export function viewWithdrawn({
  withdrawnAt,
  ...row
}: MarkRow & { withdrawnAt: Date }): z.infer<typeof withdrawnAnswer> {
  return { ...viewMark(row), withdrawnAt: withdrawnAt.toISOString() };
}
