import { z } from "zod";

/** Whole days since 1970-01-01, as `ml` counts them; between them and 'YYYY-MM-DD', as the database and the doors write them. */

const MS_A_DAY = 86_400_000;

/** Midnight to midnight in Novosibirsk is the house's day: managers, premises and leads live there. */
const inNovosibirsk = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Novosibirsk" });

/** The calendar day, 'YYYY-MM-DD', of a moment in Novosibirsk. */
export function dateInNovosibirsk(moment: Date): string {
  return inNovosibirsk.format(moment);
}

/** 'YYYY-MM-DD' → days since 1970-01-01. */
export function dayOfDate(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / MS_A_DAY;
}

/** Days since 1970-01-01 → 'YYYY-MM-DD'. */
export function dateOfDay(day: number): string {
  return new Date(day * MS_A_DAY).toISOString().slice(0, 10);
}

/** A date as requests name it: a real calendar day, not before the records of any such market begin. */
export const pastDate = z.iso.date().refine((date) => date >= "1990-01-01", "must not lie before 1990-01-01");
