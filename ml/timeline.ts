import type { Bank, DistrictFacts, LeadFacts, LeaseFacts, MarketHistory, OfferFacts, PremisesFacts } from "./facts.ts";
import type { BrandHabit } from "./timeline/brand-leases.ts";
import type { FreeSet } from "./timeline/free-premises.ts";
import { atOnce, inSlices } from "./timeline/in-slices.ts";
import { MarketIndex, medianOf } from "./timeline/market-index.ts";
import { monthOf } from "./timeline/order.ts";
import { percentileOf } from "./timeline/running-sums.ts";
import type { Tenant } from "./timeline/section-tenants.ts";
import type { TradeWeights } from "./timeline/trade-lexicon.ts";
import type { Typical } from "./timeline/typical.ts";

/** Where the free premises of one day stand among each other; sorted once a day. */
export interface DayStanding {
  free: FreeSet;
  /** Rising rents per m² and ages of vacancy in days. */
  rentsSqm: Float64Array;
  ages: Float64Array;
  rentSqmMedian: number;
  rentSqmPercentile(rentRubSqmMonth: number): number;
  agePercentile(days: number): number;
}

/**
 * A market's records, indexed once so that every question is answered as of a day: nothing dated on or after the day of
 * the question is looked at, but for what was free that very day. Rows may come in any order.
 */
export class MarketTimeline {
  readonly snapshotDay: number;
  /** By id; `FreeSet.premises` are indexes into it. */
  readonly premises: readonly PremisesFacts[];
  readonly offers: readonly OfferFacts[];
  readonly leases: readonly LeaseFacts[];
  readonly history: MarketHistory;
  readonly leads: ReadonlyMap<string, LeadFacts>;
  readonly districts: ReadonlyMap<string, DistrictFacts>;
  readonly bankOf: ReadonlyMap<string, Bank>;
  private readonly index: MarketIndex;
  private standing: DayStanding | null = null;

  /** Blocks the event loop for seconds where there are very many records: `inSlices` does not. */
  constructor(history: MarketHistory, index: MarketIndex = atOnce(MarketIndex.of(history))) {
    this.index = index;
    this.history = history;
    this.snapshotDay = history.snapshotDay;
    this.premises = index.premises;
    this.offers = index.offers;
    this.leases = index.leases;
    this.leads = index.leads;
    this.bankOf = index.bankOf;
    this.districts = new Map(history.districts.map((district) => [district.name, district]));
  }

  static async inSlices(history: MarketHistory): Promise<MarketTimeline> {
    return new MarketTimeline(history, await inSlices(MarketIndex.of(history)));
  }

  /** The lead as it was known on `day`, without what it was asked on that day or later; undefined: the records do not know it. */
  leadOn(leadId: string, day: number): LeadFacts | undefined {
    return this.index.leadOn(leadId, day);
  }

  /** -1 for a premises the records do not know. */
  indexOf(premisesId: string): number {
    return this.index.indexOf(premisesId);
  }

  /** Every premises that was free on `day`: from ≤ day, and no end or end > day; none twice. */
  freeOn(day: number): FreeSet {
    return this.standingOn(day).free;
  }

  /** See `FreePremises.lastFreeDay`. */
  lastFreeDay(premises: number, day: number, back: number): number {
    return this.index.free.lastFreeDay(premises, day, back);
  }

  /** The day's free premises with their standing among each other. The last day asked is kept. */
  standingOn(day: number): DayStanding {
    if (this.standing?.free.day !== day) this.standing = this.standUp(this.index.free.on(day), day);
    return this.standing;
  }

  /** The trades of a lead, or those that its brand hints at by what was known before `day`; empty where nothing is known. */
  tradesOf(lead: Pick<LeadFacts, "trades" | "brand">, day: number): TradeWeights {
    return this.index.lexicon.tradesOf(lead, day);
  }

  /** What such trades usually took, by the months before the month of `day`. */
  typicalOf(trades: TradeWeights, day: number): Typical {
    return this.index.typicals.of(trades, monthOf(day));
  }

  /** Who sat in the section, by leases that began before `day` and had not ended. */
  tenantsOf(section: string | null, day: number): Tenant[] {
    return this.index.tenants.on(section, day);
  }

  brandHabitOf(brand: string | null, day: number): BrandHabit | null {
    return this.index.brands.habitOf(brand, day);
  }

  managerLoad(managerId: string | null, day: number): { offers: number; lately: number } {
    return this.index.records.loadOf(managerId, day);
  }

  /** See `ManagerRecords.leaningOf`. */
  managerLeaning(managerId: string | null, day: number): Float64Array {
    return this.index.records.leaningOf(managerId, day);
  }

  /** The median asking rent per m² on the first day of the month of `day`. */
  rentSqmMedianOf(day: number): number {
    return this.index.rentSqmMedianOf(day);
  }

  /** Share of the offers closed before `day` that were won; 0 where none was. */
  dealShareOn(day: number): number {
    const closed = this.offers.filter((offer) => offer.closedDay < day && offer.outcome !== "open");
    return closed.length === 0 ? 0 : closed.filter((offer) => offer.outcome === "won").length / closed.length;
  }

  /** Rising rents per m² and month that similar leases (district, area) of the three years before `day` paid. */
  similarRents(premises: PremisesFacts, day: number): Float64Array {
    return this.index.similar.paidFor(premises.district, premises.areaSqm, day);
  }

  /** Dismissed on or before `day`. */
  wasDismissed(managerId: string, day: number): boolean {
    return (this.index.managers.get(managerId)?.dismissedDay ?? Number.POSITIVE_INFINITY) <= day;
  }

  private standUp(free: FreeSet, day: number): DayStanding {
    const rentsSqm = new Float64Array(free.count);
    const ages = new Float64Array(free.count);
    for (let i = 0; i < free.count; i++) {
      rentsSqm[i] = free.rentRubMonth[i]! / this.premises[free.premises[i]!]!.areaSqm;
      ages[i] = day - free.sinceDay[i]!;
    }
    const rising = rentsSqm.filter(Number.isFinite).sort();
    ages.sort();
    return {
      free,
      rentsSqm: rising,
      ages,
      rentSqmMedian: medianOf(rising),
      rentSqmPercentile: (rent) => percentileOf(rising, rent),
      agePercentile: (age) => percentileOf(ages, age),
    };
  }
}
