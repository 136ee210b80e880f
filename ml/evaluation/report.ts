import { seededRandom } from "../candidates.ts";
import type { LeadFacts } from "../facts.ts";
import { compare } from "../timeline.ts";
import type { HeldOutList } from "./held-out.ts";
import {
  atCut,
  auc,
  frontier,
  known,
  mean,
  ndcg5,
  type ReliabilityBin,
  reliability,
  type ScoredList,
} from "./metrics.ts";

/** A share with its 95 % interval: bootstrap by lead (Efron 1979), percentiles. null: cannot be told. */
export interface Estimate {
  value: number | null;
  low: number | null;
  high: number | null;
}

export interface RankerFigures {
  name: string;
  aucWithinLead: Estimate;
  keptAtRecall80: number | null;
  keptAtRecall95: number | null;
  keptAt8Of10: number | null;
  ndcg5: number | null;
}

export interface SegmentFigures {
  kind: "trade" | "bank" | "fill" | "manager" | "year";
  name: string;
  leads: number;
  aucWithinLead: number | null;
  losslessShare: number | null;
}

export interface RecordedDealFigures {
  split: "time" | "shuffled_75_25_optimistic";
  deals: number;
  auc: number | null;
  f1: number;
  precision: number;
  recall: number;
}

/** All that is known of a model's worth, on the last stretch of the records that it was not fitted on. Plain JSON. */
export interface EvaluationReport {
  testFromDay: number;
  testLeads: number;
  calibrationFromDay: number;
  /** The candidate first, then the baselines. */
  rankers: RankerFigures[];
  ownThreshold: { threshold: number; kept: Estimate; recall: Estimate; lossless: Estimate };
  deal: {
    aucWithinLead: Estimate;
    logLoss: number | null;
    ece: number | null;
    predictedOverObserved: number | null;
    calibration: string;
    curve: ReliabilityBin[];
  };
  recordedDeals: RecordedDealFigures[];
  segments: SegmentFigures[];
  parity: { ok: boolean; rows: number; maxAbsDiff: number; flipped: number; reasons: string[] };
  rows: { training: number; positives: number; deals: number; columns: number };
  recording: Record<string, number>;
  seconds: Record<string, number>;
}

const RESAMPLES = 200;

/** The figures of one ranker over the test lists. */
export function rankerFigures(name: string, lists: readonly ScoredList[], seed: number): RankerFigures {
  const aucs = lists.flatMap((list) => auc(list.scores, list.suits) ?? []);
  const { keptAtRecall80, keptAtRecall95, keptAt8Of10 } = frontier(lists);
  return {
    name,
    aucWithinLead: estimate(aucs, seed),
    keptAtRecall80: known(keptAtRecall80),
    keptAtRecall95: known(keptAtRecall95),
    keptAt8Of10: known(keptAt8Of10),
    ndcg5: known(mean(lists.flatMap((list) => ndcg5(list) ?? []))),
  };
}

export function atOwnThreshold(lists: readonly ScoredList[], threshold: number, seed: number) {
  const each = lists.map((list) => atCut([list], threshold));
  return {
    threshold,
    kept: estimate(
      each.map((one) => one.kept),
      seed,
    ),
    recall: estimate(
      each.map((one) => one.recall),
      seed,
    ),
    lossless: estimate(
      each.map((one) => one.lossless),
      seed,
    ),
  };
}

/** Mean over leads with its interval; NaN entries say nothing. */
export function estimate(values: readonly number[], seed: number): Estimate {
  const told = values.filter(Number.isFinite);
  if (told.length === 0) return { value: null, low: null, high: null };
  const random = seededRandom(seed);
  const means = Array.from({ length: RESAMPLES }, () => {
    let sum = 0;
    for (let i = 0; i < told.length; i++) sum += told[Math.floor(random() * told.length)]!;
    return sum / told.length;
  }).sort((a, b) => a - b);
  return { value: mean(told), low: means[Math.floor(0.025 * RESAMPLES)]!, high: means[Math.floor(0.975 * RESAMPLES)]! };
}

