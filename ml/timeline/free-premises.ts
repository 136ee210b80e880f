import type { VacancyFacts } from "../facts.ts";
import { forEach, type Slices } from "./in-slices.ts";
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
  private firstDay = Number.POSITIVE_INFINITY;
  private readonly lastDay: number;
  private readonly premises: Int32Array;
  private readonly from: Float64Array;
  private readonly to: Float64Array;
  private readonly rent: Float64Array;
  private readonly since: Float64Array;
  private readonly opening: Float64Array;
  private bucketStarts = new Int32Array(1);
  private bucketItems = new Int32Array(0);

  private constructor(rows: number, snapshotDay: number) {
    this.lastDay = snapshotDay;
    this.premises = new Int32Array(rows);
    this.from = new Float64Array(rows);
    this.to = new Float64Array(rows);
    this.rent = new Float64Array(rows);
    this.since = new Float64Array(rows);
    this.opening = new Float64Array(rows);
  }

  static *of(
    vacancies: readonly VacancyFacts[],
    indexOf: ReadonlyMap<string, number>,
    snapshotDay: number,
  ): Slices<FreePremises> {
    const ofPremises: VacancyFacts[][] = Array.from({ length: indexOf.size }, () => []);
    let rows = 0;
    yield* forEach(vacancies, (vacancy) => {
      const { premisesId, fromDay, toDay } = vacancy;
      const premises = indexOf.get(premisesId);
      if (premises === undefined || !(fromDay <= snapshotDay && toDay > fromDay)) return;
      ofPremises[premises]!.push(vacancy);
      rows++;
    });
    const free = new FreePremises(rows, snapshotDay);
    let next = 0;
    yield* forEach(ofPremises.entries(), ([premises, spans]) => {
      spans.sort((a, b) => a.fromDay - b.fromDay || a.toDay - b.toDay);
      for (const span of spans) free.put(next++, premises, span);
    });
    yield* free.fillBuckets();
    return free;
  }

  private put(i: number, premises: number, { fromDay, toDay, rentRubMonth }: VacancyFacts): void {
    // A price cut closes a span and opens the next on the same day: it is one stay on the market.
    const chained = i > 0 && this.premises[i - 1] === premises && this.to[i - 1]! >= fromDay;
    this.premises[i] = premises;
    this.from[i] = fromDay;
    this.to[i] = toDay;
    this.rent[i] = rentRubMonth;
    this.since[i] = chained ? this.since[i - 1]! : fromDay;
    this.opening[i] = chained ? this.opening[i - 1]! : rentRubMonth;
    if (fromDay < this.firstDay) this.firstDay = fromDay;
  }

  private *fillBuckets(): Slices<void> {
    const rows = this.premises.length;
    const buckets = rows === 0 ? 0 : this.bucketOf(this.lastDay) + 1;
    this.bucketStarts = new Int32Array(buckets + 1);
    yield* forEach(this.premises.keys(), (i) => {
      for (let b = this.bucketOf(this.from[i]!); b <= this.lastBucket(i); b++) this.bucketStarts[b + 1]!++;
    });
    for (let b = 0; b < buckets; b++) this.bucketStarts[b + 1]! += this.bucketStarts[b]!;
    this.bucketItems = new Int32Array(this.bucketStarts[buckets] ?? 0);
    const fill = this.bucketStarts.slice();
    yield* forEach(this.premises.keys(), (i) => {
      for (let b = this.bucketOf(this.from[i]!); b <= this.lastBucket(i); b++) this.bucketItems[fill[b]!++] = i;
    });
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
    const spans = this.spansOn(day);
    const count = spans.length;
    const set: FreeSet = {
      day,
      count,
      premises: new Int32Array(count),
      rentRubMonth: new Float64Array(count),
      sinceDay: new Float64Array(count),
      openingRentRubMonth: new Float64Array(count),
    };
    for (let at = 0; at < count; at++) {
      const i = spans[at]!;
      set.premises[at] = this.premises[i]!;
      set.rentRubMonth[at] = this.rent[i]!;
      set.sinceDay[at] = this.since[i]!;
      set.openingRentRubMonth[at] = this.opening[i]!;
    }
    return set;
  }

  private spansOn(day: number): number[] {
    const spans: number[] = [];
    const bucket = this.bucketOf(Math.min(day, this.lastDay));
    if (bucket < 0 || bucket + 1 >= this.bucketStarts.length) return spans;
    for (let k = this.bucketStarts[bucket]!; k < this.bucketStarts[bucket + 1]!; k++) {
      const i = this.bucketItems[k]!;
      if (this.from[i]! > day || this.to[i]! <= day) continue;
      const previous = spans.length - 1;
      if (previous >= 0 && this.premises[spans[previous]!] === this.premises[i]) spans[previous] = i;
      else spans.push(i);
    }
    return spans;
  }
}
