import { lowerBound } from "./running-sums.ts";

interface Paid {
  logArea: number;
  startDay: number;
  rentSqm: number;
}

/** Leases of three years are still a guide to rents. */
const YEARS_BACK = 3;
/** Within this factor in area a lease is similar. */
const AREA_FACTOR = 1.5;
/** Nearest in area first; more would add nothing to a median. */
const SIMILAR_MAX = 200;

/** What leases paid per m² and month, by district and area. */
export class SimilarLeases {
  private readonly districts = new Map<string | null, { areas: Float64Array; paid: Paid[] }>();

  constructor(leases: readonly (Paid & { district: string | null })[]) {
    const known = leases.filter((lease) => Number.isFinite(lease.logArea) && Number.isFinite(lease.rentSqm));
    for (const [district, paid] of Map.groupBy(known, (lease) => lease.district)) {
      paid.sort((a, b) => a.logArea - b.logArea || a.startDay - b.startDay || a.rentSqm - b.rentSqm);
      this.districts.set(district, { areas: Float64Array.from(paid, (lease) => lease.logArea), paid });
    }
  }

  /** Rising rents per m² of similar leases that began in the three years before `day`. */
  paidFor(district: string | null, areaSqm: number, day: number): Float64Array {
    const found = this.districts.get(district);
    if (!found || !Number.isFinite(areaSqm)) return new Float64Array(0);
    const wanted = Math.log(areaSqm);
    const reach = Math.log(AREA_FACTOR);
    const rents: number[] = [];
    let up = lowerBound(found.areas, wanted);
    let down = up - 1;
    while (rents.length < SIMILAR_MAX) {
      const above = up < found.areas.length ? found.areas[up]! - wanted : Number.POSITIVE_INFINITY;
      const below = down >= 0 ? wanted - found.areas[down]! : Number.POSITIVE_INFINITY;
      if (Math.min(above, below) > reach) break;
      const lease = found.paid[above <= below ? up++ : down--]!;
      if (lease.startDay < day && lease.startDay >= day - YEARS_BACK * 365.25) rents.push(lease.rentSqm);
    }
    return Float64Array.from(rents).sort();
  }
}
