import type { Bank, BankWish } from "../facts.ts";

/**
 * What a reason may name about a pair, as the model saw it on that day. Missing rule of `facts`: NaN, null, []. A range may
 * be open at either end.
 */
export interface PairFacts {
  areaSqm: number;
  /** What was asked that day. */
  rentRubMonth: number;
  /** -1 is a basement. */
  floor: number;
  /** 0 shell, 1 ready for finishing, 2 finished. */
  fitOut: number;
  builtYear: number;
  managed: number;
  water: number;
  /** 0 none, 1 temporary, 2 mains. */
  sewerage: number;
  documents: number;
  bank: Bank | null;
  district: string | null;

  wish: {
    areaFromSqm: number;
    areaToSqm: number;
    budgetRubMonth: number;
    bank: BankWish | null;
    districts: readonly string[];
    /** From the premises to the nearest wished district. */
    kmToDistrict: number;
  };

  /** The lead's main line of business; null where unknown. */
  trade: string | null;
  /** What such tenants usually take (means over what they took before); all NaN where nothing is known. */
  usual: {
    areaFromSqm: number;
    areaToSqm: number;
    rentRubSqmMonth: number;
    floor: number;
    fitOut: number;
    water: number;
    sewerage: number;
    documents: number;
    managed: number;
  };

  /** In the section that day; NaN where the section is unknown. */
  neighbours: number;
  /** The neighbour's trade that is the lead's own; null where there is none. */
  rivalTrade: string | null;
  /** Trade of a neighbour that draws people; null where there is none or its trade is unknown. */
  anchorTrade: string | null;
  /** Area of the largest neighbour; NaN where there is none. */
  largestNeighbourSqm: number;

  /** Days for which it has been free. */
  vacantDays: number;
}