interface ReportInput {
  seed: number;
  judged: readonly HeldOutList[];
  rankerNames: readonly string[];
  threshold: number;
  testFromDay: number;
  calibrationFromDay: number;
  calibration: string;
  reliabilityRows: { probability: number; happened: boolean; weight: number }[];
  recordedDeals: RecordedDealFigures[];
  parity: EvaluationReport["parity"];
  rows: EvaluationReport["rows"];
  recording: Record<string, number>;
}

export function writeReport(input: ReportInput): EvaluationReport {
  const { judged, seed, threshold } = input;
  const asShares = judged.map(({ lists: [own] }) => ({ ...own!, scores: Array.from(own!.scores, sigmoid) }));
  const { logLoss, ece, predictedOverObserved, curve } = reliability(input.reliabilityRows);
  return {
    testFromDay: input.testFromDay,
    testLeads: judged.length,
    calibrationFromDay: input.calibrationFromDay,
    rankers: input.rankerNames.map((name, i) =>
      rankerFigures(
        name,
        judged.map((list) => list.lists[i]!),
        seed,
      ),
    ),
    ownThreshold: atOwnThreshold(asShares, threshold, seed),
    deal: {
      aucWithinLead: estimate(
        judged.flatMap(({ dealList }) => auc(dealList.scores, dealList.deals) ?? []),
        seed,
      ),
      logLoss: known(logLoss),
      ece: known(ece),
      predictedOverObserved: known(predictedOverObserved),
      calibration: input.calibration,
      curve,
    },
    recordedDeals: input.recordedDeals,
    segments: segmentFigures(judged, threshold),
    parity: input.parity,
    rows: input.rows,
    recording: input.recording,
    seconds: {},
  };
}

/** A segment with fewer leads says nothing. */
const SEGMENT_LEADS_MIN = 8;

function segmentFigures(judged: readonly HeldOutList[], threshold: number): SegmentFigures[] {
  const segments = new Map<string, { kind: SegmentFigures["kind"]; name: string; lists: HeldOutList[] }>();
  const put = (kind: SegmentFigures["kind"], name: string, list: HeldOutList) => {
    const key = `${kind}/${name}`;
    const segment = segments.get(key);
    if (segment) segment.lists.push(list);
    else segments.set(key, { kind, name, lists: [list] });
  };
  for (const list of judged) {
    const { lead, managerId, day } = list.set;
    for (const trade of lead.trades.length > 0 ? lead.trades : ["unknown"]) put("trade", trade, list);
    put("bank", lead.bank ?? "unknown", list);
    put("fill", fillOf(lead), list);
    put("manager", managerId ?? "unknown", list);
    put("year", String(new Date(day * 86_400_000).getUTCFullYear()), list);
  }
  return [...segments.values()]
    .filter(({ lists }) => lists.length >= SEGMENT_LEADS_MIN)
    .map(({ kind, name, lists }) => {
      const own = lists.map((list) => list.lists[0]!);
      const each = own.map((list) => atCut([{ ...list, scores: Array.from(list.scores, sigmoid) }], threshold));
      return {
        kind,
        name,
        leads: lists.length,
        aucWithinLead: known(mean(own.flatMap((list) => auc(list.scores, list.suits) ?? []))),
        losslessShare: known(mean(each.map((one) => one.lossless).filter(Number.isFinite))),
      };
    })
    .sort((a, b) => compare(a.kind, b.kind) || b.leads - a.leads || compare(a.name, b.name));
}

/** How much of its card a lead fills. */
function fillOf(lead: LeadFacts): string {
  const wishes = [lead.areaFromSqm, lead.areaToSqm, lead.budgetRubMonth, lead.networkSize].filter(
    Number.isFinite,
  ).length;
  const filled = wishes + +(lead.bank !== null) + +(lead.districts.length > 0) + +(lead.trades.length > 0);
  return filled <= 2 ? "0-2 of 7" : filled <= 4 ? "3-4 of 7" : "5-7 of 7";
}

function sigmoid(margin: number): number {
  return 1 / (1 + Math.exp(-margin));
}
