import { compare } from "../timeline/order.ts";
import type { MarketTimeline } from "../timeline.ts";

/** The classes that have a column of their own; learnt at training, stored in the artifact. An unseen class has none. */
export interface Vocabulary {
  trades: string[];
  districts: string[];
  managers: string[];
}

const TRADES_MAX = 48;
const DISTRICTS_MAX = 24;
const MANAGERS_MAX = 32;
/** A class with fewer rows teaches noise. */
const SEEN_MIN = 20;

/** The most frequent classes among the offers and leases, each in alphabetical order. Dismissed managers have no column. */
export function learnVocabulary(timeline: MarketTimeline): Vocabulary {
  const leads = [...timeline.leads.values()];
  const active = timeline.offers.flatMap(({ managerId }) =>
    managerId !== null && !timeline.wasDismissed(managerId, timeline.snapshotDay) ? [managerId] : [],
  );
  return {
    trades: frequent(
      leads.flatMap((lead) => lead.trades),
      TRADES_MAX,
    ),
    districts: frequent(
      timeline.premises.flatMap((p) => p.district ?? []),
      DISTRICTS_MAX,
      1,
    ),
    managers: frequent(active, MANAGERS_MAX),
  };
}

function frequent(values: string[], max: number, min = SEEN_MIN): string[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count >= min)
    .sort(([a, x], [b, y]) => y - x || compare(a, b))
    .slice(0, max)
    .map(([value]) => value)
    .sort(compare);
}
