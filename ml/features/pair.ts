import type { Bank, LeadFacts, PremisesFacts } from "../facts.ts";
import type { BrandHabit } from "../timeline/brand-leases.ts";
import { traitsOf, wishedBank } from "../timeline/pair-traits.ts";
import type { Tenant } from "../timeline/section-tenants.ts";
import type { TradeWeights } from "../timeline/trade-lexicon.ts";
import { type Typical, type TypicalFact, typicalFactsOf } from "../timeline/typical.ts";
import type { DayStanding, MarketTimeline } from "../timeline.ts";

/** Where a wish names only one end of the area, the other is taken this much away: half of cards say 1 to 1.7. */
const WISH_SPAN = 1.7;

/** A lead and a manager on a day: all that its pairs share, looked up once. */
export class Scene {
  readonly timeline: MarketTimeline;
  readonly lead: LeadFacts;
  readonly day: number;
  readonly managerId: string | null;
  readonly standing: DayStanding;
  readonly trades: TradeWeights;
  /** True where the card itself names the trades. */
  readonly tradesStated: boolean;
  readonly typical: Typical;
  readonly habit: BrandHabit | null;
  readonly bank: Bank | "any" | null;
  readonly wishedAreaSqm: number;
  /** The wish, or what the trade usually takes where there is none. */
  readonly expectedAreaSqm: number;
  readonly budgetRubMonth: number;
  /** Of the market, on the first day of the month. */
  readonly rentSqmMedian: number;
  readonly filled: number;
  readonly load: { offers: number; lately: number };
  readonly leaning: Float64Array;
  private readonly neighbours = new Map<string | null, Tenant[]>();
  private readonly distances = new Map<string | null, number>();

  constructor(timeline: MarketTimeline, lead: LeadFacts, managerId: string | null, day: number) {
    this.timeline = timeline;
    this.lead = lead;
    this.day = day;
    this.managerId = managerId;
    this.standing = timeline.standingOn(day);
    this.trades = timeline.tradesOf(lead, day);
    this.tradesStated = lead.trades.length > 0;
    this.typical = timeline.typicalOf(this.trades, day);
    this.habit = timeline.brandHabitOf(lead.brand, day);
    this.bank = wishedBank(lead, timeline.bankOf);
    this.wishedAreaSqm = wishedArea(lead);
    this.expectedAreaSqm = Number.isNaN(this.wishedAreaSqm) ? Math.exp(this.typical.mean.logArea) : this.wishedAreaSqm;
    this.budgetRubMonth = lead.budgetRubMonth;
    this.rentSqmMedian = timeline.rentSqmMedianOf(day);
    const wishes = [lead.areaFromSqm, lead.areaToSqm, lead.budgetRubMonth].filter(Number.isFinite).length;
    this.filled =
      wishes +
      +(lead.bank !== null) +
      +(lead.districts.length > 0) +
      +(lead.trades.length > 0) +
      +Number.isFinite(lead.networkSize);
    this.load = timeline.managerLoad(managerId, day);
    this.leaning = timeline.managerLeaning(managerId, day);
  }

  neighboursOf(section: string | null): Tenant[] {
    let tenants = this.neighbours.get(section);
    if (!tenants) {
      tenants = this.timeline.tenantsOf(section, this.day);
      this.neighbours.set(section, tenants);
    }
    return tenants;
  }

  /** To the nearest wished district's centre; 0 inside one, NaN where no wish or no centre is known. */
  kmToWish(district: string | null): number {
    let km = this.distances.get(district);
    if (km === undefined) {
      km = this.measure(district);
      this.distances.set(district, km);
    }
    return km;
  }

  private measure(district: string | null): number {
    if (district === null || this.lead.districts.length === 0) return Number.NaN;
    if (this.lead.districts.includes(district)) return 0;
    const from = this.timeline.districts.get(district);
    const distances = this.lead.districts.map((wished) => {
      const to = this.timeline.districts.get(wished);
      return from && to ? Math.hypot(from.xKm - to.xKm, from.yKm - to.yKm) : Number.NaN;
    });
    const known = distances.filter(Number.isFinite);
    return known.length === 0 ? Number.NaN : Math.min(...known);
  }
}

/** A lead and one premises that is free for it. `rentRubMonth` is what is asked that day, or the rent that is tried out. */
export class Pair {
  readonly scene: Scene;
  readonly lead: LeadFacts;
  readonly premises: PremisesFacts;
  readonly index: number;
  readonly rentRubMonth: number;
  readonly sinceDay: number;
  readonly openingRentRubMonth: number;
  readonly rentSqm: number;
  private facts: Record<TypicalFact, number> | null = null;
  private pairTraits: Float64Array | null = null;
  private tenants: Tenant[] | null = null;

  constructor(scene: Scene, index: number, rentRubMonth: number, sinceDay: number, openingRentRubMonth: number) {
    this.scene = scene;
    this.lead = scene.lead;
    this.index = index;
    this.premises = scene.timeline.premises[index]!;
    this.rentRubMonth = rentRubMonth;
    this.sinceDay = sinceDay;
    this.openingRentRubMonth = openingRentRubMonth;
    this.rentSqm = rentRubMonth / this.premises.areaSqm;
  }

  /** The value minus what the lead's trades usually take. */
  offTypical(fact: TypicalFact): number {
    this.facts ??= typicalFactsOf(this.premises, this.rentRubMonth);
    return this.facts[fact] - this.scene.typical.mean[fact];
  }

  get traits(): Float64Array {
    this.pairTraits ??= traitsOf(
      this.lead,
      this.premises,
      this.rentRubMonth,
      this.scene.rentSqmMedian,
      this.scene.bank,
    );
    return this.pairTraits;
  }

  /** Whoever sits in its section, but for a tenant of the premises itself. */
  get neighbours(): Tenant[] {
    this.tenants ??= this.scene.neighboursOf(this.premises.section).filter((tenant) => tenant.premises !== this.index);
    return this.tenants;
  }
}

/** The pair of the free premises that stands at `at` in the day's list, at that day's rent. */
export function pairOf(scene: Scene, at: number): Pair {
  const { free } = scene.standing;
  return new Pair(scene, free.premises[at]!, free.rentRubMonth[at]!, free.sinceDay[at]!, free.openingRentRubMonth[at]!);
}

function wishedArea({ areaFromSqm: from, areaToSqm: to }: LeadFacts): number {
  if (Number.isNaN(from)) return to / Math.sqrt(WISH_SPAN);
  if (Number.isNaN(to)) return from * Math.sqrt(WISH_SPAN);
  return Math.sqrt(from * to);
}
