import { count, counted, km, type Locale, rubles, rublesPerSqm, sqm, sqmRange } from "./number-words.ts";

/** What a sentence names: numbers in the units of `facts`, classes as they stand there; null is missing. */
export type Values = Record<string, number | string | null>;
type Sentence = Record<Locale, (values: Values) => string>;

const number = (values: Values, key: string): number => {
  const value = values[key];
  if (typeof value !== "number") throw new TypeError(`The sentence needs a number ${key}, it is ${value}`);
  return value;
};
const optional = (values: Values, key: string): number | null => {
  const value = values[key];
  return typeof value === "number" ? value : null;
};
const name = (values: Values, key: string): string => String(values[key]);

const area = (values: Values, locale: Locale) => sqm(number(values, "areaSqm"), locale);
const wished = (values: Values, locale: Locale) =>
  sqmRange(optional(values, "wishFromSqm"), optional(values, "wishToSqm"), locale);
/** A habit is no exact number: whole m². */
const usually = (values: Values, locale: Locale) => {
  const [from, to] = [optional(values, "usualFromSqm"), optional(values, "usualToSqm")];
  return sqmRange(from === null ? null : Math.round(from), to === null ? null : Math.round(to), locale);
};
const rent = (values: Values, locale: Locale) => rubles(number(values, "rentRubMonth"), locale);
const rate = (values: Values, locale: Locale) => rublesPerSqm(number(values, "rentRubSqmMonth"), locale);
const usualRate = (values: Values, locale: Locale) => rublesPerSqm(number(values, "usualRubSqmMonth"), locale);
const budget = (values: Values, locale: Locale) => rubles(number(values, "budgetRubMonth"), locale);

const banks: Record<string, { ru: string; en: string; ruPrepositional: string }> = {
  left: { ru: "левый", en: "left", ruPrepositional: "левом" },
  right: { ru: "правый", en: "right", ruPrepositional: "правом" },
};
const bank = (values: Values, key: string, locale: Locale) => banks[name(values, key)]?.[locale] ?? name(values, key);

/** "такому бизнесу (пекарня)"; without the trade where it is unknown. */
const suchBusiness = (values: Values, locale: Locale): string => {
  const plain = locale === "ru" ? "такому бизнесу" : "such a business";
  return values.trade === null || values.trade === undefined ? plain : `${plain} (${name(values, "trade")})`;
};

const floorWords = (floor: number, locale: Locale): string => {
  if (floor < 0) return locale === "ru" ? "подвал" : "basement";
  if (floor === 0) return locale === "ru" ? "цокольный этаж" : "semi-basement";
  return locale === "ru" ? `${count(floor, locale)}-й этаж` : `floor ${count(floor, locale)}`;
};

const fitOuts = {
  ru: ["голые стены", "под чистовую отделку", "с отделкой"],
  en: ["bare walls", "ready for finishing", "finished"],
};
const sewerages = {
  ru: ["канализации нет", "канализация временная", "канализация центральная"],
  en: ["no sewerage", "temporary sewerage", "mains sewerage"],
};

/** All that is known of floor, water and sewerage; null where nothing is. */
const utilities = (values: Values, locale: Locale): string | null => {
  const [floor, water, sewerage] = ["floor", "water", "sewerage"].map((key) => optional(values, key));
  return list([
    floor == null ? null : floorWords(floor, locale),
    water == null ? null : ({ ru: ["воды нет", "вода есть"], en: ["no water", "water"] }[locale][water] ?? null),
    sewerage == null ? null : (sewerages[locale][sewerage] ?? null),
  ]);
};

/** All that is known of the state of the premises; null where nothing is. */
const condition = (values: Values, locale: Locale): string | null => {
  const [fitOut, documents, managed, year] = ["fitOut", "documents", "managed", "builtYear"].map((key) =>
    optional(values, key),
  );
  const ru = locale === "ru";
  return list([
    fitOut == null ? null : (fitOuts[locale][fitOut] ?? null),
    documents == null
      ? null
      : documents === 1
        ? ru
          ? "документы готовы"
          : "documents ready"
        : ru
          ? "документы не готовы"
          : "documents not ready",
    managed == null
      ? null
      : managed === 1
        ? ru
          ? "в управлении"
          : "managed by us"
        : ru
          ? "не в управлении"
          : "not managed by us",
    year == null ? null : ru ? `${year}\u00A0года постройки` : `built in ${year}`,
  ]);
};

