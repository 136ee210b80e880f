import type { LeadFacts } from "../facts.ts";
import { compare } from "../timeline/order.ts";
import { type Estimate, Resamples } from "./bootstrap.ts";
import type { HeldOutLead, RankerAnswers } from "./held-out.ts";
import type { ScoredList } from "./metrics.ts";
import { aucsOf, cutFigures } from "./ranker-figures.ts";

export type SegmentKind = "trade" | "bank" | "fill" | "manager" | "year";

/** The figures of a part of the held-out leads, at the model's own threshold. A lead with two trades is in both. */
export interface SegmentFigures {
  kind: SegmentKind;
  /** null: the card does not say. */
  name: string | null;
  leads: number;
  /** Too few to lean on. */
  small: boolean;
  aucWithinLead: Estimate;
  kept: Estimate;
  recall: Estimate;
  lossless: Estimate;
}

const SMALL_LEADS = 30;
/** A segment with fewer leads says nothing. */
const LEADS_MIN = 5;

export function segmentFigures(
  leads: readonly HeldOutLead[],
  { suitability }: RankerAnswers,
  threshold: number,
  seed: number,
): SegmentFigures[] {
  const segments = new Map<string, { kind: SegmentKind; name: string | null; lists: ScoredList[] }>();
  for (const [i, { set, suits, deals }] of leads.entries()) {
    const scores = suitability[i];
    if (!scores) continue;
    for (const [kind, name] of segmentsOf(set)) {
      const key = `${kind}/${name}`;
      const segment = segments.get(key) ?? { kind, name, lists: [] };
      segment.lists.push({ scores, suits, deals });
      segments.set(key, segment);
    }
  }
  return [...segments.values()]
    .filter(({ lists }) => lists.length >= LEADS_MIN)
    .map(({ kind, name, lists }): SegmentFigures => {
      const resamples = new Resamples(lists.length, seed);
      const { kept, recall, lossless } = cutFigures(lists, threshold, resamples);
      const aucWithinLead = resamples.mean(aucsOf(lists));
      return {
        kind,
        name,
        leads: lists.length,
        small: lists.length < SMALL_LEADS,
        aucWithinLead,
        kept,
        recall,
        lossless,
      };
    })
    .sort((a, b) => compare(a.kind, b.kind) || b.leads - a.leads || compare(a.name ?? "", b.name ?? ""));
}

function segmentsOf({ lead, managerId, day }: HeldOutLead["set"]): [SegmentKind, string | null][] {
  const trades = lead.trades.length > 0 ? [...new Set(lead.trades)] : [null];
  return [
    ...trades.map((trade): [SegmentKind, string | null] => ["trade", trade]),
    ["bank", lead.bank],
    ["fill", fillOf(lead)],
    ["manager", managerId],
    ["year", String(new Date(day * 86_400_000).getUTCFullYear())],
  ];
}

/** How many of its seven wishes a card names. */
function fillOf(lead: LeadFacts): string {
  const wishes = [lead.areaFromSqm, lead.areaToSqm, lead.budgetRubMonth, lead.networkSize].filter(Number.isFinite);
  const filled = wishes.length + +(lead.bank !== null) + +(lead.districts.length > 0) + +(lead.trades.length > 0);
  return filled <= 2 ? "0-2" : filled <= 4 ? "3-4" : "5-7";
}
