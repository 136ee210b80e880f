import type { Feature } from "../features/define-feature.ts";
import { Pair, pairOf, type Scene } from "../features/pair.ts";
import { fillColumns, vectorize } from "../features/vectorize.ts";
import type { DayStanding } from "../timeline.ts";

/** A premises by its place in the day's free list, as one lead and manager see it. */
export interface Place {
  scene: Scene;
  at: number;
}

/** What the premises of one day are, whoever asks: computed when a row first needs it. */
interface DayColumns {
  values: Float32Array;
  known: Uint8Array;
}

/**
 * Rows of the feature matrix for serving: equal to `vectorize` bit for bit, but what hangs on the lead alone is computed
 * once a scene, and what hangs on the premises alone once a day.
 */
export class PlaceRows {
  readonly features: readonly Feature[];
  /** Columns that move with the rent. */
  readonly rentColumns: readonly number[];
  private readonly rentFeatures: readonly Feature[];
  private readonly leadColumns: readonly number[];
  private readonly pairColumns: readonly number[];
  private readonly premisesColumns: readonly number[];
  private readonly premisesFeatures: readonly Feature[];
  private readonly days = new WeakMap<DayStanding, DayColumns>();

  constructor(features: readonly Feature[]) {
    const columnsOf = (scope: Feature["scope"]) =>
      features.flatMap((feature, column) => (feature.scope === scope ? [column] : []));
    this.features = features;
    this.rentColumns = features.flatMap((feature, column) => (feature.monotone === -1 ? [column] : []));
    this.rentFeatures = this.rentColumns.map((column) => features[column]!);
    this.leadColumns = columnsOf("lead");
    this.pairColumns = columnsOf("pair");
    this.premisesColumns = columnsOf("premises");
    this.premisesFeatures = this.premisesColumns.map((column) => features[column]!);
  }

  /** The rows of the places, all of one day. */
  of(places: readonly Place[]): Float32Array {
    const width = this.features.length;
    const matrix = new Float32Array(places.length * width);
    if (places.length === 0) return matrix;
    const pairs = places.map(({ scene, at }) => pairOf(scene, at));
    this.copyLeadColumns(pairs, matrix);
    const { values } = this.dayColumns(places, pairs);
    const count = this.premisesColumns.length;
    for (let row = 0; row < places.length; row++) {
      const from = places[row]!.at * count;
      for (let i = 0; i < count; i++) matrix[row * width + this.premisesColumns[i]!] = values[from + i]!;
    }
    fillColumns(this.features, this.pairColumns, pairs, matrix);
    return matrix;
  }

  /** The columns that move with the rent, and no others, at the pairs' own rents. */
  rentColumnsOf(pairs: readonly Pair[]): Float32Array {
    return vectorize(this.rentFeatures, pairs);
  }

  /** The row of a place at another rent than is asked. */
  atRent(place: Place, rentRubMonth: number): Float32Array {
    const row = this.of([place]);
    const moved = this.rentColumnsOf([pairAtRent(place, rentRubMonth)]);
    for (const [i, column] of this.rentColumns.entries()) row[column] = moved[i]!;
    return row;
  }

  private copyLeadColumns(pairs: readonly Pair[], matrix: Float32Array): void {
    const width = this.features.length;
    const row = new Float32Array(width);
    for (let i = 0; i < pairs.length; i++) {
      if (pairs[i]!.scene !== pairs[i - 1]?.scene) fillColumns(this.features, this.leadColumns, [pairs[i]!], row);
      matrix.set(row, i * width);
    }
  }

  private dayColumns(places: readonly Place[], pairs: readonly Pair[]): DayColumns {
    const { standing } = places[0]!.scene;
    const count = this.premisesColumns.length;
    let day = this.days.get(standing);
    if (!day) {
      day = { values: new Float32Array(standing.free.count * count), known: new Uint8Array(standing.free.count) };
      this.days.set(standing, day);
    }
    const { values, known } = day;
    const fresh = pairs.filter((_, i) => known[places[i]!.at] === 0);
    const computed = vectorize(this.premisesFeatures, fresh);
    let next = 0;
    for (const { at } of places) {
      if (known[at] === 1) continue;
      known[at] = 1;
      values.set(computed.subarray(next * count, (next + 1) * count), at * count);
      next++;
    }
    return day;
  }
}

export function pairAtRent({ scene, at }: Place, rentRubMonth: number): Pair {
  const { premises, sinceDay, openingRentRubMonth } = scene.standing.free;
  return new Pair(scene, premises[at]!, rentRubMonth, sinceDay[at]!, openingRentRubMonth[at]!);
}
