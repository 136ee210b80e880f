import type { Pair } from "../features/pair.ts";

/** One of the rules that managers filter by; null where the wish or the fact is unknown, which is no mismatch. */
export interface HandRule {
  code: "area" | "rent" | "place";
  holds(pair: Pair): boolean | null;
}

const AREA_SLACK = 1.2;
const BUDGET_SLACK = 1.2;

const unless = (unknown: boolean, holds: boolean) => (unknown ? null : holds);

/** Area ±20 %, budget +20 %, district, bank: the filter of the present work. */
export const handRules: readonly HandRule[] = [
  {
    code: "area",
    holds: ({ lead, premises: { areaSqm } }) => {
      const { areaFromSqm: from, areaToSqm: to } = lead;
      const tooSmall = areaSqm < from / AREA_SLACK;
      const tooLarge = areaSqm > to * AREA_SLACK;
      return unless(Number.isNaN(areaSqm) || (Number.isNaN(from) && Number.isNaN(to)), !tooSmall && !tooLarge);
    },
  },
  {
    code: "rent",
    holds: ({ lead, rentRubMonth }) =>
      unless(Number.isNaN(rentRubMonth / lead.budgetRubMonth), rentRubMonth <= lead.budgetRubMonth * BUDGET_SLACK),
  },
  {
    code: "place",
    holds: ({ lead, premises }) =>
      unless(
        lead.districts.length === 0 || premises.district === null,
        premises.district !== null && lead.districts.includes(premises.district),
      ),
  },
  {
    code: "place",
    holds: ({ scene, premises }) =>
      unless(scene.bank === null || premises.bank === null, scene.bank === "any" || scene.bank === premises.bank),
  },
];

/** Share of the rules that hold, an unknown one counting half; 0..1. What every rule allows is at least 0.5. */
export function handRuleScore(pair: Pair): { score: number; broken: HandRule["code"][] } {
  let points = 0;
  const broken: HandRule["code"][] = [];
  for (const rule of handRules) {
    const holds = rule.holds(pair);
    if (holds === null) points += 0.5;
    else if (holds) points += 1;
    else broken.push(rule.code);
  }
  const share = points / handRules.length;
  return { score: broken.length === 0 ? 0.5 + share / 2 : share / 2, broken };
}
