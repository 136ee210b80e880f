import type { deals, districts, leads, premises } from "#/db/schema/index.ts";
import type { DistrictFacts, LeadFacts, OfferFacts, PremisesFacts } from "#/ml/facts.ts";

/**
 * From what the database remembers to what `ml` is fed with, and nowhere else: NULL becomes NaN for a number, null for a
 * class, an empty list for a list. Ordered classes become their places; days are integers already.
 */

const fitOutPlace = { shell: 0, prefinished: 1, finished: 2 } as const;
const seweragePlace = { none: 0, temporary: 1, mains: 2 } as const;
const networkSizePlace = { one: 0, few: 1, many: 2, chain: 3 } as const;

/** An unknown number is NaN. */
export function numberOf(value: number | null | undefined): number {
  return value ?? Number.NaN;
}

/** A day that has not come is Infinity. */
export function dayOrNever(day: number | null): number {
  return day ?? Number.POSITIVE_INFINITY;
}

function truthOf(value: boolean | null): number {
  return value === null ? Number.NaN : value ? 1 : 0;
}

/** The way back, for whoever shows facts to people: what is NaN is null. */
export function valueOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

export function truthOrNull(value: number): boolean | null {
  return Number.isNaN(value) ? null : value === 1;
}

export function fitOutOf(place: number): keyof typeof fitOutPlace | null {
  return classAt(fitOutPlace, place);
}

export function sewerageOf(place: number): keyof typeof seweragePlace | null {
  return classAt(seweragePlace, place);
}

function classAt<K extends string>(places: Record<K, number>, place: number): K | null {
  return (Object.keys(places) as K[]).find((name) => places[name] === place) ?? null;
}

function placeOf<K extends string>(places: Record<K, number>, value: K | null | undefined): number {
  return value == null ? Number.NaN : places[value];
}

export type PremisesRow = Omit<typeof premises.$inferSelect, "name" | "address" | "status">;

export function premisesFacts(row: PremisesRow): PremisesFacts {
  return {
    premisesId: row.id,
    areaSqm: numberOf(row.areaSqm),
    rentRubMonth: numberOf(row.rentRubMonth),
    floor: numberOf(row.floor),
    fitOut: placeOf(fitOutPlace, row.fitOut),
    builtYear: numberOf(row.builtYear),
    managed: truthOf(row.managed),
    water: truthOf(row.water),
    sewerage: placeOf(seweragePlace, row.sewerage),
    documents: truthOf(row.documents),
    bank: row.bank,
    district: row.district,
    section: row.section,
  };
}

/** A lead's wishes as a row of the CRM or a request names them; a field that is absent is unknown. */
export interface WishesRow {
  brand?: string | null | undefined;
  trades?: string[] | null | undefined;
  networkSize?: (typeof leads.networkSize.enumValues)[number] | null | undefined;
  areaFromSqm?: number | null | undefined;
  areaToSqm?: number | null | undefined;
  budgetRubMonth?: number | null | undefined;
  bank?: (typeof leads.bank.enumValues)[number] | null | undefined;
  districts?: string[] | null | undefined;
}

/** `createdDay` is null where the lead came without one. */
export function leadFacts(leadId: string | null, createdDay: number | null, row: WishesRow): LeadFacts {
  return {
    leadId,
    createdDay: numberOf(createdDay),
    brand: row.brand ?? null,
    trades: row.trades ?? [],
    networkSize: placeOf(networkSizePlace, row.networkSize),
    areaFromSqm: numberOf(row.areaFromSqm),
    areaToSqm: numberOf(row.areaToSqm),
    budgetRubMonth: numberOf(row.budgetRubMonth),
    bank: row.bank ?? null,
    districts: row.districts ?? [],
  };
}

export function districtFacts(row: typeof districts.$inferSelect): DistrictFacts {
  return { name: row.name, bank: row.bank, xKm: numberOf(row.xKm), yKm: numberOf(row.yKm) };
}

export interface OfferRow {
  id: string;
  leadId: string;
  premisesId: string;
  managerId: string | null;
  offeredDay: number;
  closedDay: number | null;
  stage: (typeof deals.stage.enumValues)[number];
}

/**
 * An offer as it was known on `lastDay` (Infinity: as it is known now). How it ended is known only from the day it closed;
 * an ending without a day cannot be shown to have been known, so a look into the past sees that offer open.
 */
export function offerFacts(row: OfferRow, lastDay: number): OfferFacts {
  const ended =
    row.stage !== "open" &&
    (lastDay === Number.POSITIVE_INFINITY || (row.closedDay !== null && row.closedDay <= lastDay));
  return {
    offerId: row.id,
    leadId: row.leadId,
    premisesId: row.premisesId,
    managerId: row.managerId,
    offeredDay: row.offeredDay,
    closedDay: ended ? numberOf(row.closedDay) : Number.NaN,
    outcome: ended ? row.stage : "open",
  };
}

/** A lead's facts as JSON can hold them, for the log of runs: NaN has no place in JSON and stands there as null. */
export function leadFactsToJson(lead: LeadFacts): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(lead).map(([name, value]) => [name, Number.isNaN(value) ? null : (value as unknown)]),
  );
}

/** The same facts back, to the bit. */
export function leadFactsFromJson(json: Record<string, unknown>): LeadFacts {
  const logged = json as { [K in keyof LeadFacts]: LeadFacts[K] | null };
  return {
    leadId: logged.leadId,
    createdDay: numberOf(logged.createdDay),
    brand: logged.brand,
    trades: logged.trades ?? [],
    networkSize: numberOf(logged.networkSize),
    areaFromSqm: numberOf(logged.areaFromSqm),
    areaToSqm: numberOf(logged.areaToSqm),
    budgetRubMonth: numberOf(logged.budgetRubMonth),
    bank: logged.bank,
    districts: logged.districts ?? [],
  };
}
