/**
 * The only input types of `ml`: plain records, units in the names.
 *
 * Missing rule: an unknown number is NaN, an unknown class is null, an unfilled list is empty. Unknown is a third state:
 * never a match and never a mismatch, and never zero.
 * Days are whole days since 1970-01-01; a span is [from, to): its last day is not in it.
 */

export type Bank = "left" | "right";
export type BankWish = Bank | "any";

/** What does not change about a premises. `rentRubMonth` is today's asking rent; a past day's comes from its vacancy. */
export interface PremisesFacts {
  premisesId: string;
  areaSqm: number;
  rentRubMonth: number;
  /** -1 is a basement. */
  floor: number;
  /** 0 shell, 1 ready for finishing, 2 finished. */
  fitOut: number;
  builtYear: number;
  /** 1 yes, 0 no; as all yes-or-no facts below. */
  managed: number;
  water: number;
  /** 0 none, 1 temporary, 2 mains. */
  sewerage: number;
  documents: number;
  bank: Bank | null;
  district: string | null;
  /** Tenants of one section are neighbours. */
  section: string | null;
}

/** A lead's wishes. */
export interface LeadFacts {
  leadId: string | null;
  /** The day it was created; NaN where the lead came without one. */
  createdDay: number;
  brand: string | null;
  trades: string[];
  /** 0 one outlet, 1 two to five, 2 six to twenty, 3 more. */
  networkSize: number;
  areaFromSqm: number;
  areaToSqm: number;
  budgetRubMonth: number;
  bank: BankWish | null;
  districts: string[];
}

/** The wishes of a lead as they were known before it was asked: a day up to and including `lastDay` knows no more. */
export interface PastLeadFacts {
  lead: LeadFacts;
  lastDay: number;
}

export interface ManagerFacts {
  managerId: string;
  /** First day on which he was gone; Infinity while he is active. */
  dismissedDay: number;
}

export interface DistrictFacts {
  name: string;
  bank: Bank | null;
  xKm: number;
  yKm: number;
}

export interface VacancyFacts {
  premisesId: string;
  fromDay: number;
  /** Infinity while it is free still. */
  toDay: number;
  rentRubMonth: number;
}

export interface LeaseFacts {
  leaseId: string;
  premisesId: string;
  /** null: accounting does not know the lead. */
  leadId: string | null;
  /** The tenant's name, for a lease without a lead the only trace of its brand and trade. */
  tenant: string | null;
  startDay: number;
  /** Infinity while it has no end. */
  endDay: number;
  rentRubMonth: number;
}

/** A recorded deal: a premises that was offered to a lead. */
export interface OfferFacts {
  offerId: string;
  leadId: string;
  premisesId: string;
  managerId: string | null;
  offeredDay: number;
  /** NaN while it is open. */
  closedDay: number;
  outcome: "won" | "lost" | "open";
}

/** A person looked at a pair and said whether it suits: a mark that stands, or a pilot review. */
export interface JudgementFacts {
  leadId: string;
  premisesId: string;
  managerId: string | null;
  /** The day whose market the person looked at. */
  asOfDay: number;
  /** The day on which it became known. */
  saidDay: number;
  suitable: boolean;
  source: "mark" | "review";
}

/** Everything that the market's records say. Only leads that an offer, a lease or a judgement names need to be in it. */
export interface MarketHistory {
  /** The last day the records speak of. */
  snapshotDay: number;
  premises: PremisesFacts[];
  vacancies: VacancyFacts[];
  leases: LeaseFacts[];
  offers: OfferFacts[];
  judgements: JudgementFacts[];
  leads: LeadFacts[];
  /** Earlier states of leads that were asked since; of one lead by rising `lastDay`. Absent: none was. */
  leadsBefore?: PastLeadFacts[];
  managers: ManagerFacts[];
  districts: DistrictFacts[];
}
