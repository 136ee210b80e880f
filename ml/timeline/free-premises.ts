import type { VacancyFacts } from "../facts.ts";
import { lowerBound } from "./running-sums.ts";

/** What was free on one day, in the order of the timeline's premises. Parallel columns, because there may be 100,000. */
export interface FreeSet {
  day: number;
  count: number;
  /** Index into `timeline.premises`. */
  premises: Int32Array;
  /** That day's asking rent; NaN where the record has none. */
  rentRubMonth: Float64Array;
  /** First day of the unbroken chain of vacancies that this day belongs to. */
  sinceDay: Float64Array;
  /** The asking rent with which that chain began. */
  openingRentRubMonth: Float64Array;
}

/** Days in one bucket: a query reads the bucket's vacancies and no others. */
const BUCKET_DAYS = 32;

/**
 * Answers "what was free on day D" by the rule: from ≤ D, and (no end or end > D). Two vacancies of one premises that
 * overlap count once, the later one. Built in time linear in the vacancies and in the buckets they span.
 */
export class FreePremises {
  readonly firstDay: number;
  readonly lastDay: number;
  private readonly premises: Int32Array;
  private readonly from: Float64Array;
  private readonly to: Float64Array;
  private readonly rent: Float64Array;
  private readonly since: Float64Array;
  private readonly opening: Float64Array;
  private readonly bucketStarts: Int32Array;
  private readonly bucketItems: Int32Array;

  constructor(vacancies: readonly VacancyFacts[], indexOf: ReadonlyMap<string, number>, snapshotDay: number) {
    const known = vacancies
      .map((v) => ({ v, p: indexOf.get(v.premisesId) ?? -1 }))
      .filter(({ v, p }) => p >= 0 && v.fromDay <= snapshotDay && v.toDay > v.fromDay)
      .sort((a, b) => a.p - b.p || a.v.fromDay - b.v.fromDay || a.v.toDay - b.v.toDay);
    const n = known.length;
    this.premises = new Int32Array(n);
    this.from = new Float64Array(n);
    this.to = new Float64Array(n);
    this.rent = new Float64Array(n);
    this.since = new Float64Array(n);
    this.opening = new Float64Array(n);
    let firstDay = Number.POSITIVE_INFINITY;
    for (let i = 0; i < n; i++) {
      const { v, p } = known[i]!;
      this.premises[i] = p;
      this.from[i] = v.fromDay;
      this.to[i] = v.toDay;
      this.rent[i] = v.rentRubMonth;
      // A price cut closes a span and opens the next on the same day: it is one stay on the market.
      const chained = i > 0 && this.premises[i - 1] === p && this.to[i - 1]! >= v.fromDay;
      this.since[i] = chained ? this.since[i - 1]! : v.fromDay;
      this.opening[i] = chained ? this.opening[i - 1]! : v.rentRubMonth;
      if (v.fromDay < firstDay) firstDay = v.fromDay;
    }
    this.firstDay = firstDay;
    this.lastDay = snapshotDay;

    const buckets = n === 0 ? 0 : this.bucketOf(snapshotDay) + 1;
    this.bucketStarts = new Int32Array(buckets + 1);
    for (let i = 0; i < n; i++)
      for (let b = this.bucketOf(this.from[i]!); b <= this.lastBucket(i); b++) this.bucketStarts[b + 1]!++;
    for (let b = 0; b < buckets; b++) this.bucketStarts[b + 1]! += this.bucketStarts[b]!;
    this.bucketItems = new Int32Array(this.bucketStarts[buckets] ?? 0);
    const fill = this.bucketStarts.slice();
    for (let i = 0; i < n; i++)
      for (let b = this.bucketOf(this.from[i]!); b <= this.lastBucket(i); b++) this.bucketItems[fill[b]!++] = i;
  }

  private bucketOf(day: number): number {
    return Math.floor((day - this.firstDay) / BUCKET_DAYS);
  }

  private lastBucket(i: number): number {
    return this.bucketOf(Math.min(this.to[i]! - 1, this.lastDay));
  }

  /** That day's asking rent of one premises; NaN where it was not free or its record has no rent. */
  rentOf(premises: number, day: number): number {
    for (let i = lowerBound(this.premises, premises + 1) - 1; i >= 0 && this.premises[i] === premises; i--)
      if (this.from[i]! <= day && this.to[i]! > day) return this.rent[i]!;
    return Number.NaN;
  }

  /** `day` itself if the premises was free then, else the last day before it on which it was; NaN if that is over `back` days ago. */
  lastFreeDay(premises: number, day: number, back: number): number {
    let last = Number.NaN;
    for (let i = lowerBound(this.premises, premises); i < this.premises.length && this.premises[i] === premises; i++)
      if (this.from[i]! <= day) last = Math.max(Number.isNaN(last) ? -Infinity : last, Math.min(day, this.to[i]! - 1));
    return last >= day - back ? last : Number.NaN;
  }

  /** Days after the snapshot are answered with what was free on the snapshot day: nobody said that it changed. */
  on(day: number): FreeSet {
    const chosen: number[] = [];
    const bucket = this.bucketOf(Math.min(day, this.lastDay));
    if (bucket >= 0 && bucket + 1 < this.bucketStarts.length) {
      for (let k = this.bucketStarts[bucket]!; k < this.bucketStarts[bucket + 1]!; k++) {
        const i = this.bucketItems[k]!;
        if (this.from[i]! > day || this.to[i]! <= day) continue;
        const previous = chosen.length - 1;
        if (previous >= 0 && this.premises[chosen[previous]!] === this.premises[i]) chosen[previous] = i;
        else chosen.push(i);
      }
    }
    const pick = (column: Float64Array) => Float64Array.from(chosen, (i) => column[i]!);
    return {
      day,
      count: chosen.length,
      premises: Int32Array.from(chosen, (i) => this.premises[i]!),
      rentRubMonth: pick(this.rent),
      sinceDay: pick(this.since),
      openingRentRubMonth: pick(this.opening),
    };
  }
}
