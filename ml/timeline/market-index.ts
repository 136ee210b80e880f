import type {
  Bank,
  LeadFacts,
  LeaseFacts,
  ManagerFacts,
  MarketHistory,
  OfferFacts,
  PastLeadFacts,
  PremisesFacts,
} from "../facts.ts";
import { BrandLeases } from "./brand-leases.ts";
import { FreePremises } from "./free-premises.ts";
import { byDay, forEach, type Slices } from "./in-slices.ts";
import { ManagerRecords } from "./manager-record.ts";
import { compare, monthOf } from "./order.ts";
import { traitsOf, wishedBank } from "./pair-traits.ts";
import { SectionTenants } from "./section-tenants.ts";
import { SimilarLeases } from "./similar-leases.ts";
import { TradeLexicon, type TradeWeights } from "./trade-lexicon.ts";
import { TypicalOfTrades } from "./typical.ts";

/** What a success adds to an offer in the typical of a trade: a rented premises weighs 3 in all, an offered one 1. */
const SUCCESS_WEIGHT = 2;
const OFFER_WEIGHT = 1;
/** A premises that is taken leaves the market some time before the deal is recorded. */
export const TAKEN_DAYS_BACK = 120;
/** A lease and a won offer of one premises that lie this near are one success. */
const SAME_SUCCESS_DAYS = 120;

/** An offer or a lease of which the premises is known, and for an offer the lead as it was known that day. */
interface KnownOffer {
  offer: OfferFacts;
  index: number;
  lead: LeadFacts;
  /** What was asked when it left the market, or is asked still. */
  rentRubMonth: number;
}
interface Taken {
  index: number;
  rentRubMonth: number;
  trades: TradeWeights;
  day: number;
  weight: number;
}

/** A market's records in the order and by the keys in which they are asked for. Rows may come in any order. */
export class MarketIndex {
  /** By id. */
  premises: readonly PremisesFacts[] = [];
  /** By day, then id; without those whose day is unknown. */
  offers: readonly OfferFacts[] = [];
  leases: readonly LeaseFacts[] = [];
  readonly indexes = new Map<string, number>();
  readonly leads = new Map<string, LeadFacts>();
  readonly managers: ReadonlyMap<string, ManagerFacts>;
  readonly bankOf: ReadonlyMap<string, Bank>;
  readonly lexicon = new TradeLexicon();
  readonly typicals = new TypicalOfTrades();
  readonly tenants = new SectionTenants();
  readonly brands = new BrandLeases();
  readonly records = new ManagerRecords();
  readonly similar = new SimilarLeases();
  private readonly leadsBefore: ReadonlyMap<string | null, PastLeadFacts[]>;
  private readonly medians = new Map<number, number>();
  private vacancies: FreePremises | null = null;

  private constructor(history: MarketHistory) {
    this.leadsBefore = Map.groupBy(history.leadsBefore ?? [], ({ lead }) => lead.leadId);
    this.managers = new Map(history.managers.map((manager) => [manager.managerId, manager]));
    this.bankOf = new Map(history.districts.flatMap((d) => (d.bank === null ? [] : [[d.name, d.bank]])));
  }

  static *of(history: MarketHistory): Slices<MarketIndex> {
    const index = new MarketIndex(history);
    index.premises = [...history.premises].sort((a, b) => compare(a.premisesId, b.premisesId));
    yield* forEach(index.premises.entries(), ([i, { premisesId }]) => index.indexes.set(premisesId, i));
    yield* forEach(history.leads, (lead) => {
      if (lead.leadId !== null) index.leads.set(lead.leadId, lead);
    });
    index.offers = yield* byDay(
      history.offers.filter((offer) => Number.isFinite(offer.offeredDay)),
      (offer) => offer.offeredDay,
      (a, b) => compare(a.offerId, b.offerId),
    );
    index.leases = yield* byDay(
      history.leases.filter((lease) => Number.isFinite(lease.startDay)),
      (lease) => lease.startDay,
      (a, b) => compare(a.leaseId, b.leaseId),
    );
    index.vacancies = yield* FreePremises.of(history.vacancies, index.indexes, history.snapshotDay);
    yield* index.readCards();
    const offers = yield* index.knownOffers();
    yield* index.takings(offers);
    yield* forEach(index.leases, (lease) => index.seat(lease));
    yield* forEach(offers, (offer) => index.record(offer));
    return index;
  }

