import type { ManagerTaste } from "../ranked.ts";
import { type TasteFeatureName, tasteFeatureNames } from "./taste-features.ts";

/** One thing a manager leans to (+) or shuns (−). */
export interface Leaning {
  feature: TasteFeatureName;
  /** Logits per marked case of the feature. */
  weight: number;
}

/** Below this a leaning moves nothing that a manager would notice. */
const weightMin = 0.15;

/** What the marks taught for sure, strongest first: weights that exceed their own uncertainty. */
export function findLeanings(taste: ManagerTaste): Leaning[] {
  return tasteFeatureNames
    .map((feature) => ({ feature, weight: taste.weights[feature] ?? 0, spread: taste.spreads[feature] ?? 0 }))
    .filter(({ weight, spread }) => Math.abs(weight) >= Math.max(weightMin, spread))
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .map(({ feature, weight }) => ({ feature, weight }));
}

export type TasteLocale = "ru" | "en";

/** Taste features as a manager would name them. */
export const tasteFeatureWords: Readonly<Record<TasteLocale, Readonly<Record<TasteFeatureName, string>>>> = {
  ru: {
    over_budget: "выше бюджета",
    other_bank: "другой берег",
    other_district: "другой район",
    basement: "подвал",
    upper_floor: "не первый этаж",
    area_off: "площадь мимо запроса",
    bare_walls: "голые стены",
    managed: "в управлении",
    price_level: "дорогой метр",
  },
  en: {
    over_budget: "over budget",
    other_bank: "other bank",
    other_district: "other district",
    basement: "basement",
    upper_floor: "upper floor",
    area_off: "area off the wish",
    bare_walls: "bare walls",
    managed: "managed by us",
    price_level: "dear per m²",
  },
};

/** «ваши 14 отметок: подвал −, выше бюджета +»; at most four leanings, none worded as such. */
export function wordTaste(taste: ManagerTaste, locale: TasteLocale): string {
  const leanings = findLeanings(taste)
    .slice(0, 4)
    .map(({ feature, weight }) => `${tasteFeatureWords[locale][feature]} ${weight > 0 ? "+" : "−"}`);
  const nothing = locale === "ru" ? "пока без явных предпочтений" : "no clear leaning yet";
  return `${wordMarks(taste.marks, locale)}: ${leanings.length > 0 ? leanings.join(", ") : nothing}`;
}

const plurals = { ru: new Intl.PluralRules("ru"), en: new Intl.PluralRules("en") };
const markWords: Readonly<Record<TasteLocale, Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>> = {
  ru: { one: "отметка", few: "отметки", many: "отметок", other: "отметки" },
  en: { one: "mark", other: "marks" },
};

function wordMarks(count: number, locale: TasteLocale): string {
  const plural = plurals[locale].select(count);
  const noun = markWords[locale][plural] ?? markWords[locale].other;
  if (locale === "en") return `your ${count} ${noun}`;
  return `${plural === "one" ? "ваша" : "ваши"} ${count} ${noun}`;
}
