import type { PremisesFacts } from "../facts.ts";
import { RunningSums } from "./running-sums.ts";
import type { TradeWeights } from "./trade-lexicon.ts";

/** What is averaged over the premises that a trade took. */
export const TYPICAL_FACTS = [
  "logArea",
  "logRent",
  "logRentSqm",
  "floor",
  "fitOut",
  "water",
  "sewerage",
  "documents",
  "managed",
  "builtYear",
] as const;
export type TypicalFact = (typeof TYPICAL_FACTS)[number];

/** Means and spreads of what trades took; NaN where nobody has taken anything yet. `weight`: how much evidence. */
export interface Typical {
  weight: number;
  mean: Record<TypicalFact, number>;
  spread: Record<TypicalFact, number>;
}

/** How many observations of the whole market a trade's own evidence is mixed with. */
const PRIOR_WEIGHT = 10;
const WIDTH = TYPICAL_FACTS.length * 3;

export interface Taking {
  /** First day of the month in which it happened: only months before a day's month are read. */
  month: number;
  premises: PremisesFacts;
  rentRubMonth: number;
  trades: TradeWeights;
  weight: number;
}

/** The running typical of each trade: means over what it was offered and rented, months before only, shrunk to the market. */
export class TypicalOfTrades {
  private readonly market = new RunningSums(WIDTH);
  private readonly trades = new Map<string, RunningSums>();
  private readonly row = new Float64Array(WIDTH);

  /** In the order of months. */
  add(taking: Taking): void {
    const values = typicalFactsOf(taking.premises, taking.rentRubMonth);
    fillRow(this.row, values, taking.weight);
    this.market.add(taking.month, this.row);
    for (const [trade, share] of taking.trades) {
      let sums = this.trades.get(trade);
      if (!sums) {
        sums = new RunningSums(WIDTH);
        this.trades.set(trade, sums);
      }
      fillRow(this.row, values, taking.weight * share);
      sums.add(taking.month, this.row);
    }
  }

  /** `month`: first day of the month that asks. */
  of(trades: TradeWeights, month: number): Typical {
    const market = new Float64Array(WIDTH);
    const own = new Float64Array(WIDTH);
    this.market.addBefore(month, market);
    for (const [trade, share] of trades) this.trades.get(trade)?.addBefore(month, own, share);
    const typical: Typical = { weight: own[0]!, mean: emptyFacts(), spread: emptyFacts() };
    TYPICAL_FACTS.forEach((fact, f) => {
      const [w, x, xx] = [own[3 * f]!, own[3 * f + 1]!, own[3 * f + 2]!];
      const [mw, mx, mxx] = [market[3 * f]!, market[3 * f + 1]!, market[3 * f + 2]!];
      if (mw <= 0) return;
      const mean = (x + (PRIOR_WEIGHT * mx) / mw) / (w + PRIOR_WEIGHT);
      const square = (xx + (PRIOR_WEIGHT * mxx) / mw) / (w + PRIOR_WEIGHT);
      typical.mean[fact] = mean;
      typical.spread[fact] = Math.sqrt(Math.max(1e-6, square - mean * mean));
    });
    return typical;
  }
}

function fillRow(row: Float64Array, values: Record<TypicalFact, number>, weight: number): void {
  TYPICAL_FACTS.forEach((fact, f) => {
    const value = values[fact];
    const known = Number.isFinite(value);
    row[3 * f] = known ? weight : 0;
    row[3 * f + 1] = known ? weight * value : 0;
    row[3 * f + 2] = known ? weight * value * value : 0;
  });
}

export function typicalFactsOf(p: PremisesFacts, rentRubMonth: number): Record<TypicalFact, number> {
  return {
    logArea: Math.log(p.areaSqm),
    logRent: Math.log(rentRubMonth),
    logRentSqm: Math.log(rentRubMonth / p.areaSqm),
    floor: p.floor,
    fitOut: p.fitOut,
    water: p.water,
    sewerage: p.sewerage,
    documents: p.documents,
    managed: p.managed,
    builtYear: p.builtYear,
  };
}

function emptyFacts(): Record<TypicalFact, number> {
  return Object.fromEntries(TYPICAL_FACTS.map((fact) => [fact, Number.NaN])) as Record<TypicalFact, number>;
}
