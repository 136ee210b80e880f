export type Locale = "ru" | "en";

const tags = { ru: "ru-RU", en: "en" } as const;
/** Binds a number to its unit. */
const space = "\u00A0";

const formats = {
  ru: { whole: whole("ru"), tenth: tenth("ru") },
  en: { whole: whole("en"), tenth: tenth("en") },
};

function whole(locale: Locale): Intl.NumberFormat {
  return new Intl.NumberFormat(tags[locale], { maximumFractionDigits: 0 });
}

function tenth(locale: Locale): Intl.NumberFormat {
  return new Intl.NumberFormat(tags[locale], { maximumFractionDigits: 1 });
}

/** "1 250" in Russian, with the no-break spaces of the house. */
export function count(value: number, locale: Locale): string {
  return noBreak(formats[locale].whole.format(value));
}

/** "96 000 ₽"; "₽96,000" in English. */
export function rubles(value: number, locale: Locale): string {
  return locale === "ru" ? `${count(value, locale)}${space}₽` : `₽${count(value, locale)}`;
}

/** "1 250 ₽/м²". */
export function rublesPerSqm(value: number, locale: Locale): string {
  return `${rubles(value, locale)}/${locale === "ru" ? "м²" : "m²"}`;
}

/** "45,5 м²"; from 100 on without a fraction. */
export function sqm(value: number, locale: Locale): string {
  const format = value < 100 ? formats[locale].tenth : formats[locale].whole;
  return `${noBreak(format.format(value))}${space}${locale === "ru" ? "м²" : "m²"}`;
}

/** "60–120 м²", "от 60 м²", "до 120 м²"; null where both ends are missing. Ends that came swapped are put in order. */
export function sqmRange(from: number | null, to: number | null, locale: Locale): string | null {
  if (from !== null && to !== null) {
    const [low, high] = [Math.min(from, to), Math.max(from, to)];
    if (low === high) return sqm(low, locale);
    return `${sqm(low, locale).slice(0, -3)}–${sqm(high, locale)}`;
  }
  if (from !== null) return `${locale === "ru" ? "от" : "from"} ${sqm(from, locale)}`;
  if (to !== null) return `${locale === "ru" ? "до" : "up to"} ${sqm(to, locale)}`;
  return null;
}

/** "7,2 км". */
export function km(value: number, locale: Locale): string {
  return `${noBreak(formats[locale].tenth.format(value))}${space}${locale === "ru" ? "км" : "km"}`;
}

const plurals = { ru: new Intl.PluralRules("ru-RU"), en: new Intl.PluralRules("en") };

/** "14 отметок": the number with the form of the noun that goes with it. */
export function counted(value: number, forms: { one: string; few?: string; many: string }, locale: Locale): string {
  const rule = plurals[locale].select(value);
  const form = rule === "one" ? forms.one : rule === "few" ? (forms.few ?? forms.many) : forms.many;
  return `${count(value, locale)}${space}${form}`;
}

/** ICU gives a narrow no-break space in some languages and versions; the house writes U+00A0. */
function noBreak(text: string): string {
  return text.replace(/[\u202F ]/g, space);
}
