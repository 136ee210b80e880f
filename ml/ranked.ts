import type { LeadFacts } from "./facts.ts";

/** What a caller asks of `rank`: one lead, one manager, one moment. */
export interface RankRequest {
  lead: LeadFacts;
  /** null: no manager is known, the model answers for a manager it never saw. */
  managerId: string | null;
  /** The day whose free premises are judged; nothing dated later is looked at. */
  asOfDay: number;
  /** This manager's learned taste; null where he has none yet. See `personalize`. */
  taste: ManagerTaste | null;
}

export type Verdict = "keep" | "remove";

/** A manager's weights in logit space over named taste features, learned from his marks. */
export interface ManagerTaste {
  /** Standing marks that it was learned from. */
  marks: number;
  /** How many of them weigh: a flood on one lead or day counts as a few. */
  countedMarks: number;
  /** How sure each weight is: its standard deviation after the marks, in logit space. */
  spreads: Record<string, number>;
  weights: Record<string, number>;
}

/** Groups that a manager would name. */
export type ReasonCode =
  | "area"
  | "rent"
  | "place"
  | "utilities"
  | "condition"
  | "neighbours"
  | "trade"
  | "manager"
  | "market"
  | "taste";

/** Why a premises stands where it stands: one group's pull on the margin, and the two values to word it with. */
export interface Reason {
  code: ReasonCode;
  /** Pull in logit space; negative speaks against the premises. */
  pull: number;
  /** Which sentence tells it best, e.g. `area_above_wish`; worded by `explain/word-reason`. */
  phrase: string;
  /** The values the sentence names: numbers in the units of `facts`, classes as they stand there. */
  values: Record<string, number | string | null>;
}

/** The smallest single change that would keep a removed premises, verified by scoring it again. */
export interface Remedy {
  phrase: string;
  values: Record<string, number | string | null>;
}

export interface PricePoint {
  rentRubMonth: number;
  /** Chance of a deal at this rent, 0..1; never rises with the rent. */
  probability: number;
  /** Dearer or cheaper than anything seen for such premises. */
  beyondSeen: boolean;
}

export interface PriceGuide {
  askingRubMonth: number;
  curve: PricePoint[];
  /** The rent with the highest rent × probability among the seen ones; NaN without a curve. */
  bestRubMonth: number;
  /** What similar leases paid, per m² and month; null without any. */
  similar: { n: number; q25RubSqmMonth: number; medianRubSqmMonth: number; q75RubSqmMonth: number } | null;
}

export interface RankedPremises {
  premisesId: string;
  verdict: Verdict;
  /** 0..1, what decides keep or remove; taste included. */
  suitability: number;
  /** From 1 among the kept, by probability; null for the removed. */
  rank: number | null;
  /** Calibrated chance that this premises becomes a deal with this lead, 0..1. */
  probability: number;
  /** Strongest first; at least one. Computed when first read, as the two below: see `Ranking.told`. */
  readonly reasons: Reason[];
  /** null for the kept, and where no single change would keep it. */
  readonly remedy: Remedy | null;
  readonly price: PriceGuide;
}

export interface Ranking {
  threshold: number;
  /** Kept first, by rank; then removed, nearest to the threshold first. */
  premises: RankedPremises[];
  /** SHA-256 of the bytes of the feature matrix (Float32, row-major, in the order of `freeOn`). */
  featuresSha256: string;
  /** Computes all that is said about each premises in slices, so that reading it afterwards blocks nothing. */
  told(): Promise<void>;
}

/** How one pair stands; the same numbers whichever way it was asked. */
export interface PairScore {
  verdict: Verdict;
  suitability: number;
  probability: number;
}

/** One premises that is free on a day, and the leads it is to be judged for. */
export interface LeadsRequest {
  premisesId: string;
  asOfDay: number;
  leads: readonly Omit<RankRequest, "asOfDay">[];
}

export interface LeadScore extends PairScore {
  /** Strongest first; at least one. In a score of leads they tell how this lead differs from the others. Computed when read. */
  readonly reasons: Reason[];
}
