import type {
  Bank,
  DistrictFacts,
  LeadFacts,
  LeaseFacts,
  ManagerFacts,
  MarketHistory,
  OfferFacts,
  PastLeadFacts,
  PremisesFacts,
} from "./facts.ts";
import { type BrandHabit, BrandLeases } from "./timeline/brand-leases.ts";
import { FreePremises, type FreeSet } from "./timeline/free-premises.ts";
import { ManagerRecords } from "./timeline/manager-record.ts";
import { traitsOf, wishedBank } from "./timeline/pair-traits.ts";
import { percentileOf } from "./timeline/running-sums.ts";
import { SectionTenants, type Tenant } from "./timeline/section-tenants.ts";
import { SimilarLeases } from "./timeline/similar-leases.ts";
import { TradeLexicon, type TradeWeights } from "./timeline/trade-lexicon.ts";
import { type Taking, type Typical, TypicalOfTrades } from "./timeline/typical.ts";

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

/** What a success adds to an offer in the typical of a trade: a rented premises weighs 3 in all, an offered one 1. */
const SUCCESS_WEIGHT = 2;
const OFFER_WEIGHT = 1;
/** A premises that is taken leaves the market some time before the deal is recorded. */
export const TAKEN_DAYS_BACK = 120;
/** A lease and a won offer of one premises that lie this near are one success. */
const SAME_SUCCESS_DAYS = 120;

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
  private readonly indexes = new Map<string, number>();
  private readonly leadsBefore: ReadonlyMap<string | null, PastLeadFacts[]>;
  private readonly managers: ReadonlyMap<string, ManagerFacts>;
  private readonly free: FreePremises;
  private readonly lexicon: TradeLexicon;
  private readonly typicals: TypicalOfTrades;
  private readonly tenants = new SectionTenants();
  private readonly brands = new BrandLeases();
  private readonly records = new ManagerRecords();
  private readonly similar: SimilarLeases;
  private readonly medians = new Map<number, number>();
  private standing: DayStanding | null = null;

  constructor(history: MarketHistory) {
    this.history = history;
    this.snapshotDay = history.snapshotDay;
    this.premises = [...history.premises].sort((a, b) => compare(a.premisesId, b.premisesId));
    for (const [i, { premisesId }] of this.premises.entries()) this.indexes.set(premisesId, i);
    this.leads = new Map(history.leads.flatMap((lead) => (lead.leadId === null ? [] : [[lead.leadId, lead]])));
    this.leadsBefore = Map.groupBy(history.leadsBefore ?? [], ({ lead }) => lead.leadId);
    this.managers = new Map(history.managers.map((manager) => [manager.managerId, manager]));
    this.districts = new Map(history.districts.map((district) => [district.name, district]));
    this.bankOf = new Map(history.districts.flatMap((d) => (d.bank === null ? [] : [[d.name, d.bank]])));
    this.offers = history.offers
      .filter((offer) => Number.isFinite(offer.offeredDay))
      .sort((a, b) => a.offeredDay - b.offeredDay || compare(a.offerId, b.offerId));
    this.leases = history.leases
      .filter((lease) => Number.isFinite(lease.startDay))
      .sort((a, b) => a.startDay - b.startDay || compare(a.leaseId, b.leaseId));
    this.free = new FreePremises(history.vacancies, this.indexes, history.snapshotDay);
    this.lexicon = new TradeLexicon(this.namedCards());
    this.typicals = new TypicalOfTrades(this.takings());
    this.seatTenants();
    this.recordOffers();
    this.similar = new SimilarLeases(this.paidLeases());
  }

  /** The lead as it was known on `day`, without what it was asked on that day or later; undefined: the records do not know it. */
  leadOn(leadId: string, day: number): LeadFacts | undefined {
    const before = this.leadsBefore.get(leadId)?.find(({ lastDay }) => day <= lastDay);
    return before?.lead ?? this.leads.get(leadId);
  }

  /** -1 for a premises the records do not know. */
  indexOf(premisesId: string): number {
    return this.indexes.get(premisesId) ?? -1;
  }

  /** Every premises that was free on `day`: from ≤ day, and no end or end > day; none twice. */
  freeOn(day: number): FreeSet {
    return this.standingOn(day).free;
  }

  /** See `FreePremises.lastFreeDay`. */
  lastFreeDay(premises: number, day: number, back: number): number {
    return this.free.lastFreeDay(premises, day, back);
  }

  /** The day's free premises with their standing among each other. The last day asked is kept. */
  standingOn(day: number): DayStanding {
    if (this.standing?.free.day !== day) this.standing = this.standUp(this.free.on(day), day);
    return this.standing;
  }

  /** The trades of a lead, or those that its brand hints at by what was known before `day`; empty where nothing is known. */
  tradesOf(lead: Pick<LeadFacts, "trades" | "brand">, day: number): TradeWeights {
    return this.lexicon.tradesOf(lead, day);
  }

  /** What such trades usually took, by the months before the month of `day`. */
  typicalOf(trades: TradeWeights, day: number): Typical {
    return this.typicals.of(trades, monthOf(day));
  }

  /** Who sat in the section, by leases that began before `day` and had not ended. */
  tenantsOf(section: string | null, day: number): Tenant[] {
    return this.tenants.on(section, day);
  }

  brandHabitOf(brand: string | null, day: number): BrandHabit | null {
    return this.brands.habitOf(brand, day);
  }

  managerLoad(managerId: string | null, day: number): { offers: number; lately: number } {
    return this.records.loadOf(managerId, day);
  }

  /** See `ManagerRecords.leaningOf`. */
  managerLeaning(managerId: string | null, day: number): Float64Array {
    return this.records.leaningOf(managerId, day);
  }

  /** The median asking rent per m² on the first day of the month of `day`. */
  rentSqmMedianOf(day: number): number {
    const month = monthOf(day);
    let median = this.medians.get(month);
    if (median === undefined) {
      median = this.standUp(this.free.on(month), month).rentSqmMedian;
      this.medians.set(month, median);
    }
    return median;
  }

  /** Share of the offers closed before `day` that were won; 0 where none was. */
  dealShareOn(day: number): number {
    const closed = this.offers.filter((offer) => offer.closedDay < day && offer.outcome !== "open");
    return closed.length === 0 ? 0 : closed.filter((offer) => offer.outcome === "won").length / closed.length;
  }

  /** Rising rents per m² and month that similar leases (district, area) of the three years before `day` paid. */
  similarRents(premises: PremisesFacts, day: number): Float64Array {
    return this.similar.paidFor(premises.district, premises.areaSqm, day);
  }

  /** Dismissed on or before `day`. */
  wasDismissed(managerId: string, day: number): boolean {
    return (this.managers.get(managerId)?.dismissedDay ?? Number.POSITIVE_INFINITY) <= day;
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
      rentSqmMedian: rising.length === 0 ? Number.NaN : rising[rising.length >> 1]!,
      rentSqmPercentile: (rent) => percentileOf(rising, rent),
      agePercentile: (age) => percentileOf(ages, age),
    };
  }

  private namedCards() {
    return [...this.leads.values()]
      .map((lead) => this.leadOn(lead.leadId ?? "", lead.createdDay) ?? lead)
      .filter((lead) => lead.brand !== null && lead.trades.length > 0 && Number.isFinite(lead.createdDay))
      .sort((a, b) => a.createdDay - b.createdDay || compare(a.leadId ?? "", b.leadId ?? ""))
      .map((lead) => ({ day: lead.createdDay, name: lead.brand ?? "", trades: lead.trades }));
  }

  /** The trades of whoever signed a lease: the lead's card, else what the brand or the tenant's name hints at. */
  private tradesOfLease(lease: LeaseFacts): TradeWeights {
    const lead = lease.leadId === null ? undefined : this.leadOn(lease.leadId, lease.startDay);
    const trades = lead ? this.tradesOf(lead, lease.startDay) : new Map<string, number>();
    return trades.size > 0 ? trades : this.lexicon.impliedBy(lease.tenant, lease.startDay);
  }

  /** Offers weigh 1 when they are made; a success weighs 2 more, at its lease or its closing, whichever came first. */
  private takings(): Taking[] {
    const offered = this.offers.flatMap((offer) => {
      const index = this.indexOf(offer.premisesId);
      const lead = this.leadOn(offer.leadId, offer.offeredDay);
      if (index < 0 || !lead) return [];
      const freeDay = this.free.lastFreeDay(index, offer.offeredDay, TAKEN_DAYS_BACK);
      const rentRubMonth = this.free.rentOf(index, freeDay);
      return [{ offer, index, rentRubMonth, trades: this.tradesOf(lead, offer.offeredDay) }];
    });
    const events = offered.map(({ offer, ...taken }) => ({ ...taken, day: offer.offeredDay, weight: OFFER_WEIGHT }));
    const successes = offered
      .filter(({ offer }) => offer.outcome === "won" && Number.isFinite(offer.closedDay))
      .map(({ offer, ...taken }) => ({ ...taken, day: offer.closedDay, weight: SUCCESS_WEIGHT }));
    for (const lease of this.leases) {
      const index = this.indexOf(lease.premisesId);
      if (index < 0) continue;
      const { startDay: day, rentRubMonth } = lease;
      successes.push({ index, rentRubMonth, trades: this.tradesOfLease(lease), day, weight: SUCCESS_WEIGHT });
    }
    const lastSuccess = new Map<number, number>();
    for (const success of successes.sort((a, b) => a.day - b.day)) {
      const last = lastSuccess.get(success.index) ?? Number.NEGATIVE_INFINITY;
      if (success.day - last <= SAME_SUCCESS_DAYS) continue;
      lastSuccess.set(success.index, success.day);
      events.push(success);
    }
    return events
      .sort((a, b) => a.day - b.day)
      .map(({ index, day, ...taken }) => ({ ...taken, premises: this.premises[index]!, month: monthOf(day) }));
  }

  private seatTenants(): void {
    for (const lease of this.leases) {
      const index = this.indexOf(lease.premisesId);
      if (index < 0) continue;
      const { areaSqm, section, district } = this.premises[index]!;
      if (section !== null) {
        const trades = this.tradesOfLease(lease);
        this.tenants.add(section, { premises: index, startDay: lease.startDay, endDay: lease.endDay, trades, areaSqm });
      }
      const lead = lease.leadId === null ? undefined : this.leadOn(lease.leadId, lease.startDay);
      const brand = lease.tenant ?? lead?.brand ?? null;
      if (brand === null) continue;
      const { startDay: day, rentRubMonth } = lease;
      this.brands.add(brand, { day, premises: index, areaSqm, rentRubMonth, district, section });
    }
  }

  private paidLeases() {
    return this.leases.flatMap(({ premisesId, startDay, rentRubMonth }) => {
      const premises = this.premises[this.indexOf(premisesId)];
      if (!premises) return [];
      const { district, areaSqm } = premises;
      return [{ district, startDay, logArea: Math.log(areaSqm), rentSqm: rentRubMonth / areaSqm }];
    });
  }

  private recordOffers(): void {
    for (const offer of this.offers) {
      const lead = this.leadOn(offer.leadId, offer.offeredDay);
      const index = this.indexOf(offer.premisesId);
      if (!lead || index < 0) continue;
      const rent = this.free.rentOf(index, this.free.lastFreeDay(index, offer.offeredDay, TAKEN_DAYS_BACK));
      const median = this.rentSqmMedianOf(offer.offeredDay);
      const traits = traitsOf(lead, this.premises[index]!, rent, median, wishedBank(lead, this.bankOf));
      this.records.add(offer.managerId, offer.offeredDay, traits);
    }
  }
}

/** First day of the calendar month (UTC) in which a day lies. */
export function monthOf(day: number): number {
  const date = new Date(day * 86_400_000);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / 86_400_000;
}

/** Plain code-unit order: the same on every machine, whatever its locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
