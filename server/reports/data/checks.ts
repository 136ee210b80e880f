import type { DataCheck } from "./data-check.ts";
import { oddAreas, oddBudgets, oddRents, oddWishedAreas, overlappingLeases, reversedDeals } from "./odd-values.ts";
import { leasedVacancies, unofferedVacancies } from "./stale-vacancies.ts";
import { samePhoneLeads, twinPremises } from "./twins.ts";
import { unlinkedDeals, unlinkedLeases } from "./unlinked.ts";

/** Everything that is looked for in what the database holds, in the order of the screen. */
export const checks = [
  oddWishedAreas,
  oddBudgets,
  oddAreas,
  oddRents,
  reversedDeals,
  overlappingLeases,
  samePhoneLeads,
  twinPremises,
  unlinkedDeals,
  unlinkedLeases,
  unofferedVacancies,
  leasedVacancies,
] as const satisfies readonly DataCheck[];

export type CheckName = (typeof checks)[number]["check"];
export const checkNames = checks.map(({ check }) => check) as [CheckName, ...CheckName[]];
