import { type Estimate, Resamples } from "./bootstrap.ts";

/** An offered premises: what was said of it and what came. `weight`: how many true cases it stands for. */
export interface ReliabilityRow {
  lead: number;
  probability: number;
  happened: boolean;
  weight: number;
}

/** A point of the reliability curve. */
export interface ReliabilityPoint {
  /** Rows in it. */
  n: number;
  /** Mean of what was said, and the share of what came. */
  predicted: number;
  observed: Estimate;
}

export interface CalibrationFigures {
  n: number;
  logLoss: Estimate;
  /** Mean gap between what was said and what came, over the points by their weight. */
  ece: Estimate;
  predictedOverObserved: Estimate;
  curve: ReliabilityPoint[];
}

const POINTS = 10;

/** Weighted figures of probabilities over ten points of equal weight; intervals by lead. `leads`: how many there are. */
export function calibrationFigures(rows: readonly ReliabilityRow[], leads: number, seed: number): CalibrationFigures {
  const resamples = new Resamples(leads, seed);
  const points = binned(rows);
  const sums = points.map((point) => new PointSums(point));
  return {
    n: rows.length,
    logLoss: resamples.estimate((counts) => {
      let [loss, weight] = [0, 0];
      for (const row of rows) {
        const counted = counts[row.lead]! * row.weight;
        loss += counted * lossOf(row);
        weight += counted;
      }
      return loss / weight;
    }),
    ece: resamples.estimate((counts) => {
      let [gap, weight] = [0, 0];
      for (const sum of sums) {
        const [said, came, counted] = sum.of(counts);
        gap += Math.abs(said - came);
        weight += counted;
      }
      return gap / weight;
    }),
    predictedOverObserved: resamples.estimate((counts) => {
      let [said, came] = [0, 0];
      for (const sum of sums) {
        const [saidHere, cameHere] = sum.of(counts);
        said += saidHere;
        came += cameHere;
      }
      return said / came;
    }),
    curve: points.map((point, i) => {
      const [said, , weight] = sums[i]!.of(new Uint8Array(leads).fill(1));
      const observed = resamples.estimate((counts) => {
        const [, came, counted] = sums[i]!.of(counts);
        return came / counted;
      });
      return { n: point.length, predicted: said / weight, observed: notCertain(observed, point.length) };
    }),
  };
}

function binned(rows: readonly ReliabilityRow[]): ReliabilityRow[][] {
  const total = rows.reduce((sum, row) => sum + row.weight, 0);
  const bins: ReliabilityRow[][] = Array.from({ length: POINTS }, () => []);
  let passed = 0;
  for (const row of rows.toSorted((a, b) => a.probability - b.probability)) {
    bins[Math.min(POINTS - 1, Math.floor((POINTS * passed) / total))]!.push(row);
    passed += row.weight;
  }
  return bins.filter((bin) => bin.length > 0);
}

/** What was said, what came and their weight, when each lead is counted so and so often. */
class PointSums {
  private readonly rows: readonly ReliabilityRow[];
  constructor(rows: readonly ReliabilityRow[]) {
    this.rows = rows;
  }

  of(counts: ArrayLike<number>): [said: number, came: number, weight: number] {
    let [said, came, weight] = [0, 0, 0];
    for (const row of this.rows) {
      const counted = counts[row.lead]! * row.weight;
      said += counted * row.probability;
      came += counted * +row.happened;
      weight += counted;
    }
    return [said, came, weight];
  }
}

/** Where no offer of a point became a deal, neither did any in a draw: the bound is that of `n` failures in a row. */
function notCertain(observed: Estimate, n: number): Estimate {
  return observed.value === 0 ? { value: 0, low: 0, high: 1 - 0.025 ** (1 / n) } : observed;
}

function lossOf({ probability, happened }: ReliabilityRow): number {
  const p = Math.min(1 - 1e-9, Math.max(1e-9, probability));
  return -Math.log(happened ? p : 1 - p);
}
