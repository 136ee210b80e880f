import type { Reason, Remedy } from "../ranked.ts";
import type { Locale } from "./number-words.ts";
import { words } from "./reason-words.ts";
import { remedyWords } from "./remedy-words.ts";

/**
 * A reason as a manager reads it: «240 м² при запросе 60–120 м²». Numbers by the locale with no-break spaces; begins in
 * lower case, ends without a full stop. Throws on a sentence that this build does not know.
 */
export function wordReason(reason: Pick<Reason, "phrase" | "values">, locale: Locale): string {
  return sentence(words, reason.phrase)[locale](reason.values);
}

/** The change that would keep a removed premises, in words: «оставили бы при аренде до 78 000 ₽». */
export function wordRemedy(remedy: Remedy, locale: Locale): string {
  return sentence(remedyWords, remedy.phrase)[locale](remedy.values);
}

function sentence<Sentence>(sentences: Record<string, Sentence>, phrase: string): Sentence {
  if (!Object.hasOwn(sentences, phrase)) throw new RangeError(`There is no sentence "${phrase}"`);
  return sentences[phrase]!;
}
