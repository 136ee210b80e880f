import { seededRandom } from "../candidates.ts";

/** A figure with its 95 % interval. null: cannot be told; an interval takes two leads at least. */
export interface Estimate {
  value: number | null;
  low: number | null;
  high: number | null;
}

const RESAMPLES = 500;
const TAIL = 0.025;

/**
 * Leads drawn with replacement, and the percentiles of a figure over the draws (Efron 1979). The lead is the unit, since its
 * premises stand and fall together. Figures that share the resamples are paired: their differences have honest intervals.
 */
export class Resamples {
  readonly leads: number;
  /** How often each lead is in each draw. */
  private readonly draws: Uint16Array[] = [];

  constructor(leads: number, seed: number) {
    this.leads = leads;
    const random = seededRandom(seed);
    for (let draw = 0; draw < RESAMPLES && leads > 1; draw++) {
      const counts = new Uint16Array(leads);
      for (let i = 0; i < leads; i++) counts[Math.floor(random() * leads)]!++;
      this.draws.push(counts);
    }
  }

  /** `figure` of the leads, each counted so often as it was drawn; once each for the value. NaN: cannot be told. */
  estimate(figure: (counts: Uint16Array) => number): Estimate {
    const value = figure(new Uint16Array(this.leads).fill(1));
    if (!Number.isFinite(value)) return { value: null, low: null, high: null };
    const drawn = Float64Array.from(this.draws, figure).filter(Number.isFinite).sort();
    // A figure that most draws cannot tell has no interval.
    if (drawn.length < RESAMPLES / 2) return { value, low: null, high: null };
    return {
      value,
      low: drawn[Math.floor(TAIL * drawn.length)]!,
      high: drawn[Math.ceil((1 - TAIL) * drawn.length) - 1]!,
    };
  }

  /** Mean over the leads of what is 0..1, or of differences of such; those with NaN say nothing. */
  mean(values: ArrayLike<number>): Estimate {
    const { told, leads } = finite(values);
    if (told.length < 2) return { value: told[0] ?? null, low: null, high: null };
    // Where every lead is without loss all draws are, too, and would be certain of what a few leads cannot tell: a mean
    // of shares below this bound gives nothing but ones in less than one of forty samples.
    const bound = TAIL ** (1 / told.length);
    if (told.every((value) => value === 1)) return { value: 1, low: bound, high: 1 };
    if (told.every((value) => value === 0)) return { value: 0, low: 0, high: 1 - bound };
    return this.estimate((counts) => {
      let [sum, weight] = [0, 0];
      for (let i = 0; i < told.length; i++) {
        const count = counts[leads[i]!]!;
        sum += count * told[i]!;
        weight += count;
      }
      return sum / weight;
    });
  }
}

function finite(values: ArrayLike<number>): { told: number[]; leads: number[] } {
  const [told, leads]: [number[], number[]] = [[], []];
  for (let lead = 0; lead < values.length; lead++) {
    if (!Number.isFinite(values[lead]!)) continue;
    told.push(values[lead]!);
    leads.push(lead);
  }
  return { told, leads };
}
