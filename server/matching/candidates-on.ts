import type { fitOut as fitOutClasses, sewerage as sewerageClasses } from "#/db/schema/index.ts";
import type { PremisesFacts } from "#/ml/facts.ts";
import { dateOfDay } from "../days.ts";
import { invariant } from "../errors.ts";
import { fitOutOf, sewerageOf, truthOrNull, valueOrNull } from "./facts-from-rows.ts";
import type { Market, PremisesNames } from "./market-timeline.ts";

/** What is known of a candidate, its asking rent being that of the day. */
export interface Candidate extends PremisesFacts, PremisesNames {
  /** First day of the unbroken stretch in which it has been free. */
  freeSinceDay: number;
}

/** Every premises that was free on the day, by its id. */
export function candidatesOn({ timeline, names }: Market, day: number): Map<string, Candidate> {
  const free = timeline.freeOn(day);
  const found = new Map<string, Candidate>();
  for (let i = 0; i < free.count; i++) {
    const facts = timeline.premises[free.premises[i]!]!;
    const named = names.get(facts.premisesId);
    invariant(named, `premises ${facts.premisesId} was read with its name`);
    found.set(facts.premisesId, {
      ...facts,
      ...named,
      rentRubMonth: free.rentRubMonth[i]!,
      freeSinceDay: free.sinceDay[i]!,
    });
  }
  return found;
}

/** A candidate as a card shows it; null: not known. */
export interface ToldCandidate {
  premisesId: string;
  name: string;
  address: string | null;
  district: string | null;
  bank: "left" | "right" | null;
  section: string | null;
  areaSqm: number | null;
  rentRubMonth: number | null;
  floor: number | null;
  fitOut: (typeof fitOutClasses.enumValues)[number] | null;
  builtYear: number | null;
  managed: boolean | null;
  water: boolean | null;
  sewerage: (typeof sewerageClasses.enumValues)[number] | null;
  documents: boolean | null;
  freeSinceOn: string;
}

export function tellCandidate(candidate: Candidate): ToldCandidate {
  return {
    premisesId: candidate.premisesId,
    name: candidate.name,
    address: candidate.address,
    district: candidate.district,
    bank: candidate.bank,
    section: candidate.section,
    areaSqm: valueOrNull(candidate.areaSqm),
    rentRubMonth: valueOrNull(candidate.rentRubMonth),
    floor: valueOrNull(candidate.floor),
    fitOut: fitOutOf(candidate.fitOut),
    builtYear: valueOrNull(candidate.builtYear),
    managed: truthOrNull(candidate.managed),
    water: truthOrNull(candidate.water),
    sewerage: sewerageOf(candidate.sewerage),
    documents: truthOrNull(candidate.documents),
    freeSinceOn: dateOfDay(candidate.freeSinceDay),
  };
}
