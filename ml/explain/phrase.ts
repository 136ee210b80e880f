import type { Values, words } from "./reason-words.ts";

/** A sentence to be worded later, in whichever language: its name and what it names. */
export interface Phrase {
  phrase: keyof typeof words;
  values: Values;
}

/** `say("area_in_wish", {…})`; a missing number is null in the values, for NaN does not survive JSON. */
export function say(phrase: keyof typeof words, values: Record<string, number | string | null> = {}): Phrase {
  return {
    phrase,
    values: Object.fromEntries(
      Object.entries(values).map(([key, value]) => [
        key,
        typeof value === "number" && !Number.isFinite(value) ? null : value,
      ]),
    ),
  };
}
