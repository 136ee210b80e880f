import type { Locale } from "../wording.ts";
import type { ClientReason } from "./client-reasons.ts";
import { describeDocument, type ProposalDocument } from "./describe-document.ts";
import { documentWords } from "./document-words.ts";
import type { PickFacts, PremisesPick } from "./pick.ts";

const nbsp = "\u00a0";

const facts: PickFacts = {
  name: "Угол у метро, не показывать",
  address: "Красный проспект, 25",
  district: "Центральный",
  bank: "right",
  areaSqm: 62.5,
  floor: 1,
  fitOut: "finished",
  builtYear: 2012,
  water: true,
  sewerage: "mains",
  documents: true,
};

const reasons: ClientReason[] = [
  { name: "area", values: { areaSqm: 62.5, fromSqm: 40, toSqm: 80 } },
  { name: "rent", values: { budgetRubMonth: 120_000 } },
  { name: "district", values: { district: "Центральный" } },
  { name: "sewerage", values: { water: 1 } },
  { name: "anchor", values: { trade: "супермаркет" } },
];

function pick(premisesId: string, over: Partial<PickFacts>, said: ClientReason[] = reasons): PremisesPick {
  const guide = { bestRubMonth: 101_000, similar: null };
  const asked = { runId: null, modelId: null, asOf: "2026-11-24", askingRubMonth: 105_000 };
  return { premisesId, ...asked, facts: { ...facts, ...over }, reasons: said, guide };
}

const unknown: Partial<PickFacts> = {
  address: null,
  district: null,
  bank: null,
  areaSqm: null,
  floor: null,
  fitOut: null,
  builtYear: null,
  water: null,
  sewerage: null,
  documents: null,
};

/** A sent proposal of `count` premises: a full one, a cellar, one of which nothing is known, and full ones again. */
export function testDocument(count = 3, locale: Locale = "ru"): ProposalDocument {
  const picks = [
    pick("501", {}),
    pick(
      "502",
      {
        address: "ул. Кирова, 86",
        district: "Октябрьский",
        floor: -1,
        fitOut: "shell",
        sewerage: "none",
        documents: false,
      },
      [],
    ),
    pick("503", unknown, []),
    ...Array.from({ length: Math.max(0, count - 3) }, (_, i) => pick(`60${i}`, { address: `ул. Ленина, ${i + 1}` })),
  ].slice(0, count);
  return describeDocument({
    content: {
      locale,
      greeting: documentWords[locale].greeting,
      contact: { name: "Анна Белова", phone: `+7${nbsp}383${nbsp}200-00-01`, email: "anna@bereg.example" },
      items: picks.map(({ premisesId }, i) => ({
        premisesId,
        rentRubMonth: i === 2 ? null : 99_000,
        note: i === 0 ? "Витрины на проспект, отдельный вход.\nПоказываем по будням с 10 до 19." : "",
        hidden: [],
      })),
    },
    picks: new Map(picks.map((one) => [one.premisesId, one])),
    firm: {
      name: "Берег. Аренда помещений",
      phone: "+7 383 200-00-00",
      email: "arenda@bereg.example",
      requisites: "ООО «Берег», ИНН 5400000000, КПП 540001001\nг. Новосибирск, Красный проспект, 1",
      accent: "#0f7a53",
    },
    client: "Ёлка Кофе",
    sent: { number: "2026-0042", sentOn: "2026-11-24" },
  });
}
