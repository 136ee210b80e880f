import type { PairFacts } from "../explain/pair-facts.ts";
import type { Tenant } from "../timeline/section-tenants.ts";
import { ANCHOR_SQM } from "./neighbours.ts";
import type { Pair } from "./pair.ts";

/** What a reason may name about a pair: the very values that its features were computed from. */
export function describePair(pair: Pair): PairFacts {
  const { scene, lead, premises, rentRubMonth, neighbours, sinceDay } = pair;
  const { mean, spread } = scene.typical;
  const usually = scene.trades.size === 0 ? unknownTypical : mean;
  const [trade] = [...scene.trades].sort(([, a], [, b]) => b - a)[0] ?? [null];
  const largest = neighbours.reduce<Tenant | null>((a, b) => (a && a.areaSqm >= b.areaSqm ? a : b), null);
  const anchor = largest !== null && largest.areaSqm >= ANCHOR_SQM ? largest : null;
  return {
    areaSqm: premises.areaSqm,
    rentRubMonth,
    floor: premises.floor,
    fitOut: premises.fitOut,
    builtYear: premises.builtYear,
    managed: premises.managed,
    water: premises.water,
    sewerage: premises.sewerage,
    documents: premises.documents,
    bank: premises.bank,
    district: premises.district,
    wish: {
      areaFromSqm: lead.areaFromSqm,
      areaToSqm: lead.areaToSqm,
      budgetRubMonth: lead.budgetRubMonth,
      bank: lead.bank,
      districts: lead.districts,
      kmToDistrict: scene.kmToWish(premises.district),
    },
    trade,
    usual: {
      areaFromSqm: Math.exp(usually.logArea - spread.logArea),
      areaToSqm: Math.exp(usually.logArea + spread.logArea),
      rentRubSqmMonth: Math.exp(usually.logRentSqm),
      floor: usually.floor,
      fitOut: usually.fitOut,
      water: usually.water,
      sewerage: usually.sewerage,
      documents: usually.documents,
      managed: usually.managed,
    },
    neighbours: premises.section === null ? Number.NaN : neighbours.length,
    rivalTrade: rivalOf(pair),
    anchorTrade: anchor ? ([...anchor.trades.keys()][0] ?? null) : null,
    largestNeighbourSqm: largest?.areaSqm ?? Number.NaN,
    vacantDays: scene.day - sinceDay,
  };
}

const unknown = Number.NaN;
const unknownTypical = {
  logArea: unknown,
  logRentSqm: unknown,
  floor: unknown,
  fitOut: unknown,
  water: unknown,
  sewerage: unknown,
  documents: unknown,
  managed: unknown,
};

function rivalOf({ scene, neighbours }: Pair): string | null {
  for (const tenant of neighbours) for (const trade of tenant.trades.keys()) if (scene.trades.has(trade)) return trade;
  return null;
}
