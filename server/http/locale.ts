import type { Locale } from "../wording.ts";
import { readCookie } from "./cookies.ts";

/** The cookie in which the language switch of the screens keeps its choice. */
const LOCALE_COOKIE = "NEXT_LOCALE";

/** The language of a screen: Russian unless the switch says English. */
export function localeOfScreen(headers: Headers): Locale {
  return readCookie(headers, LOCALE_COOKIE) === "en" ? "en" : "ru";
}

/** The language of a program: of Accept-Language whichever of ours has the higher weight; Russian where neither is named. */
export function localeOfProgram(headers: Headers): Locale {
  const weights = { ru: 0, en: 0 };
  for (const range of (headers.get("accept-language") ?? "").toLowerCase().split(",")) {
    const [tag = "", ...parameters] = range.split(";").map((part) => part.trim());
    const q = parameters.find((parameter) => parameter.startsWith("q="));
    const weight = q === undefined ? 1 : Number(q.slice(2));
    const language = tag.split("-", 1)[0];
    if ((language === "ru" || language === "en") && weight > weights[language]) weights[language] = weight;
  }
  return weights.en > weights.ru ? "en" : "ru";
}
