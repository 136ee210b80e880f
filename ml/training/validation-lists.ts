import { auc } from "../evaluation/metrics.ts";
import { pairOf, Scene } from "../features/pair.ts";
import { vectorize } from "../features/vectorize.ts";
import { predictMargins } from "../xgboost/booster.ts";
import type { Xgboost } from "../xgboost/library.ts";
import type { TrainingMaterial } from "./material.ts";

/** Lists of the validation stretch that are looked at whole: more cost time and tell little more. */
const LISTS_MAX = 400;

/** Whole free lists of the leads of the validation stretch, with their rows; the same for every trial. */
export class ValidationLists {
  count = 0;
  private columns = 0;
  private matrix: Float32Array = new Float32Array(0);
  private readonly lists: { free: number; suits: number[] }[] = [];

  takeFrom({ split, timeline, features, heldOut }: TrainingMaterial): void {
    if (this.count > 0) return;
    this.columns = features.length;
    const sets = heldOut.filter(({ day }) => day < split.testFromDay).slice(-LISTS_MAX);
    const pairs = sets.flatMap((set) => {
      const scene = new Scene(timeline, set.lead, set.managerId, set.day);
      const free = scene.standing.free.count;
      this.lists.push({ free, suits: set.candidates.flatMap(({ at, suitable }) => (suitable ? [at] : [])) });
      return Array.from({ length: free }, (_, at) => pairOf(scene, at));
    });
    this.matrix = vectorize(features, pairs);
    this.count = sets.length;
  }

  /** Within each lead, where both kinds are there. `columns`: those that the booster knows; all by default. */
  aucs(booster: Uint8Array, library: Xgboost, columns?: readonly number[]): number[] {
    const rows = this.matrix.length / this.columns;
    const matrix = columns ? takeColumns(this.matrix, this.columns, columns) : this.matrix;
    const margins = predictMargins(booster, matrix, rows, matrix.length / rows, library);
    let row = 0;
    return this.lists
      .map(({ free, suits }) => {
        row += free;
        return auc(margins.subarray(row - free, row), suits);
      })
      .filter(Number.isFinite);
  }
}

/** The rows of a matrix of `width` columns, with these columns only. */
export function takeColumns(matrix: Float32Array, width: number, columns: readonly number[]): Float32Array {
  const rows = matrix.length / width;
  const taken = new Float32Array(rows * columns.length);
  for (let row = 0; row < rows; row++)
    for (let i = 0; i < columns.length; i++) taken[row * columns.length + i] = matrix[row * width + columns[i]!]!;
  return taken;
}
