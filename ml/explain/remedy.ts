import type { Bank } from "../facts.ts";
import type { Remedy } from "../ranked.ts";
import type { PairFacts } from "./pair-facts.ts";
import type { remedyWords } from "./remedy-words.ts";

/** One thing changed about a pair, everything else as it is. */
export type Change =
  | { kind: "rent"; rentRubMonth: number }
  | { kind: "area"; areaFromSqm: number; areaToSqm: number }
  | { kind: "budget"; budgetRubMonth: number }
  | { kind: "bank"; bank: Bank }
  | { kind: "district"; district: string };

/** A rent that is cut further is no small change. */
const rentCutMax = 0.3;
const rentStepRub = 500;
/** A wish is not bent further than this. */
const areaStretchMax = 2;
const budgetStretchMax = 1.5;
const budgetStepRub = 1000;
/** What another bank or district costs, on the scale of a rent cut of that part. */
const districtEffort = 0.15;
const bankEffort = 0.25;

/** A change that may be shown, and how much it asks for: the part that a rent is cut by, or what a wish is stretched by. */
interface Possible {
  change: Change;
  effort: number;
}

/**
 * The smallest single change with which a removed pair would be kept, or null. `keeps` scores a changed pair by the rule that
 * gave the verdict; only a change that it was asked about and kept is answered.
 */
export function findRemedy(facts: PairFacts, keeps: (change: Change) => boolean): Remedy | null {
  const wishes = [...widerArea(facts), ...largerBudget(facts), ...otherBank(facts), ...otherDistrict(facts)];
  const smallest = wishes.sort((a, b) => a.effort - b.effort).find(({ change }) => keeps(change));
  const cheaper = smallestCut(facts.rentRubMonth, Math.min(rentCutMax, smallest?.effort ?? rentCutMax), keeps);
  const change = cheaper ?? smallest?.change;
  return change ? describe(change) : null;
}

/**
 * The highest rent that keeps, among whole steps below what is asked and above the deepest cut; by halving, for a lower rent
 * never suits less. Only a manager's taste may: then it is a rent that keeps, if not the highest.
 */
function smallestCut(asking: number, deepest: number, keeps: (change: Change) => boolean): Change | null {
  const at = (step: number): Change => ({ kind: "rent", rentRubMonth: step * rentStepRub });
  let low = Math.max(1, Math.ceil((asking * (1 - deepest)) / rentStepRub));
  let high = Math.ceil(asking / rentStepRub) - 1;
  if (!(low <= high) || !keeps(at(low))) return null;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (keeps(at(middle))) low = middle;
    else high = middle - 1;
  }
  return at(low);
}

function widerArea({ areaSqm, wish }: PairFacts): Possible[] {
  const swapped = wish.areaFromSqm > wish.areaToSqm;
  const from = swapped ? wish.areaToSqm : wish.areaFromSqm;
  const to = swapped ? wish.areaFromSqm : wish.areaToSqm;
  if (areaSqm > to && areaSqm / to <= areaStretchMax) {
    const change = { kind: "area", areaFromSqm: from, areaToSqm: Math.ceil(areaSqm) } as const;
    return [{ change, effort: Math.log(areaSqm / to) }];
  }
  if (areaSqm < from && from / areaSqm <= areaStretchMax) {
    const change = { kind: "area", areaFromSqm: Math.floor(areaSqm), areaToSqm: to } as const;
    return [{ change, effort: Math.log(from / areaSqm) }];
  }
  return [];
}

function largerBudget({ rentRubMonth, wish }: PairFacts): Possible[] {
  const stretch = rentRubMonth / wish.budgetRubMonth;
  if (!(stretch > 1 && stretch <= budgetStretchMax)) return [];
  const budgetRubMonth = Math.ceil(rentRubMonth / budgetStepRub) * budgetStepRub;
  return [{ change: { kind: "budget", budgetRubMonth }, effort: Math.log(stretch) }];
}

function otherBank({ bank, wish }: PairFacts): Possible[] {
  if (bank === null || wish.bank === null || wish.bank === "any" || wish.bank === bank) return [];
  return [{ change: { kind: "bank", bank }, effort: bankEffort }];
}

function otherDistrict({ district, wish }: PairFacts): Possible[] {
  if (district === null || wish.districts.length === 0 || wish.districts.includes(district)) return [];
  return [{ change: { kind: "district", district }, effort: districtEffort }];
}

function describe({ kind, ...values }: Change): Remedy {
  const phrase: keyof typeof remedyWords = kind;
  return {
    phrase,
    values: Object.fromEntries(
      Object.entries(values).map(([key, value]) => [
        key,
        typeof value === "number" && Number.isNaN(value) ? null : value,
      ]),
    ),
  };
}
