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

/** A change of one of the pairs, to be scored. `bank`: either bank suits from now on; `district`: it joins the wished ones. */
export interface Trial {
  /** Place of the pair in the list that was asked about. */
  pair: number;
  change: Change;
}

/** Rents are tried this much lower, in order: further cuts are no small change. */
const rentFactors = [0.95, 0.9, 0.85, 0.8, 0.75, 0.7];
const rentStepRub = 500;
/** A wish is not bent further than this. */
const areaStretchMax = 2;
const budgetStretchMax = 1.5;
const budgetStepRub = 1000;
/** What another bank or district costs, on the scale of a rent cut of that part. */
const districtEffort = 0.15;
const bankEffort = 0.25;

/**
 * For each removed pair the smallest single change with which it would be kept, or null. All trials are scored in one
 * batch by `keeps`, which answers for each whether its premises would be kept, by the very path that gave the verdicts; so
 * whatever is shown has been scored.
 */
export async function findRemedies(
  pairs: readonly PairFacts[],
  keeps: (trials: readonly Trial[]) => Promise<readonly boolean[]>,
): Promise<(Remedy | null)[]> {
  const trials = pairs.flatMap((facts, pair) => possibleChanges(facts).map((possible) => ({ pair, ...possible })));
  const kept = trials.length === 0 ? [] : await keeps(trials.map(({ pair, change }) => ({ pair, change })));
  if (kept.length !== trials.length) throw new RangeError(`${kept.length} answers to ${trials.length} trials`);
  const remedies: (Remedy | null)[] = pairs.map(() => null);
  const efforts = pairs.map(() => Number.POSITIVE_INFINITY);
  for (const [index, { pair, change, effort }] of trials.entries()) {
    if (!kept[index] || effort >= efforts[pair]!) continue;
    efforts[pair] = effort;
    remedies[pair] = describe(change);
  }
  return remedies;
}

/** Changes worth trying with their effort: a share of the rent, or what a wish is stretched by. */
function possibleChanges(facts: PairFacts): { change: Change; effort: number }[] {
  return [
    ...rentCuts(facts),
    ...widerArea(facts),
    ...largerBudget(facts),
    ...otherBank(facts),
    ...otherDistrict(facts),
  ];
}

/** Rounded down before they are scored: what is shown is what was tried. */
function rentCuts({ rentRubMonth }: PairFacts): { change: Change; effort: number }[] {
  return rentFactors
    .map((factor) => Math.floor((rentRubMonth * factor) / rentStepRub) * rentStepRub)
    .filter((rent, index, rents) => rent > 0 && rents.indexOf(rent) === index)
    .map((rent) => ({ change: { kind: "rent", rentRubMonth: rent }, effort: 1 - rent / rentRubMonth }));
}

function widerArea({ areaSqm, wish }: PairFacts): { change: Change; effort: number }[] {
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

function largerBudget({ rentRubMonth, wish }: PairFacts): { change: Change; effort: number }[] {
  const stretch = rentRubMonth / wish.budgetRubMonth;
  if (!(stretch > 1 && stretch <= budgetStretchMax)) return [];
  const budgetRubMonth = Math.ceil(rentRubMonth / budgetStepRub) * budgetStepRub;
  return [{ change: { kind: "budget", budgetRubMonth }, effort: Math.log(stretch) }];
}

function otherBank({ bank, wish }: PairFacts): { change: Change; effort: number }[] {
  if (bank === null || wish.bank === null || wish.bank === "any" || wish.bank === bank) return [];
  return [{ change: { kind: "bank", bank }, effort: bankEffort }];
}

function otherDistrict({ district, wish }: PairFacts): { change: Change; effort: number }[] {
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
