import { type Locale, rubles, sqmRange } from "./number-words.ts";
import type { Values } from "./reason-words.ts";

const numberOrNull = (values: Values, key: string) => {
  const value = values[key];
  return typeof value === "number" ? value : null;
};
const money = (values: Values, key: string, locale: Locale) => rubles(numberOrNull(values, key) ?? Number.NaN, locale);
const range = (values: Values, locale: Locale) =>
  sqmRange(numberOrNull(values, "areaFromSqm"), numberOrNull(values, "areaToSqm"), locale);
const banks: Record<string, { ru: string; en: string }> = {
  left: { ru: "левый", en: "left" },
  right: { ru: "правый", en: "right" },
};

/** Every change that a remedy can be, by its name. */
export const remedyWords = {
  rent: {
    ru: (v: Values) => `оставили бы при аренде до ${money(v, "rentRubMonth", "ru")}`,
    en: (v: Values) => `would be kept at a rent of up to ${money(v, "rentRubMonth", "en")}`,
  },
  area: {
    ru: (v: Values) => `оставили бы при запросе площади ${range(v, "ru")}`,
    en: (v: Values) => `would be kept if ${range(v, "en")} were wanted`,
  },
  budget: {
    ru: (v: Values) => `оставили бы при бюджете от ${money(v, "budgetRubMonth", "ru")}`,
    en: (v: Values) => `would be kept with a budget of ${money(v, "budgetRubMonth", "en")}`,
  },
  bank: {
    ru: (v: Values) => `оставили бы, если подойдёт и ${banks[String(v.bank)]?.ru ?? v.bank} берег`,
    en: (v: Values) => `would be kept if the ${banks[String(v.bank)]?.en ?? v.bank} bank suits too`,
  },
  district: {
    ru: (v: Values) => `оставили бы, если добавить район ${v.district}`,
    en: (v: Values) => `would be kept with district ${v.district} added`,
  },
} satisfies Record<string, Record<Locale, (values: Values) => string>>;
