export type Locale = "ru" | "en";

/** One message in both languages of the house; the edge picks one. */
export type Words = Record<Locale, string>;
