import type { LeadFacts, MarketHistory, PremisesFacts } from "../facts.ts";
import { firstDealId, firstLeadId, firstLeaseId, firstPremisesId } from "./market-ids.ts";
import { type Card, cardOf, type Wish, wishOf } from "./market-leads.ts";
import type { Ledger } from "./market-ledger.ts";
import { hireManagers, type MarketManager } from "./market-managers.ts";
import { districts } from "./market-nouns.ts";
import { type MarketRules, type MarketVariant, marketVariants, usualRules } from "./market-rules.ts";
import { buildStock, type Stock, type StockItem } from "./market-stock.ts";
import { type TruthFile, tellTruth } from "./market-truth.ts";
import { type BrokenRows, breakRows, countFaults, type Faults } from "./planted-faults.ts";
import { simulateMarket } from "./simulate-market.ts";

export interface MarketOptions {
  /** Default 1. */
  seed?: number;
  /** Default 48,000: about 6,000 recorded deals. */
  leads?: number;
  /** Default 600. */
  premises?: number;
  /** Default 30, at least 2 and at most 2,112; a tenth of them is dismissed. */
  managers?: number;
  /** The last day of the records, whole days since 1970-01-01. Default 2026-09-30. */
  today?: number;
  /** How far back the records go. Default 8.25 years. */
  years?: number;
  /** Default `usual`. */
  variant?: MarketVariant;
}

/** A made-up landlord's market of which everything is known: what happened, what was recorded, and what was true. */
export interface SyntheticMarket {
  readonly seed: number;
  readonly variant: MarketVariant;
  readonly rules: MarketRules;
  readonly firstDay: number;
  readonly today: number;
  readonly stock: Stock;
  readonly managers: MarketManager[];
  readonly ledger: Ledger;
  /** Rows of the exports whose links or days are broken on purpose. */
  readonly broken: BrokenRows;
  /** Faults that the exports hold, counted. */
  readonly faults: Faults;
  /** What the lead truly wants; `lead` is its number from 0. */
  wish(lead: number): Wish;
  /** What its card says. */
  card(lead: number): Card;
  /** The records as facts, as a careful import of the exports gives them. */
  history(): MarketHistory;
  /** The exam: up to `count` of the latest leads that were worked on, every premises free that day with its truth. */
  truth(count: number): TruthFile;
}

const defaultToday = Date.UTC(2026, 8, 30) / 86_400_000;

/** Makes the market that these options name; the same options make the same market. Throws RangeError on too few. */
export function makeMarket(options: MarketOptions = {}): SyntheticMarket {
  const { seed = 1, leads = 48_000, premises = 600, managers: hired = 30 } = options;
  const { today = defaultToday, years = 8.25, variant = "usual" } = options;
  const rules: MarketRules = { ...usualRules, ...marketVariants[variant] };
  if (leads < 1 || premises < 1 || hired < 2)
    throw new RangeError("A market takes a lead, a premises and two managers.");
  const firstDay = today - Math.round(years * 365.25);
  const stock = buildStock(seed, premises);
  const managers = hireManagers(seed, hired, firstDay, today, rules.tasteScale);
  const ledger = simulateMarket({ seed, rules, firstDay, today, leads, stock, managers });
  let faults: Faults | undefined;
  const market: SyntheticMarket = {
    ...{ seed, variant, rules, firstDay, today, stock, managers, ledger },
    broken: breakRows({ seed, ledger }),
    get faults() {
      faults ??= countFaults(market);
      return faults;
    },
    wish: (lead) => wishOf(seed, lead, ledger.leadDay[lead]!, firstDay),
    card: (lead) => {
      const year = new Date(ledger.leadDay[lead]! * 86_400_000).getUTCFullYear();
      return cardOf(seed, market.wish(lead), year, ledger.leadHasDeal[lead] === 1, rules.fillShift);
    },
    history: () => tellHistory(market),
    truth: (count) => tellTruth(market, count),
  };
  return market;
}

