import type { Messages } from "next-intl";

/** What is said below /admin alone; the pages of managers and clients, which are opened all day, travel without it. */
export const adminWords = [
  "admin",
  "conversion",
  "data",
  "experiment",
  "managers",
  "marks",
  "models",
  "pilot",
  "shadow",
  "trainings",
] as const satisfies (keyof Messages)[];