function list(parts: (string | null)[]): string | null {
  const known = parts.filter((part) => part !== null);
  return known.length === 0 ? null : known.join(", ");
}

const tastes: Record<string, { ru: string; en: string }> = {
  over_budget: { ru: "выше бюджета", en: "over budget" },
  other_bank: { ru: "другой берег", en: "other bank" },
  other_district: { ru: "другой район", en: "other district" },
  basement: { ru: "подвал", en: "basement" },
  upper_floor: { ru: "не первый этаж", en: "upper floor" },
  area_off: { ru: "площадь мимо запроса", en: "area off the wish" },
  bare_walls: { ru: "голые стены", en: "bare walls" },
  managed: { ru: "в управлении", en: "managed by us" },
  price_level: { ru: "дорогой метр", en: "dear per m²" },
};

const plain = (ru: string, en: string): Sentence => ({ ru: () => ru, en: () => en });

/** Every sentence that a reason can be, by its name. The sign of the pull is shown beside it, so most state facts only. */
export const words = {
  area_off_wish: {
    ru: (v) => `${area(v, "ru")} при запросе ${wished(v, "ru")}`,
    en: (v) => `${area(v, "en")}, wanted ${wished(v, "en")}`,
  },
  area_in_wish: {
    ru: (v) => `${area(v, "ru")} — в пределах запроса ${wished(v, "ru")}`,
    en: (v) => `${area(v, "en")}, as wanted (${wished(v, "en")})`,
  },
  area_in_wish_unusual: {
    ru: (v) => `${area(v, "ru")} при запросе ${wished(v, "ru")}, но обычно берут ${usually(v, "ru")}`,
    en: (v) => `${area(v, "en")}, wanted ${wished(v, "en")}, but such tenants usually take ${usually(v, "en")}`,
  },
  area_unasked: {
    ru: (v) => `${area(v, "ru")}; площадь в запросе не указана`,
    en: (v) => `${area(v, "en")}; no area in the request`,
  },
  area_unasked_usual: {
    ru: (v) => `${area(v, "ru")}; площадь в запросе не указана, обычно берут ${usually(v, "ru")}`,
    en: (v) => `${area(v, "en")}; no area in the request, such tenants usually take ${usually(v, "en")}`,
  },
  area_unknown: plain("площадь помещения не указана", "the area of the premises is not stated"),

  rent_over_budget: {
    ru: (v) => `аренда ${rent(v, "ru")} при бюджете ${budget(v, "ru")}`,
    en: (v) => `rent ${rent(v, "en")}, budget ${budget(v, "en")}`,
  },
  rent_in_budget: {
    ru: (v) => `аренда ${rent(v, "ru")} — в пределах бюджета ${budget(v, "ru")}`,
    en: (v) => `rent ${rent(v, "en")}, within the budget of ${budget(v, "en")}`,
  },
  rent_in_budget_dear: {
    ru: (v) =>
      `${rate(v, "ru")}, обычно платят около ${usualRate(v, "ru")} (аренда ${rent(v, "ru")}, бюджет ${budget(v, "ru")})`,
    en: (v) =>
      `${rate(v, "en")}, such tenants usually pay about ${usualRate(v, "en")} (rent ${rent(v, "en")}, budget ${budget(v, "en")})`,
  },
  rent_unasked_usual: {
    ru: (v) => `${rate(v, "ru")}; бюджет не указан, обычно платят около ${usualRate(v, "ru")}`,
    en: (v) => `${rate(v, "en")}; no budget in the request, such tenants usually pay about ${usualRate(v, "en")}`,
  },
  rent_unasked: {
    ru: (v) => `аренда ${rent(v, "ru")}; бюджет в запросе не указан`,
    en: (v) => `rent ${rent(v, "en")}; no budget in the request`,
  },
  rent_unknown: plain("цена помещения не указана", "the rent is not stated"),

  place_other_bank: {
    ru: (v) => `другой берег: ${bank(v, "bank", "ru")}, просили ${bank(v, "wishedBank", "ru")}`,
    en: (v) => `other bank: ${bank(v, "bank", "en")}, wanted ${bank(v, "wishedBank", "en")}`,
  },
  place_wished_bank: {
    ru: (v) => `${bank(v, "bank", "ru")} берег, как и просили`,
    en: (v) => `${bank(v, "bank", "en")} bank, as wanted`,
  },
  place_other_district: {
    ru: (v) => `район ${name(v, "district")}, просили: ${name(v, "wishedDistricts")}`,
    en: (v) => `district ${name(v, "district")}, wanted: ${name(v, "wishedDistricts")}`,
  },
  place_far_district: {
    ru: (v) => `район ${name(v, "district")}, просили: ${name(v, "wishedDistricts")} (${km(number(v, "km"), "ru")})`,
    en: (v) => `district ${name(v, "district")}, wanted: ${name(v, "wishedDistricts")} (${km(number(v, "km"), "en")})`,
  },
  place_wished_district: {
    ru: (v) => `район ${name(v, "district")}, как и просили`,
    en: (v) => `district ${name(v, "district")}, as wanted`,
  },
  place_unasked: {
    ru: (v) => `район ${name(v, "district")}; район в запросе не указан`,
    en: (v) => `district ${name(v, "district")}; no district in the request`,
  },
  place_bank_only: {
    ru: (v) => `${bank(v, "bank", "ru")} берег; район не указан`,
    en: (v) => `${bank(v, "bank", "en")} bank; the district is not stated`,
  },
  place_unknown: plain("район и берег помещения не указаны", "district and bank of the premises are not stated"),

  floor_off_usual: {
    ru: (v) => `${floorWords(number(v, "floor"), "ru")}, обычно берут ${floorWords(number(v, "usualFloor"), "ru")}`,
    en: (v) => `${floorWords(number(v, "floor"), "en")}, usually taken: ${floorWords(number(v, "usualFloor"), "en")}`,
  },
  floor: {
    ru: (v) => floorWords(number(v, "floor"), "ru"),
    en: (v) => floorWords(number(v, "floor"), "en"),
  },
  water_needed: {
    ru: (v) => `нет воды, а ${suchBusiness(v, "ru")} она обычно нужна`,
    en: (v) => `no water, and ${suchBusiness(v, "en")} usually needs it`,
  },
  water_none: plain("нет воды", "no water"),
  water_there: plain("вода есть", "there is water"),
  sewerage_needed: {
    ru: (v) => `${sewerages.ru[number(v, "sewerage")]}, а ${suchBusiness(v, "ru")} обычно нужна центральная`,
    en: (v) => `${sewerages.en[number(v, "sewerage")]}, and ${suchBusiness(v, "en")} usually needs the mains`,
  },
  sewerage: {
    ru: (v) => sewerages.ru[number(v, "sewerage")]!,
    en: (v) => sewerages.en[number(v, "sewerage")]!,
  },
  utilities_as_is: {
    ru: (v) => utilities(v, "ru")!,
    en: (v) => utilities(v, "en")!,
  },
  utilities_unknown: plain("этаж, вода и канализация не указаны", "floor, water and sewerage are not stated"),

  fit_out_off_usual: {
    ru: (v) => `${fitOuts.ru[number(v, "fitOut")]}, обычно берут: ${fitOuts.ru[number(v, "usualFitOut")]}`,
    en: (v) => `${fitOuts.en[number(v, "fitOut")]}, usually taken: ${fitOuts.en[number(v, "usualFitOut")]}`,
  },
  fit_out: {
    ru: (v) => fitOuts.ru[number(v, "fitOut")]!,
    en: (v) => fitOuts.en[number(v, "fitOut")]!,
  },
  documents_missing: plain("документы не готовы", "the documents are not ready"),
  documents_ready: plain("документы готовы", "the documents are ready"),
  managed: plain("в управлении", "managed by us"),
  not_managed: plain("не в управлении", "not managed by us"),
  condition_as_is: {
    ru: (v) => condition(v, "ru")!,
    en: (v) => condition(v, "en")!,
  },
  condition_unknown: plain("отделка и документы не указаны", "fit-out and documents are not stated"),

  rival: {
    ru: (v) => `рядом уже есть такой же арендатор: ${name(v, "trade")}`,
    en: (v) => `the same trade is in the section already: ${name(v, "trade")}`,
  },
  anchor: {
    ru: (v) => `якорь рядом: ${name(v, "trade")}`,
    en: (v) => `an anchor nearby: ${name(v, "trade")}`,
  },
  large_neighbour: {
    ru: (v) => `рядом крупный арендатор, ${sqm(number(v, "largestSqm"), "ru")}`,
    en: (v) => `a large tenant nearby, ${sqm(number(v, "largestSqm"), "en")}`,
  },
  no_rival: {
    ru: (v) => `рядом нет таких же арендаторов, соседей в разделе: ${count(number(v, "neighbours"), "ru")}`,
    en: (v) => `no such tenant nearby, neighbours in the section: ${count(number(v, "neighbours"), "en")}`,
  },
  neighbours_count: {
    ru: (v) => `соседей в разделе: ${count(number(v, "neighbours"), "ru")}`,
    en: (v) => `neighbours in the section: ${count(number(v, "neighbours"), "en")}`,
  },
  neighbours_none: plain("соседей в разделе пока нет", "no neighbours in the section yet"),
  neighbours_unknown: plain(
    "раздел не указан, соседи неизвестны",
    "the section is not stated, its tenants are unknown",
  ),

  trade_area_usual: {
    ru: (v) => `такие обычно берут ${usually(v, "ru")}`,
    en: (v) => `such tenants usually take ${usually(v, "en")}`,
  },
  trade_area_unusual: {
    ru: (v) => `такие обычно берут ${usually(v, "ru")}, здесь ${area(v, "ru")}`,
    en: (v) => `such tenants usually take ${usually(v, "en")}, here ${area(v, "en")}`,
  },
  trade_rare: {
    ru: (v) => `в этом деле (${name(v, "trade")}) такие помещения берут редко`,
    en: (v) => `such premises are rarely taken in this trade (${name(v, "trade")})`,
  },
  trade_common: {
    ru: (v) => `в этом деле (${name(v, "trade")}) такие помещения берут часто`,
    en: (v) => `such premises are often taken in this trade (${name(v, "trade")})`,
  },
  trade_unknown: plain("чем занимается клиент, не указано", "the line of business is not stated"),

  manager_rare: plain("вы такие обычно не предлагаете", "you rarely offer such premises"),
  manager_common: plain("вы такие обычно предлагаете", "you often offer such premises"),

  long_vacant: {
    ru: (v) => `свободно давно: ${counted(number(v, "vacantDays"), { one: "день", few: "дня", many: "дней" }, "ru")}`,
    en: (v) => `free for long: ${counted(number(v, "vacantDays"), { one: "day", many: "days" }, "en")}`,
  },
  newly_vacant: {
    ru: (v) =>
      `освободилось недавно: ${counted(number(v, "vacantDays"), { one: "день", few: "дня", many: "дней" }, "ru")}`,
    en: (v) => `newly free: ${counted(number(v, "vacantDays"), { one: "day", many: "days" }, "en")}`,
  },
  overall_weaker: plain(
    "по совокупности признаков подходит хуже других свободных",
    "on the whole it suits less than other free premises",
  ),
  overall_better: plain(
    "по совокупности признаков подходит лучше других свободных",
    "on the whole it suits better than other free premises",
  ),

  taste_against: {
    ru: (v) => `${marks(v, "ru")}: ${tastes[name(v, "taste")]?.ru ?? name(v, "taste")}\u00A0−`,
    en: (v) => `${marks(v, "en")}: ${tastes[name(v, "taste")]?.en ?? name(v, "taste")}\u00A0−`,
  },
  taste_for: {
    ru: (v) => `${marks(v, "ru")}: ${tastes[name(v, "taste")]?.ru ?? name(v, "taste")}\u00A0+`,
    en: (v) => `${marks(v, "en")}: ${tastes[name(v, "taste")]?.en ?? name(v, "taste")}\u00A0+`,
  },
} satisfies Record<string, Sentence>;

function marks(values: Values, locale: Locale): string {
  const forms = {
    ru: { one: "отметка", few: "отметки", many: "отметок" },
    en: { one: "mark", many: "marks" },
  }[locale];
  const n = number(values, "marks");
  const own = { ru: n % 10 === 1 && n % 100 !== 11 ? "ваша" : "ваши", en: "your" }[locale];
  return `${own} ${counted(n, forms, locale)}`;
}
