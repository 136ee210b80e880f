import { rubles, sqm } from "#/ml/explain/number-words.ts";
import type { Firm } from "../settings/firm.ts";
import type { Locale } from "../wording.ts";
import { wordClientReason } from "./client-reasons.ts";
import type { ProposalContent, ProposalItem } from "./content.ts";
import { documentWords } from "./document-words.ts";
import type { PickFacts, PremisesPick } from "./pick.ts";

export interface DocumentPremises {
  title: string;
  /** «Центральный, правый берег». */
  location: string | null;
  area: string | null;
  /** `month` alone where the area is not known; a sentence where no price is named. */
  price: { month: string; perSqm: string | null };
  facts: { name: string; value: string }[];
  reasons: string[];
  note: string | null;
}

/**
 * A proposal as its client reads it, every word worded: page, print, PDF and message are drawn from this and from nothing
 * else. It holds no id of ours.
 */
export interface ProposalDocument {
  locale: Locale;
  title: string;
  /** «КП № 2026-0042»; null: a draft. */
  number: string | null;
  /** «от 24 ноября 2026 г.» or «Черновик». */
  dated: string;
  client: string | null;
  firm: Firm;
  contact: { title: string; name: string; phone: string | null; email: string | null };
  /** Paragraphs. */
  greeting: string[];
  premises: DocumentPremises[];
  labels: { why: string; page: string };
}

/** Words a proposal. `sent` null: a draft. */
export function describeDocument(input: {
  content: ProposalContent;
  picks: ReadonlyMap<string, PremisesPick>;
  firm: Firm;
  client: string | null;
  sent: { number: string; sentOn: string } | null;
}): ProposalDocument {
  const { content, firm, sent } = input;
  const words = documentWords[content.locale];
  return {
    locale: content.locale,
    title: words.title,
    number: sent && words.numberOf(sent.number),
    dated: sent ? words.dated(dateInWords(sent.sentOn, content.locale)) : words.draft,
    client: input.client && words.forClient(input.client),
    firm,
    contact: {
      title: words.contact,
      name: content.contact.name.trim(),
      phone: content.contact.phone.trim() || null,
      email: content.contact.email.trim() || null,
    },
    greeting: paragraphs(content.greeting),
    premises: content.items.flatMap((item) => {
      const pick = input.picks.get(item.premisesId);
      return pick ? [describePremises(item, pick, content.locale)] : [];
    }),
    labels: { why: words.why, page: words.page },
  };
}

function describePremises(item: ProposalItem, { facts, reasons }: PremisesPick, locale: Locale): DocumentPremises {
  const words = documentWords[locale];
  return {
    title: facts.address ?? words.nameless,
    location: [facts.district, facts.bank && words.bankOf[facts.bank]].filter(Boolean).join(", ") || null,
    area: facts.areaSqm === null ? null : sqm(facts.areaSqm, locale),
    price: describePrice(item.rentRubMonth, facts.areaSqm, locale),
    facts: describeFacts(facts, locale),
    reasons: reasons
      .filter(({ name }) => !item.hidden.includes(name))
      .flatMap((reason) => wordClientReason(reason, item.rentRubMonth, locale) ?? []),
    note: item.note.trim() || null,
  };
}

function describePrice(rent: number | null, areaSqm: number | null, locale: Locale): DocumentPremises["price"] {
  const words = documentWords[locale];
  if (rent === null) return { month: words.priceOnRequest, perSqm: null };
  return {
    month: words.perMonth(rubles(rent, locale)),
    perSqm: areaSqm === null ? null : words.perSqm(rubles(rent / areaSqm, locale)),
  };
}

/** What is known; a line that would say «не указано» is of no use to a client. */
function describeFacts(facts: PickFacts, locale: Locale): DocumentPremises["facts"] {
  const words = documentWords[locale];
  const { floor, fitOut, water, sewerage, builtYear, documents } = facts;
  const rows: [keyof typeof words.facts, string | null][] = [
    ["floor", floor === null ? null : words.floorOf(floor)],
    ["fitOut", fitOut && words.fitOutOf[fitOut]],
    ["water", water === null ? null : water ? words.yes : words.no],
    ["sewerage", sewerage && words.sewerageOf[sewerage]],
    ["built", builtYear === null ? null : String(builtYear)],
    ["documents", documents ? words.ready : null],
  ];
  return rows.flatMap(([name, value]) => (value === null ? [] : [{ name: words.facts[name], value }]));
}

function paragraphs(text: string): string[] {
  return text
    .split(/\n+/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** «24 ноября 2026 г.» */
export function dateInWords(isoDay: string, locale: Locale): string {
  const format = new Intl.DateTimeFormat(locale === "ru" ? "ru-RU" : "en-GB", { dateStyle: "long", timeZone: "UTC" });
  return format.format(new Date(`${isoDay}T00:00:00Z`)).replaceAll(/[\u0020\u202f]/g, "\u00a0");
}
