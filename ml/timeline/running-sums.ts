/**
 * Sums that can be asked for as of any day: add events in the order of their days, then read what stood before a day.
 * Adding and keeping are linear in the events; reading is a binary search.
 */
export class RunningSums {
  private readonly days: number[] = [];
  private readonly rows: number[] = [];
  private readonly width: number;

  constructor(width: number) {
    this.width = width;
  }

  /** `values` are added to every column; days must not fall. */
  add(day: number, values: ArrayLike<number>): void {
    const last = this.days.length - 1;
    const from = last * this.width;
    if (last >= 0 && this.days[last] === day) {
      for (let c = 0; c < this.width; c++) this.rows[from + c]! += values[c]!;
      return;
    }
    for (let c = 0; c < this.width; c++) this.rows.push((last >= 0 ? this.rows[from + c]! : 0) + values[c]!);
    this.days.push(day);
  }

  /** Adds `scale` times the sums of all events dated before `day` to `into`. */
  addBefore(day: number, into: Float64Array, scale = 1): void {
    const at = lowerBound(this.days, day) - 1;
    if (at < 0) return;
    const from = at * this.width;
    for (let c = 0; c < this.width; c++) into[c]! += scale * this.rows[from + c]!;
  }
}

/** The number of entries of a rising list that are smaller than `value`. */
export function lowerBound(rising: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The number of entries of a rising list that are not larger than `value`. */
export function upperBound(rising: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Share of a rising list that is smaller than `value`, ties counted half; NaN for a missing value or an empty list. */
export function percentileOf(rising: ArrayLike<number>, value: number): number {
  if (rising.length === 0 || Number.isNaN(value)) return Number.NaN;
  const below = lowerBound(rising, value);
  const above = rising[below] === value ? upperBound(rising, value) : below;
  return (below + above) / 2 / rising.length;
}
