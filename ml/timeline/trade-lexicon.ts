import type { LeadFacts } from "../facts.ts";
import { lowerBound } from "./running-sums.ts";

/** How much a lead is of a trade: 1 where its card says so, the learnt share where only its name hints at it. */
export type TradeWeights = ReadonlyMap<string, number>;

/** A word must have been seen with a trade this often before it says anything. */
const SEEN_MIN = 3;
/** Below this share a word is no hint ("north" stands before every trade). */
const SHARE_MIN = 0.2;

/**
 * Words of brands and tenants, and the trades they came with. Two cards of five have no trade, yet most signs say it:
 * "Vilka-bakery-12". Learnt from the cards that have both, each as of its own day.
 */
export class TradeLexicon {
  private readonly words = new Map<string, { days: number[]; trades: Map<string, number[]> }>();

  /** A card that has both, in the order of days. */
  add({ day, name, trades }: { day: number; name: string; trades: readonly string[] }): void {
    for (const word of wordsOf(name)) {
      let seen = this.words.get(word);
      if (!seen) {
        seen = { days: [], trades: new Map() };
        this.words.set(word, seen);
      }
      seen.days.push(day);
      for (const trade of trades) {
        const days = seen.trades.get(trade);
        if (days) days.push(day);
        else seen.trades.set(trade, [day]);
      }
    }
  }

  /** Trades which the name hints at, by what was known before `day`; empty where it hints at none. */
  impliedBy(name: string | null, day: number): TradeWeights {
    const implied = new Map<string, number>();
    if (name === null) return implied;
    for (const word of wordsOf(name)) {
      const seen = this.words.get(word);
      if (!seen) continue;
      const times = lowerBound(seen.days, day);
      for (const [trade, days] of seen.trades) {
        const together = lowerBound(days, day);
        const share = together / (times + 1);
        if (together >= SEEN_MIN && share >= SHARE_MIN) implied.set(trade, Math.max(share, implied.get(trade) ?? 0));
      }
    }
    return implied;
  }

  /** The trades of a lead: its card's word, else what its brand hints at. */
  tradesOf(lead: Pick<LeadFacts, "trades" | "brand">, day: number): TradeWeights {
    return lead.trades.length > 0 ? new Map(lead.trades.map((t) => [t, 1])) : this.impliedBy(lead.brand, day);
  }
}

/** Lower-case words of three letters or more, each once. */
export function wordsOf(name: string): Set<string> {
  return new Set(name.toLowerCase().match(/\p{L}{3,}/gu) ?? []);
}
