import { lowerBound } from "./running-sums.ts";

interface Paid {
  logArea: number;
  startDay: number;
  rentSqm: number;
}

/** Which leases of a district are similar on a day; whoever lists them one by one asks the same. */
export const similarity = {
  /** Begun before the day, and not longer ago: leases of three years are still a guide to rents. */
  daysBack: 3 * 365.25,
  /** Within this factor in area. */
  areaFactor: 1.5,
  /** Nearest in area first; more would add nothing to a median. */
  most: 200,
} as const;

/** What leases paid per m² and month, by district and area. */
export class SimilarLeases {
  private readonly districts = new Map<string | null, Paid[]>();
  /** Those that were asked about, by rising area. */
  private readonly sorted = new Map<string | null, { areas: Float64Array; paid: Paid[] }>();

  /** All of them before the first question. */
  add(district: string | null, lease: Paid): void {
    if (!Number.isFinite(lease.logArea) || !Number.isFinite(lease.rentSqm)) return;
    const paid = this.districts.get(district);
    if (paid) paid.push(lease);
    else this.districts.set(district, [lease]);
  }

  /** Rising rents per m² of similar leases that began in the three years before `day`. */
  paidFor(district: string | null, areaSqm: number, day: number): Float64Array {
    const found = this.sortedOf(district);
    if (!found || !Number.isFinite(areaSqm)) return new Float64Array(0);
    const wanted = Math.log(areaSqm);
    const reach = Math.log(similarity.areaFactor);
    const rents: number[] = [];
    let up = lowerBound(found.areas, wanted);
    let down = up - 1;
    while (rents.length < similarity.most) {
      const above = up < found.areas.length ? found.areas[up]! - wanted : Number.POSITIVE_INFINITY;
      const below = down >= 0 ? wanted - found.areas[down]! : Number.POSITIVE_INFINITY;
      if (Math.min(above, below) > reach) break;
      const lease = found.paid[above <= below ? up++ : down--]!;
      if (lease.startDay < day && lease.startDay >= day - similarity.daysBack) rents.push(lease.rentSqm);
    }
    return Float64Array.from(rents).sort();
  }

  private sortedOf(district: string | null): { areas: Float64Array; paid: Paid[] } | undefined {
    const paid = this.districts.get(district);
    let found = this.sorted.get(district);
    if (paid && !found) {
      paid.sort((a, b) => a.logArea - b.logArea || a.startDay - b.startDay || a.rentSqm - b.rentSqm);
      found = { areas: Float64Array.from(paid, (lease) => lease.logArea), paid };
      this.sorted.set(district, found);
    }
    return found;
  }
}