/** The lead's facts as its card tells them. */
export function leadFacts(market: SyntheticMarket, lead: number): LeadFacts {
  const { brand, trades, networkSize, areaFromSqm, areaToSqm, budgetRubMonth, bank, districts } = market.card(lead);
  return {
    leadId: String(firstLeadId + lead),
    createdDay: market.ledger.leadDay[lead]!,
    ...{ brand, areaFromSqm, areaToSqm, budgetRubMonth, bank, districts },
    trades: [...new Set(trades)],
    networkSize: networkSize ?? Number.NaN,
  };
}

function tellHistory(market: SyntheticMarket): MarketHistory {
  const { ledger, stock, managers, today, broken } = market;
  const named = new Set<number>();
  const history: MarketHistory = {
    ...{ snapshotDay: today, premises: stock.items.map((item) => premisesFacts(market, item)) },
    ...{ vacancies: [], leases: [], offers: [], judgements: [], leads: [] },
    managers: managers.map(({ id, dismissedDay }) => ({ managerId: String(id), dismissedDay })),
    districts: districts.map(({ name, bank, xKm, yKm }) => ({ name, bank, xKm, yKm })),
  };
  for (let i = 0; i < ledger.vacancies.length; i++) {
    const { premises, fromDay, toDay, rent } = ledger.vacancies.row(i);
    history.vacancies.push({ premisesId: premisesId(premises), fromDay, toDay, rentRubMonth: rent });
  }
  for (let i = 0; i < ledger.leases.length; i++) {
    const { premises, lead, leadKnown, startDay, endDay, rent } = ledger.leases.row(i);
    if (lead < 0 || broken.leasesOfUnknownPremises.has(i)) continue;
    if (leadKnown) named.add(lead);
    history.leases.push({
      ...{ leaseId: String(firstLeaseId + i), premisesId: premisesId(premises), startDay, endDay, rentRubMonth: rent },
      ...{ leadId: leadKnown ? String(firstLeadId + lead) : null, tenant: tenantOf(market, lead) },
    });
  }
  for (let i = 0; i < ledger.deals.length; i++) {
    if (broken.dealsWithoutPremises.has(i) || broken.dealsOfUnknownPremises.has(i) || broken.dealsOfUnknownLead.has(i))
      continue;
    const { lead, premises, manager, createdDay, closedDay, won } = ledger.deals.row(i);
    named.add(lead);
    history.offers.push({
      ...{ offerId: String(firstDealId + i), leadId: String(firstLeadId + lead), premisesId: premisesId(premises) },
      ...{ managerId: String(managers[manager]!.id), offeredDay: createdDay, closedDay, outcome: won ? "won" : "lost" },
    });
  }
  history.leads = [...named].sort((a, b) => a - b).map((lead) => leadFacts(market, lead));
  return history;
}

/** As accounting writes it: the trade behind the brand. */
export function tenantOf(market: SyntheticMarket, lead: number): string {
  const { brand, trades } = market.wish(lead);
  return brand.includes(",") ? brand : `${brand}, ${trades[0]!.name}`;
}

function premisesId(premises: number): string {
  return String(firstPremisesId + premises);
}

function premisesFacts(market: SyntheticMarket, item: StockItem): PremisesFacts {
  const { unknown } = item;
  const flag = (value: boolean, hidden: boolean) => (hidden ? Number.NaN : value ? 1 : 0);
  return {
    premisesId: String(item.id),
    areaSqm: item.areaSqm,
    rentRubMonth: market.ledger.askingRent[item.index]!,
    floor: unknown.floor ? Number.NaN : item.floor,
    fitOut: unknown.fitOut ? Number.NaN : item.fitOut,
    builtYear: unknown.builtYear ? Number.NaN : item.builtYear,
    managed: item.managed ? 1 : 0,
    water: flag(item.water, unknown.water),
    sewerage: unknown.sewerage ? Number.NaN : item.sewerage,
    documents: flag(item.documents, unknown.documents),
    bank: unknown.bank ? null : item.district.bank,
    district: unknown.district ? null : item.district.name,
    section: `Раздел ${item.section + 1}`,
  };
}
