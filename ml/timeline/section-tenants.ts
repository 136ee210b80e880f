import type { TradeWeights } from "./trade-lexicon.ts";

/** Someone who rents in a section. */
export interface Tenant {
  premises: number;
  startDay: number;
  endDay: number;
  trades: TradeWeights;
  areaSqm: number;
}

/** Who sits in each section on a day, by the leases of that day. */
export class SectionTenants {
  private readonly sections = new Map<string, Tenant[]>();

  add(section: string, tenant: Tenant): void {
    const tenants = this.sections.get(section);
    if (tenants) tenants.push(tenant);
    else this.sections.set(section, [tenant]);
  }

  /** A lease that begins on `day` itself is not seen yet: it may be the very deal that is being judged. */
  on(section: string | null, day: number): Tenant[] {
    if (section === null) return [];
    return (this.sections.get(section) ?? []).filter((tenant) => tenant.startDay < day && tenant.endDay > day);
  }
}