  get free(): FreePremises {
    return this.vacancies!;
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

  /** The median asking rent per m² on the first day of the month of `day`; NaN where none is known. */
  rentSqmMedianOf(day: number): number {
    const month = monthOf(day);
    let median = this.medians.get(month);
    if (median === undefined) {
      const { count, premises, rentRubMonth } = this.free.on(month);
      const rents = new Float64Array(count);
      for (let i = 0; i < count; i++) rents[i] = rentRubMonth[i]! / this.premises[premises[i]!]!.areaSqm;
      median = medianOf(rents.filter(Number.isFinite).sort());
      this.medians.set(month, median);
    }
    return median;
  }

  private *readCards(): Slices<void> {
    const cards: { leadId: string; day: number; name: string; trades: readonly string[] }[] = [];
    yield* forEach(this.leads, ([leadId, lead]) => {
      const { brand, trades, createdDay: day } = this.leadOn(leadId, lead.createdDay) ?? lead;
      if (brand !== null && trades.length > 0 && Number.isFinite(day)) cards.push({ leadId, day, name: brand, trades });
    });
    const inOrder = yield* byDay(
      cards,
      (card) => card.day,
      (a, b) => compare(a.leadId, b.leadId),
    );
    yield* forEach(inOrder, (card) => this.lexicon.add(card));
  }

  private *knownOffers(): Slices<KnownOffer[]> {
    const known: KnownOffer[] = [];
    yield* forEach(this.offers, (offer) => {
      const index = this.indexOf(offer.premisesId);
      const lead = this.leadOn(offer.leadId, offer.offeredDay);
      if (index < 0 || !lead) return;
      const freeDay = this.free.lastFreeDay(index, offer.offeredDay, TAKEN_DAYS_BACK);
      known.push({ offer, index, lead, rentRubMonth: this.free.rentOf(index, freeDay) });
    });
    return known;
  }

  /** Offers weigh 1 when they are made; a success weighs 2 more, at its lease or its closing, whichever came first. */
  private *takings(offers: readonly KnownOffer[]): Slices<void> {
    const events: Taken[] = [];
    const successes: Taken[] = [];
    yield* forEach(offers, ({ offer, index, lead, rentRubMonth }) => {
      const trades = this.lexicon.tradesOf(lead, offer.offeredDay);
      events.push({ index, rentRubMonth, trades, day: offer.offeredDay, weight: OFFER_WEIGHT });
      if (offer.outcome === "won" && Number.isFinite(offer.closedDay))
        successes.push({ index, rentRubMonth, trades, day: offer.closedDay, weight: SUCCESS_WEIGHT });
    });
    yield* forEach(this.leases, (lease) => {
      const index = this.indexOf(lease.premisesId);
      if (index < 0) return;
      const { startDay: day, rentRubMonth } = lease;
      successes.push({ index, rentRubMonth, trades: this.tradesOfLease(lease), day, weight: SUCCESS_WEIGHT });
    });
    const lastSuccess = new Map<number, number>();
    yield* forEach(yield* byDay(successes, ({ day }) => day), (success) => {
      const last = lastSuccess.get(success.index) ?? Number.NEGATIVE_INFINITY;
      if (success.day - last <= SAME_SUCCESS_DAYS) return;
      lastSuccess.set(success.index, success.day);
      events.push(success);
    });
    yield* forEach(yield* byDay(events, ({ day }) => day), ({ index, day, ...taken }) =>
      this.typicals.add({ ...taken, premises: this.premises[index]!, month: monthOf(day) }),
    );
  }

  /** The trades of whoever signed a lease: the lead's card, else what the brand or the tenant's name hints at. */
  private tradesOfLease(lease: LeaseFacts): TradeWeights {
    const lead = lease.leadId === null ? undefined : this.leadOn(lease.leadId, lease.startDay);
    const trades = lead ? this.lexicon.tradesOf(lead, lease.startDay) : new Map<string, number>();
    return trades.size > 0 ? trades : this.lexicon.impliedBy(lease.tenant, lease.startDay);
  }

  private seat(lease: LeaseFacts): void {
    const index = this.indexOf(lease.premisesId);
    if (index < 0) return;
    const { areaSqm, section, district } = this.premises[index]!;
    const { startDay, endDay, rentRubMonth, tenant, leadId } = lease;
    if (section !== null)
      this.tenants.add(section, { premises: index, startDay, endDay, trades: this.tradesOfLease(lease), areaSqm });
    this.similar.add(district, { startDay, logArea: Math.log(areaSqm), rentSqm: rentRubMonth / areaSqm });
    const brand = tenant ?? (leadId === null ? null : (this.leadOn(leadId, startDay)?.brand ?? null));
    if (brand !== null)
      this.brands.add(brand, { day: startDay, premises: index, areaSqm, rentRubMonth, district, section });
  }

  private record({ offer, index, lead, rentRubMonth }: KnownOffer): void {
    const median = this.rentSqmMedianOf(offer.offeredDay);
    const traits = traitsOf(lead, this.premises[index]!, rentRubMonth, median, wishedBank(lead, this.bankOf));
    this.records.add(offer.managerId, offer.offeredDay, traits);
  }
}

export function medianOf(rising: Float64Array): number {
  return rising.length === 0 ? Number.NaN : rising[rising.length >> 1]!;
}
