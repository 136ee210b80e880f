import type { premises } from "#/db/schema/premises.ts";
import type { FreeSet } from "#/ml/timeline/free-premises.ts";
import { dateOfDay } from "../days.ts";
import { invariant } from "../errors.ts";
import { fitOutOf, sewerageOf, truthOrNull, valueOrNull } from "../matching/facts-from-rows.ts";
import type { Market } from "../matching/market-timeline.ts";

/** A premises as lists show it; null: not known. */
export interface PremisesRow {
  premisesId: string;
  name: string;
  address: string | null;
  district: string | null;
  bank: "left" | "right" | null;
  section: string | null;
  areaSqm: number | null;
  /** What is asked on the day; of a premises that is not free, what its own row says. */
  rentRubMonth: number | null;
  floor: number | null;
  fitOut: (typeof premises.fitOut.enumValues)[number] | null;
  /** First day of the unbroken stretch in which it has been free; null: it is not. */
  freeSinceOn: string | null;
}

/** The rest that is known of a premises. */
export interface PremisesDetail extends PremisesRow {
  builtYear: number | null;
  managed: boolean | null;
  water: boolean | null;
  sewerage: (typeof premises.sewerage.enumValues)[number] | null;
  documents: boolean | null;
}

/** Where each free premises stands in the day's set, by its index in the timeline. */
export function placesOf(free: FreeSet): ReadonlyMap<number, number> {
  return new Map(Array.from(free.premises, (index, at) => [index, at]));
}

/** `at`: its place in the day's free set; undefined where it was not free. */
export function premisesRow(market: Market, index: number, free: FreeSet, at: number | undefined): PremisesRow {
  const facts = market.timeline.premises[index]!;
  const named = market.names.get(facts.premisesId);
  invariant(named, `premises ${facts.premisesId} was read with its name`);
  return {
    premisesId: facts.premisesId,
    ...named,
    district: facts.district,
    bank: facts.bank,
    section: facts.section,
    areaSqm: valueOrNull(facts.areaSqm),
    rentRubMonth: valueOrNull(at === undefined ? facts.rentRubMonth : free.rentRubMonth[at]!),
    floor: valueOrNull(facts.floor),
    fitOut: fitOutOf(facts.fitOut),
    freeSinceOn: at === undefined ? null : dateOfDay(free.sinceDay[at]!),
  };
}

export function premisesDetail(market: Market, index: number, free: FreeSet, at: number | undefined): PremisesDetail {
  const facts = market.timeline.premises[index]!;
  return {
    ...premisesRow(market, index, free, at),
    builtYear: valueOrNull(facts.builtYear),
    managed: truthOrNull(facts.managed),
    water: truthOrNull(facts.water),
    sewerage: sewerageOf(facts.sewerage),
    documents: truthOrNull(facts.documents),
  };
}
