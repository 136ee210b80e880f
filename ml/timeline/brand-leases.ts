/** What one brand took before: means of logs over its leases. */
export interface BrandHabit {
  leases: number;
  meanLogArea: number;
  meanLogRentSqm: number;
  districts: ReadonlySet<string>;
  sections: ReadonlySet<string>;
}

interface BrandLease {
  day: number;
  premises: number;
  areaSqm: number;
  rentRubMonth: number;
  district: string | null;
  section: string | null;
}

/** A brand's other leases, found by its name as the card or accounting writes it. */
export class BrandLeases {
  private readonly brands = new Map<string, BrandLease[]>();

  add(brand: string, lease: BrandLease): void {
    const key = brandKey(brand);
    const leases = this.brands.get(key);
    if (leases) leases.push(lease);
    else this.brands.set(key, [lease]);
  }

  /** null without a brand or without a lease that began before `day`. */
  habitOf(brand: string | null, day: number): BrandHabit | null {
    const before = brand === null ? [] : (this.brands.get(brandKey(brand)) ?? []).filter((lease) => lease.day < day);
    if (before.length === 0) return null;
    return {
      leases: before.length,
      meanLogArea: mean(before.map((lease) => Math.log(lease.areaSqm))),
      meanLogRentSqm: mean(before.map((lease) => Math.log(lease.rentRubMonth / lease.areaSqm))),
      districts: new Set(before.flatMap((lease) => lease.district ?? [])),
      sections: new Set(before.flatMap((lease) => lease.section ?? [])),
    };
  }
}

function brandKey(brand: string): string {
  return brand
    .toLowerCase()
    .replace(/[\s"'«»-]+/gu, " ")
    .trim();
}

function mean(values: number[]): number {
  const known = values.filter(Number.isFinite);
  return known.length === 0 ? Number.NaN : known.reduce((a, b) => a + b, 0) / known.length;
}
