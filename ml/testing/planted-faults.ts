import { Random } from "./random.ts";
import type { SyntheticMarket } from "./synthetic-market.ts";

/** Rows whose links are broken on purpose: numbers of deals, leases and leads. */
export interface BrokenRows {
  /** The field Товар is empty. */
  dealsWithoutPremises: Set<number>;
  dealsOfUnknownPremises: Set<number>;
  dealsOfUnknownLead: Set<number>;
  leasesOfUnknownPremises: Set<number>;
  /** Their date of creation is no day of any calendar; no deal and no lease names such a lead. */
  leadsWithoutDay: Set<number>;
}

/** How many of each fault the exports hold. */
export interface Faults {
  dealsWithoutPremises: number;
  dealsOfUnknownPremises: number;
  dealsOfUnknownLead: number;
  leasesOfUnknownPremises: number;
  leasesWithoutLead: number;
  leadsWithoutDay: number;
  /** Площадь от above Площадь до. */
  swappedAreas: number;
  /** "40 кв.м". */
  areasWithUnits: number;
  /** "от 50". */
  areasWithWords: number;
  /** Leads' budgets with U+00A0 or a space between thousands. */
  spacedBudgets: number;
  repeatedTrades: number;
  /** Leads with a number ten or a hundred times off. */
  wildNumbers: number;
}

/** How the cells of one lead's row are soiled, where they hold something to soil. */
export interface LeadSoil {
  swapAreas: boolean;
  areaUnits: boolean;
  areaWords: boolean;
  budgetSpace: "\u00a0" | " " | "";
  repeatTrade: boolean;
}

export function soilOf(seed: number, lead: number): LeadSoil {
  const random = new Random(seed, 7, lead);
  return {
    swapAreas: random.chance(0.03),
    areaUnits: random.chance(0.04),
    areaWords: random.chance(0.03),
    budgetSpace: random.chance(0.13) ? (random.chance(0.7) ? "\u00a0" : " ") : "",
    repeatTrade: random.chance(0.012),
  };
}

type Breakable = Pick<SyntheticMarket, "seed" | "ledger">;

export function breakRows({ seed, ledger }: Breakable): BrokenRows {
  const random = new Random(seed, 6);
  const broken: BrokenRows = {
    ...{ dealsWithoutPremises: new Set(), dealsOfUnknownPremises: new Set(), dealsOfUnknownLead: new Set() },
    ...{ leasesOfUnknownPremises: new Set(), leadsWithoutDay: new Set() },
  };
  for (let deal = 0; deal < ledger.deals.length; deal++) {
    const chance = random.uniform();
    if (chance < 0.03) broken.dealsWithoutPremises.add(deal);
    else if (chance < 0.034) broken.dealsOfUnknownPremises.add(deal);
    else if (chance < 0.037) broken.dealsOfUnknownLead.add(deal);
  }
  const leased = new Set<number>();
  for (let lease = 0; lease < ledger.leases.length; lease++) {
    const lead = ledger.leases.get(lease, "lead");
    if (lead < 0) continue;
    leased.add(lead);
    if (random.chance(0.003)) broken.leasesOfUnknownPremises.add(lease);
  }
  for (let lead = 0; lead < ledger.leadDay.length; lead++)
    if (random.chance(0.0002) && ledger.leadHasDeal[lead] === 0 && !leased.has(lead)) broken.leadsWithoutDay.add(lead);
  return broken;
}

/** Counts what the exports hold; walks every lead once. */
export function countFaults(market: SyntheticMarket): Faults {
  const { broken, ledger, seed } = market;
  const faults: Faults = {
    dealsWithoutPremises: broken.dealsWithoutPremises.size,
    dealsOfUnknownPremises: broken.dealsOfUnknownPremises.size,
    dealsOfUnknownLead: broken.dealsOfUnknownLead.size,
    leasesOfUnknownPremises: broken.leasesOfUnknownPremises.size,
    leadsWithoutDay: broken.leadsWithoutDay.size,
    ...{ leasesWithoutLead: 0, swappedAreas: 0, areasWithUnits: 0, areasWithWords: 0, spacedBudgets: 0 },
    ...{ repeatedTrades: 0, wildNumbers: 0 },
  };
  for (let lease = 0; lease < ledger.leases.length; lease++)
    if (ledger.leases.get(lease, "lead") >= 0 && !ledger.leases.get(lease, "leadKnown")) faults.leasesWithoutLead++;
  for (let lead = 0; lead < ledger.leadDay.length; lead++) {
    const card = market.card(lead);
    const soil = soilOf(seed, lead);
    if (soil.swapAreas && card.areaFromSqm < card.areaToSqm) faults.swappedAreas++;
    if (soil.areaUnits && !Number.isNaN(card.areaToSqm)) faults.areasWithUnits++;
    if (soil.areaWords && !Number.isNaN(card.areaFromSqm)) faults.areasWithWords++;
    if (soil.budgetSpace && card.budgetRubMonth >= 1000) faults.spacedBudgets++;
    if (soil.repeatTrade && card.trades.length > 0) faults.repeatedTrades++;
    if (card.wild) faults.wildNumbers++;
  }
  return faults;
}
