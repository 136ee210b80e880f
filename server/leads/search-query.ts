import { foldSearch } from "./search-text.ts";

/** Most words of a query that are looked at. */
export const WORDS_MAX = 6;

const latinKeys = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.~{}:\"<>";
const russianKeys = "ёйцукенгшщзхъфывапролджэячсмитьбюёхъжэбю";

/** What a person may have meant by what he typed: word lists to look for, the likeliest first. */
export interface SearchQuery {
  typed: string[];
  /** The same keys on the other keyboard layout; null where that makes no other words. */
  switched: string[] | null;
}

/**
 * Pure: splits a query into words in the spelling of `search_text`; a phone number in any writing is one word of digits, and so
 * is a number that was copied with its sign or as the link of a card.
 */
export function readQuery(query: string): SearchQuery {
  const number = phoneDigits(query) ?? copiedNumber(query);
  if (number !== null) return { typed: [number], switched: null };
  // Not folded yet: ё has a key of its own.
  const text = query.normalize("NFC").toLowerCase();
  const typed = words(text);
  const other = switchLayout(text);
  const switched = other === null ? null : words(other);
  return { typed, switched: switched === null || switched.join(" ") === typed.join(" ") ? null : switched };
}

function words(text: string): string[] {
  return foldSearch(text).split(" ").filter(Boolean).slice(0, WORDS_MAX);
}

/** Digits of a query that is written as a phone number, without the country's 7 or 8; null for anything else. */
function phoneDigits(query: string): string | null {
  if (!/^[\d\s()+-]+$/u.test(query) || !/[\s()+-]/u.test(query.trim())) return null;
  const digits = query.replace(/\D/g, "");
  if (digits.length < 6) return null;
  return digits.length === 11 ? digits.slice(1) : digits;
}

/** The number of "№ 19600", as our screens write it, or of the address of a card, the CRM's or ours; null for anything else. */
function copiedNumber(query: string): string | null {
  const [, signed] = query.match(/^\s*(?:№|#|no\.)\s*(\d+)\s*$/iu) ?? [];
  if (signed !== undefined) return signed;
  const [, place] = query.match(/^\s*https?:\/\/[^/\s]+(\/[^?#\s]*)\S*\s*$/iu) ?? [];
  return place?.split("/").findLast((part) => /^\d+$/.test(part)) ?? null;
}

/** Pure: retypes lower-case text on the other layout; null where both alphabets or none are in it. */
export function switchLayout(text: string): string | null {
  const latin = /[a-z]/.test(text);
  const russian = /[а-яё]/.test(text);
  if (latin === russian) return null;
  const [from, to] = latin ? [latinKeys, russianKeys] : [russianKeys, latinKeys];
  return [...text].map((char) => to[from.indexOf(char)] ?? char).join("");
}

/** A LIKE pattern for a word anywhere in the text; one of one or two characters must begin a word, or no index would help. */
export function likePattern(word: string): string {
  const escaped = word.replace(/[\\%_]/g, "\\$&");
  return word.length < 3 ? `% ${escaped}%` : `%${escaped}%`;
}
