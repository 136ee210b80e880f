import type { Locale } from "../_i18n/locale.ts";

const separators: Record<Locale, string> = { ru: ".", en: "/" };

/**
 * `2026-11-24` from `24.11.2026`, `24/11/26`, `24 11 2026`, `24112026` or from itself; null where that is no day. The day comes
 * first in both languages; a year of two digits is of this century.
 */
export function readDay(text: string): string | null {
  const said = text.trim();
  const iso = /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})$/.exec(said);
  const ours = /^(?<day>\d{1,2})[./ -](?<month>\d{1,2})[./ -](?<year>\d{4}|\d{2})$/.exec(said);
  const solid = /^(?<day>\d{2})(?<month>\d{2})(?<year>\d{4})$/.exec(said);
  const parts = (iso ?? ours ?? solid)?.groups;
  if (!parts) return null;
  const year = Number(parts.year) + (parts.year?.length === 2 ? 2000 : 0);
  if (year < 1000) return null;
  const [month, day] = [Number(parts.month), Number(parts.day)];
  const date = new Date(Date.UTC(year, month - 1, day));
  // The 31st of February is some day of March to a Date, and to nobody else.
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : null;
}

/** `24.11.2026` or `24/11/2026` from `2026-11-24`. */
export function writeDay(isoDay: string, locale: Locale): string {
  return isoDay.split("-").reverse().join(separators[locale]);
}

/** `24.1` from `241`: who types figures alone gets the separators set. */
export function separateDay(text: string, locale: Locale): string {
  const separator = separators[locale];
  return text.replace(/^(\d{2})(\d)$/, `$1${separator}$2`).replace(/^(\d{1,2}[./ -]\d{2})(\d)$/, `$1${separator}$2`);
}

/** So many days later, or earlier. */
export function shiftDay(isoDay: string, days: number): string {
  return new Date(Date.parse(`${isoDay}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
