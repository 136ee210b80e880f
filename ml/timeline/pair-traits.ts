import type { Bank, LeadFacts, PremisesFacts } from "../facts.ts";

/** What managers differ in when they choose what to show: each is yes 1, no 0, or unknown NaN. */
export const PAIR_TRAITS = [
  "basement",
  "upperFloor",
  "shell",
  "managed",
  "otherBank",
  "otherDistrict",
  "overBudget",
  "smallerThanWish",
  "largerThanWish",
  "dear",
] as const;

/** `bank`: as `wishedBank` gives it. `rentSqmMedian`: the market's median rent per m². */
export function traitsOf(
  lead: LeadFacts,
  premises: PremisesFacts,
  rentRubMonth: number,
  rentSqmMedian: number,
  bank: Bank | "any" | null,
): Float64Array {
  return Float64Array.of(
    yes(premises.floor < 0, premises.floor),
    yes(premises.floor > 1, premises.floor),
    yes(premises.fitOut === 0, premises.fitOut),
    premises.managed,
    bank === null || premises.bank === null ? Number.NaN : +(bank !== "any" && bank !== premises.bank),
    lead.districts.length === 0 || premises.district === null
      ? Number.NaN
      : +!lead.districts.includes(premises.district),
    yes(rentRubMonth > lead.budgetRubMonth, rentRubMonth, lead.budgetRubMonth),
    yes(premises.areaSqm < lead.areaFromSqm, premises.areaSqm, lead.areaFromSqm),
    yes(premises.areaSqm > lead.areaToSqm, premises.areaSqm, lead.areaToSqm),
    yes(rentRubMonth / premises.areaSqm > rentSqmMedian, rentRubMonth, premises.areaSqm, rentSqmMedian),
  );
}

/** The bank a lead wants: its own word, else the one bank on which all its wished districts lie. */
export function wishedBank(lead: LeadFacts, bankOf: ReadonlyMap<string, Bank>): Bank | "any" | null {
  if (lead.bank !== null) return lead.bank;
  const banks = new Set(lead.districts.map((district) => bankOf.get(district) ?? null));
  const [only] = banks;
  return banks.size === 1 && only ? only : null;
}

function yes(answer: boolean, fact: number, other = 0, third = 0): number {
  return Number.isNaN(fact) || Number.isNaN(other) || Number.isNaN(third) ? Number.NaN : +answer;
}
