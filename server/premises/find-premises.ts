import { z } from "zod";
import { bank } from "#/db/schema/districts.ts";
import type { PremisesFacts } from "#/ml/facts.ts";
import type { FreeSet } from "#/ml/timeline/free-premises.ts";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk, dayOfDate } from "../days.ts";
import { readQuery } from "../leads/search-query.ts";
import { foldSearch } from "../leads/search-text.ts";
import { type Market, openMarket } from "../matching/market-timeline.ts";
import { authorize } from "../permissions.ts";
import { type PremisesRow, placesOf, premisesRow } from "./premises-row.ts";

const sqm = z.number().positive().lt(1_000_000);
const rub = z.number().positive().lt(1_000_000_000);

export const findPremisesInput = z.strictObject({
  query: z.string().max(200).optional(),
  /** Those that are free today alone. */
  free: z.boolean().default(false),
  district: z.string().min(1).max(200).optional(),
  bank: z.enum(bank.enumValues).optional(),
  areaFromSqm: sqm.optional(),
  areaToSqm: sqm.optional(),
  rentFromRubMonth: rub.optional(),
  rentToRubMonth: rub.optional(),
  sort: z.enum(["name", "area", "rent", "freed"]).default("name"),
  limit: z.number().int().min(1).max(100).default(40),
  /** Where the page begins in the whole list. */
  cursor: z.number().int().min(0).max(10_000_000).nullish(),
});

export interface PremisesPage {
  premises: PremisesRow[];
  /** All that fit, and how many of them are free today. */
  total: number;
  free: number;
  nextCursor: number | null;
  /** Is there any at all, whatever was asked? */
  anyPremises: boolean;
  /** Every district that has premises, for the filter. */
  districts: string[];
}

type Wanted = z.infer<typeof findPremisesInput>;

/** What the search needs of a market, made once: the text of each premises, and the premises in the order of their names. */
interface SearchIndex {
  texts: string[];
  byName: Int32Array;
  districts: string[];
}

const indexes = new WeakMap<Market, SearchIndex>();

/**
 * Premises whose id, name, address, district or section hold every word of the query and that lie within the wishes; whose
 * fact is unknown lies within none. What finds nothing as typed is tried on the other keyboard layout. Before all others the
 * one whose CRM id is the query. The market is in memory anyway: 100,000 premises are looked through without the database.
 */
export async function findPremises(ctx: Ctx, input: Wanted): Promise<PremisesPage> {
  authorize(ctx, "premises:read");
  const market = await openMarket(ctx);
  const index = indexOf(market);
  const free = market.timeline.freeOn(dayOfDate(dateInNovosibirsk(ctx.now())));
  const places = placesOf(free);
  const { typed, switched } = readQuery(input.query ?? "");
  const search = (words: string[]) => fitting(market, index, free, places, { ...input, words });
  let found = search(typed);
  if (found.length === 0 && switched) found = search(switched);
  sort(found, market, free, places, input);
  if (typed.length === 1) putFirst(found, market.timeline.indexOf(typed[0]!));
  const from = input.cursor ?? 0;
  const shown = found.slice(from, from + input.limit);
  return {
    premises: shown.map((one) => premisesRow(market, one, free, places.get(one))),
    total: found.length,
    free: found.reduce((sum, one) => sum + Number(places.has(one)), 0),
    nextCursor: from + shown.length < found.length ? from + shown.length : null,
    anyPremises: market.timeline.premises.length > 0,
    districts: index.districts,
  };
}

function indexOf(market: Market): SearchIndex {
  const known = indexes.get(market);
  if (known) return known;
  const names = market.timeline.premises.map(({ premisesId }) => market.names.get(premisesId)?.name ?? "");
  const collator = new Intl.Collator("ru", { numeric: true });
  const made = {
    texts: market.timeline.premises.map(({ premisesId, district, section }, i) => {
      const address = market.names.get(premisesId)?.address ?? "";
      // A leading space: a short word must begin one, as in the search of leads.
      return ` ${foldSearch([premisesId, names[i], address, district ?? "", section ?? ""].join(" "))}`;
    }),
    byName: Int32Array.from(names.keys()).sort((a, b) => collator.compare(names[a]!, names[b]!) || a - b),
    districts: [...new Set(market.timeline.premises.flatMap(({ district }) => district ?? []))].sort(collator.compare),
  };
  indexes.set(market, made);
  return made;
}

function fitting(
  market: Market,
  { texts, byName }: SearchIndex,
  free: FreeSet,
  places: ReadonlyMap<number, number>,
  wanted: Wanted & { words: string[] },
): number[] {
  const found: number[] = [];
  for (const one of byName) {
    const at = places.get(one);
    if (wanted.free && at === undefined) continue;
    const facts = market.timeline.premises[one]!;
    const rent = at === undefined ? facts.rentRubMonth : free.rentRubMonth[at]!;
    if (lies(facts, rent, wanted) && wanted.words.every((word) => holds(texts[one]!, word))) found.push(one);
  }
  return found;
}

/** Unknown is no match: NaN is neither above nor below. */
function lies(facts: PremisesFacts, rentRubMonth: number, wanted: Wanted): boolean {
  const within = (value: number, from: number | undefined, to: number | undefined) =>
    (from === undefined || value >= from) && (to === undefined || value <= to);
  return (
    (wanted.district === undefined || facts.district === wanted.district) &&
    (wanted.bank === undefined || facts.bank === wanted.bank) &&
    within(facts.areaSqm, wanted.areaFromSqm, wanted.areaToSqm) &&
    within(rentRubMonth, wanted.rentFromRubMonth, wanted.rentToRubMonth)
  );
}

function holds(text: string, word: string): boolean {
  return text.includes(word.length < 3 ? ` ${word}` : word);
}

/** By name they come as they are found; the others by a number, and what is unknown or not free stands last. */
function sort(
  found: number[],
  { timeline }: Market,
  free: FreeSet,
  places: ReadonlyMap<number, number>,
  { sort }: Wanted,
): void {
  if (sort === "name") return;
  const value = (one: number) => {
    const at = places.get(one);
    if (sort === "area") return timeline.premises[one]!.areaSqm;
    if (sort === "rent") return at === undefined ? timeline.premises[one]!.rentRubMonth : free.rentRubMonth[at]!;
    return at === undefined ? Number.NaN : -free.sinceDay[at]!;
  };
  const values = new Map(found.map((one) => [one, value(one)]));
  const known = (one: number) => (Number.isNaN(values.get(one)!) ? Number.POSITIVE_INFINITY : values.get(one)!);
  found.sort((a, b) => (known(a) === known(b) ? 0 : known(a) - known(b)));
}

function putFirst(found: number[], one: number): void {
  const at = found.indexOf(one);
  if (at > 0) found.unshift(...found.splice(at, 1));
}
