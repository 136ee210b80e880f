import type { Locale } from "#/server/wording.ts";

export type { Locale };

export const localeCookie = "NEXT_LOCALE";

/** Whatever a cookie says, the screens speak one of ours; Russian where it says nothing. */
export function toLocale(value: string | undefined): Locale {
  return value === "en" ? "en" : "ru";
}
