import { z } from "zod";
import { calibrationFigures, type ReliabilityRow } from "./calibration-figures.ts";
import type { HeldOutLead, RankerAnswers } from "./held-out.ts";
import { differenceOf, rankerFigures } from "./ranker-figures.ts";
import { type RecordedDealFigures, recordedByTime } from "./recorded-deals.ts";
import { segmentFigures } from "./segments.ts";

const share = z.number();
const estimate = z.strictObject({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
const level = z.strictObject({ chance: share, kept: share });
const rankerName = z.enum([
  "candidate",
  "active",
  "logistic_regression",
  "deals_only_trees",
  "hand_rules",
  "hot_list",
  "random",
]);
const basis = z.strictObject({
  n: z.int(),
  source: z.enum(["reviewed", "offered_and_rented", "none"]),
  alpha: z.number(),
});

/** What was tried on the validation stretch in the search of parameters. */
const searchRow = z.strictObject({
  parameters: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
  metrics: z.record(z.string(), z.number()),
  chosen: z.boolean(),
});

/** A feature that was tried; `gain`: of each metric with it over without it. */
const triedFeature = z.strictObject({
  name: z.string(),
  kept: z.boolean(),
  gain: z.record(z.string(), z.number()),
  note: z.string().optional(),
});

/**
 * All that is known of a model's worth, on the last stretch of the records that nothing was fitted on. Plain JSON; shares
 * are 0..1, days whole days since 1970-01-01, intervals 95 % by bootstrap over leads, null what cannot be told.
 */
const evaluationReport = z.strictObject({
  version: z.literal(2),
  asOfDay: z.int(),
  seed: z.int(),
  /** Who fitted the heads, such as "xgboost 1.7.4". */
  trainer: z.string(),
  testFromDay: z.int(),
  testLeads: z.int(),
  calibrationFromDay: z.int(),
  /** The candidate first, then the baselines. */
  rankers: z.array(
    z.strictObject({
      name: rankerName,
      leads: z.int(),
      aucWithinLead: estimate,
      keptAtRecall80: estimate,
      keptAtRecall95: estimate,
      keptAt8Of10: estimate,
      ndcg5: estimate,
      ownThreshold: z.strictObject({
        threshold: share,
        kept: estimate,
        recall: estimate,
        lossless: estimate,
        precision: estimate,
      }),
      curve: z.array(z.strictObject({ kept: share, recall: share, lossless: share })),
    }),
  ),
  /** The candidate against each other ranker, on the leads that both were asked of. */
  differences: z.array(
    z.strictObject({ name: rankerName, leads: z.int(), aucWithinLead: estimate, keptAt8Of10: estimate }),
  ),
  /** The active model of the time of training: which it was, and why it is not among the rankers if it is not. */
  active: z
    .strictObject({
      sha256: z.string(),
      leftOut: z.enum(["other_features", "unreadable", "too_few_leads"]).nullable(),
      message: z.string().nullable(),
    })
    .nullable(),
  /** The threshold that was tested here, chosen before the test leads; and the one that serves, chosen on them too. */
  promise: z.strictObject({
    tested: z.strictObject({ threshold: share, basis }),
    serving: z.strictObject({ threshold: share, basis }),
  }),
  deal: z.strictObject({
    calibration: z.string(),
    n: z.int(),
    logLoss: estimate,
    ece: estimate,
    predictedOverObserved: estimate,
    curve: z.array(z.strictObject({ n: z.int(), predicted: share, observed: estimate })),
  }),
  /**
   * The heads that serve, fitted on all records, held against those that this report proves, on the same leads: mean chance of
   * a deal told of the three best premises, and share kept. Absent: the very heads that serve are proved, or leads are few.
   */
  level: z.strictObject({ leads: z.int(), proved: level, serving: level }).optional(),
  recordedDeals: z.array(
    z.strictObject({
      ranker: rankerName,
      split: z.enum(["time", "shuffled_75_25"]),
      offers: z.int(),
      deals: z.int(),
      auc: estimate,
      f1: estimate,
      precision: estimate,
      recall: estimate,
      foldsAuc: z.number().nullable(),
    }),
  ),
  segments: z.array(
    z.strictObject({
      kind: z.enum(["trade", "bank", "fill", "manager", "year"]),
      name: z.string().nullable(),
      leads: z.int(),
      small: z.boolean(),
      aucWithinLead: estimate,
      kept: estimate,
      recall: estimate,
      lossless: estimate,
    }),
  ),
  parity: z.strictObject({
    ok: z.boolean(),
    rows: z.int(),
    maxAbsDiff: z.number(),
    flipped: z.int(),
    reasons: z.array(z.string()),
  }),
  rows: z.strictObject({ training: z.int(), positives: z.int(), deals: z.int(), columns: z.int() }),
  recording: z.record(z.string(), z.number()),
  /** Seconds of each stage of the training. */
  seconds: z.record(z.string(), z.number()),
  searchLog: z.array(searchRow).optional(),
  triedFeatures: z.array(triedFeature).optional(),
});

export type EvaluationReport = z.infer<typeof evaluationReport>;

/** A report as it was stored; null: another build wrote it, in another form. */
export function readReport(json: unknown): EvaluationReport | null {
  return evaluationReport.safeParse(json).data ?? null;
}

interface JudgedRanker {
  answers: RankerAnswers;
  /** Chosen before the test leads, by the same promise for all. */
  threshold: number;
}

export interface ReportInput
  extends Omit<
    EvaluationReport,
    "version" | "testLeads" | "rankers" | "differences" | "deal" | "segments" | "recordedDeals"
  > {
  /** Held-out leads of the last stretch. */
  leads: readonly HeldOutLead[];
  candidate: JudgedRanker;
  others: readonly JudgedRanker[];
  /** The deal head's raw margins of the candidate, a list a lead. */
  dealMargins: readonly Float32Array[];
  calibration: string;
  reliabilityRows: readonly ReliabilityRow[];
  /** Of the shuffled experiment; null where it cannot be made. */
  shuffled: RecordedDealFigures | null;
}

/** The one report of a model, whoever trained it. The same input gives the same report. */
export function writeReport(input: ReportInput): EvaluationReport {
  const { leads, candidate, others, dealMargins, calibration, reliabilityRows, shuffled, ...said } = input;
  const { seed } = input;
  const byTime = (name: RankerAnswers["name"], scoresOf: (lead: number) => ArrayLike<number> | null) =>
    recordedByTime(name, leads, scoresOf, seed) ?? [];
  const dealsOnly = others.find(({ answers }) => answers.name === "deals_only_trees");
  return {
    version: 2,
    ...said,
    testLeads: leads.length,
    rankers: [candidate, ...others].map((ranker) => rankerFigures(leads, ranker.answers, ranker.threshold, seed)),
    differences: others.map(({ answers }) => differenceOf(leads, candidate.answers, answers, seed)),
    deal: { calibration, ...calibrationFigures(reliabilityRows, leads.length, seed) },
    recordedDeals: [
      byTime("candidate", (lead) => dealMargins[lead]!),
      dealsOnly ? byTime("deals_only_trees", (lead) => dealsOnly.answers.suitability[lead] ?? null) : [],
      shuffled ?? [],
    ].flat(),
    segments: segmentFigures(leads, candidate.answers, candidate.threshold, seed),
  };
}
