import type { Messages } from "next-intl";

/** What is said below /admin, or on an invitation, alone: the pages of managers and clients, opened all day, travel without it. */
export const adminWords = [
  "admin",
  "conversion",
  "data",
  "experiment",
  "imports",
  "invite",
  "managers",
  "marks",
  "models",
  "overview",
  "pilot",
  "quality",
  "reports",
  "shadow",
  "trainings",
] as const satisfies (keyof Messages)[];
