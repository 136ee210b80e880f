import { type Locale, rubles, sqm, sqmRange } from "#/ml/explain/number-words.ts";
import type { LeadFacts, PremisesFacts } from "#/ml/facts.ts";
import type { Reason, ReasonCode } from "#/ml/ranked.ts";

/** Everything that a client may be told in favour of a premises. */
export const reasonNames = [
  "area",
  "rent",
  "district",
  "bank",
  "first_floor",
  "water",
  "sewerage",
  "finished",
  "documents",
  "managed",
  "anchor",
  "no_rival",
] as const;

export type ReasonName = (typeof reasonNames)[number];

/** A true sentence in favour of a premises, in terms of what the client asked for or can see himself. */
export interface ClientReason {
  name: ReasonName;
  values: Record<string, number | string | null>;
}

/** More than these a client does not read. */
const AT_MOST = 5;

const wishes: readonly ReasonName[] = ["area", "rent", "district", "bank"];

const namesOf: Partial<Record<ReasonCode, readonly ReasonName[]>> = {
  area: ["area"],
  rent: ["rent"],
  place: ["district", "bank"],
  utilities: ["first_floor", "water", "sewerage"],
  condition: ["finished", "documents", "managed"],
  neighbours: ["anchor", "no_rival"],
};

/**
 * What speaks for a premises, worded for whoever asked for it: what weighed most comes first, then the wishes it meets.
 * Built from facts by a list of what may be said, so that nothing else can be: not how we rank, not what others took, not
 * what speaks against.
 */
export function favouringReasons(lead: LeadFacts, premises: PremisesFacts, ranked: readonly Reason[]): ClientReason[] {
  const holding = new Map(
    [...wishesMet(lead, premises), ...merits(premises), ...neighbours(ranked)].map((one) => [one.name, one]),
  );
  if (holding.has("district")) holding.delete("bank");
  const weighed = ranked
    .filter(({ pull }) => pull > 0)
    .sort((a, b) => b.pull - a.pull)
    .flatMap(({ code }) => namesOf[code] ?? []);
  return [...new Set([...weighed, ...wishes])].flatMap((name) => holding.get(name) ?? []).slice(0, AT_MOST);
}

function* wishesMet(lead: LeadFacts, premises: PremisesFacts): Generator<ClientReason> {
  const { areaSqm, bank, district } = premises;
  const ends = [lead.areaFromSqm, lead.areaToSqm].filter(Number.isFinite);
  const [low, high] = ends.length === 2 ? [Math.min(...ends), Math.max(...ends)] : [lead.areaFromSqm, lead.areaToSqm];
  // An end that is not known bounds nothing: a comparison with NaN is never true.
  if (ends.length > 0 && Number.isFinite(areaSqm) && !(areaSqm < low!) && !(areaSqm > high!))
    yield { name: "area", values: { areaSqm, fromSqm: finite(low), toSqm: finite(high) } };
  if (Number.isFinite(lead.budgetRubMonth)) yield { name: "rent", values: { budgetRubMonth: lead.budgetRubMonth } };
  if (district !== null && lead.districts.includes(district)) yield { name: "district", values: { district } };
  if (bank !== null && lead.bank === bank) yield { name: "bank", values: { bank } };
}

function* merits({ floor, water, sewerage, fitOut, documents, managed }: PremisesFacts): Generator<ClientReason> {
  if (floor === 1) yield { name: "first_floor", values: {} };
  if (water === 1 && sewerage !== 2) yield { name: "water", values: {} };
  if (sewerage === 2) yield { name: "sewerage", values: { water: water === 1 ? 1 : 0 } };
  if (fitOut === 2) yield { name: "finished", values: {} };
  if (documents === 1) yield { name: "documents", values: {} };
  if (managed === 1) yield { name: "managed", values: {} };
}

function* neighbours(ranked: readonly Reason[]): Generator<ClientReason> {
  for (const { code, pull, phrase, values } of ranked) {
    if (code !== "neighbours" || pull <= 0) continue;
    if (phrase === "anchor" && typeof values.trade === "string")
      yield { name: "anchor", values: { trade: values.trade } };
    if (phrase === "no_rival") yield { name: "no_rival", values: {} };
  }
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

/** The sentence; null where it is not true at this rent. `rentRubMonth` null: no price is named. */
export function wordClientReason(
  { name, values }: ClientReason,
  rentRubMonth: number | null,
  locale: Locale,
): string | null {
  const ru = locale === "ru";
  switch (name) {
    case "area": {
      const [area, wished] = [
        sqm(Number(values.areaSqm), locale),
        sqmRange(numberOrNull(values.fromSqm), numberOrNull(values.toSqm), locale),
      ];
      return ru ? `${area} — в пределах вашего запроса ${wished}` : `${area}, as you asked (${wished})`;
    }
    case "rent": {
      const budget = Number(values.budgetRubMonth);
      if (rentRubMonth === null || rentRubMonth > budget) return null;
      return ru
        ? `Аренда укладывается в ваш бюджет ${rubles(budget, locale)} в месяц`
        : `The rent is within your budget of ${rubles(budget, locale)} a month`;
    }
    case "district":
      return ru ? `Район, который вы просили: ${values.district}` : `The district you asked for: ${values.district}`;
    case "bank":
      return values.bank === "left"
        ? ru
          ? "Левый берег, как вы просили"
          : "Left bank, as you asked"
        : ru
          ? "Правый берег, как вы просили"
          : "Right bank, as you asked";
    case "first_floor":
      return ru ? "Первый этаж" : "Ground floor, at street level";
    case "water":
      return ru ? "Вода подведена" : "Running water";
    case "sewerage":
      if (values.water === 1) return ru ? "Вода и центральная канализация" : "Running water and mains sewerage";
      return ru ? "Центральная канализация" : "Mains sewerage";
    case "finished":
      return ru ? "С отделкой: можно открываться без долгого ремонта" : "Finished: opens without long works";
    case "documents":
      return ru ? "Документы готовы к договору" : "Documents ready for a contract";
    case "managed":
      return ru ? "Здание в нашем управлении" : "The building is managed by us";
    case "anchor":
      return ru ? `Рядом: ${values.trade}` : `Next door: ${values.trade}`;
    case "no_rival":
      return ru ? "Рядом нет заведений вашего профиля" : "Nobody of your trade next door";
  }
}

function numberOrNull(value: number | string | null | undefined): number | null {
  return typeof value === "number" ? value : null;
}
