import { setImmediate as turn } from "node:timers/promises";
import { chanceOfDeal } from "../chance-of-deal.ts";
import { type Pair, pairOf } from "../features/pair.ts";
import type { ModelSettings } from "../model-settings.ts";
import type { Session } from "../onnx/session.ts";
import { applyTaste } from "../personalize/apply-taste.ts";
import { PRICE_FACTORS, rentsToTry } from "../price.ts";
import type { ManagerTaste, Verdict } from "../ranked.ts";
import { calibrated } from "../training/calibrate.ts";
import type { TreeWalker } from "../xgboost/walk-trees.ts";
import { type Place, type PlaceRows, pairAtRent } from "./place-rows.ts";
import { tasteFeaturesOf } from "./taste-pull.ts";

/** A place, and how it stands. */
export interface Judged extends Place {
  taste: ManagerTaste | null;
  /** Of the suitability head, taste excluded. */
  margin: number;
  tasteShift: number;
  suitability: number;
  verdict: Verdict;
  probability: number;
  /** Probabilities at `rentsToTry`; empty where it was not asked for. */
  curve: Float64Array;
}

const noCurve = new Float64Array(0);
/** Rows that are scored between two turns of the event loop: some ten milliseconds. */
const ROWS_AT_ONCE = 512;

/** What a judge needs, and what does not move with its bar. */
export interface JudgeParts {
  rows: PlaceRows;
  heads: { suitability: Session; deal: Session };
  settings: ModelSettings;
  walkers: { suitability: TreeWalker; deal: TreeWalker };
}

/** Scores rows in slices, and makes of margins what a manager is told. */
export class Judge implements JudgeParts {
  readonly threshold: number;
  readonly rows: PlaceRows;
  readonly heads: { suitability: Session; deal: Session };
  readonly settings: ModelSettings;
  readonly walkers: { suitability: TreeWalker; deal: TreeWalker };

  constructor({ rows, heads, settings, walkers }: JudgeParts, threshold: number) {
    this.rows = rows;
    this.heads = heads;
    this.settings = settings;
    this.walkers = walkers;
    this.threshold = threshold;
  }

  /** The same judge with another bar. */
  withThreshold(threshold: number): Judge {
    return new Judge(this, threshold);
  }

  /** In the order of the places, all of one day. `withCurves`: of those kept; `onRows` sees each slice's rows in order. */
  async judge(
    places: readonly Place[],
    tasteOf: (index: number) => ManagerTaste | null,
    { withCurves = false, onRows }: { withCurves?: boolean; onRows?: (rows: Float32Array) => void } = {},
  ): Promise<Judged[]> {
    const judged: Judged[] = [];
    const columns = this.rows.features.length;
    for (let from = 0; from < places.length; from += ROWS_AT_ONCE) {
      if (from > 0) await turn();
      const slice = places.slice(from, from + ROWS_AT_ONCE);
      const matrix = this.rows.of(slice);
      onRows?.(matrix);
      const margins = await this.heads.suitability.margins(matrix, slice.length, columns);
      const deals = await this.heads.deal.margins(matrix, slice.length, columns);
      const some = slice.map((place, row) => this.tell(place, tasteOf(from + row), margins[row]!, deals[row]!));
      if (withCurves) this.drawCurves(some, matrix);
      for (const one of some) judged.push(one);
    }
    return judged;
  }

  /** Whether a changed pair would be kept: by the verdict's own rule, its row scored as the verdict's was. */
  keeps(pair: Pair, row: Float32Array, taste: ManagerTaste | null): boolean {
    const margin = this.walkers.suitability.margin(row);
    return sigmoid(margin + this.shiftOf(pair, taste, margin)) >= this.threshold;
  }

  private tell({ scene, at }: Place, taste: ManagerTaste | null, margin: number, dealMargin: number): Judged {
    const tasteShift = taste === null ? 0 : this.shiftOf(pairOf(scene, at), taste, margin);
    const suitability = sigmoid(margin + tasteShift);
    const verdict = suitability >= this.threshold ? "keep" : "remove";
    const probability = this.probability(margin, dealMargin);
    return { scene, at, taste, margin, tasteShift, suitability, verdict, probability, curve: noCurve };
  }

  private shiftOf(pair: Pair, taste: ManagerTaste | null, margin: number): number {
    if (taste === null) return 0;
    return applyTaste(taste, tasteFeaturesOf(pair), { marginAboveThreshold: margin - logit(this.threshold) });
  }

  /** See `chanceOfDeal`. Suitability is that of the asked rent all along a price curve, so that the curve never rises. */
  private probability(margin: number, dealMargin: number): number {
    const { calibration, surelySuitsOdds } = this.settings;
    return chanceOfDeal(calibrated(calibration, dealMargin), margin, surelySuitsOdds);
  }

  /** Probabilities at the tried rents of all kept ones in one batch: only what moves with the rent is computed anew. */
  private drawCurves(judged: readonly Judged[], matrix: Float32Array): void {
    const kept = judged.flatMap((one, row) => {
      const rents = one.verdict === "keep" ? rentsToTry(one.scene.standing.free.rentRubMonth[one.at]!) : [];
      return rents.length > 0 ? [{ one, row, rents }] : [];
    });
    const columns = this.rows.features.length;
    const rows = new Float32Array(kept.length * columns);
    for (const [i, { row }] of kept.entries())
      rows.set(matrix.subarray(row * columns, (row + 1) * columns), i * columns);
    const moved = this.rows.rentColumnsOf(kept.flatMap(({ one, rents }) => rents.map((rent) => pairAtRent(one, rent))));
    const points = PRICE_FACTORS.length;
    const margins = this.walkers.deal.marginsAlong(rows, kept.length, moved, points);
    for (const [i, { one }] of kept.entries())
      one.curve = Float64Array.from({ length: points }, (_, point) =>
        this.probability(one.margin, margins[i * points + point]!),
      );
  }
}

function sigmoid(margin: number): number {
  return 1 / (1 + Math.exp(-margin));
}

export function logit(probability: number): number {
  return Math.log(probability / (1 - probability));
}
