import { z } from "zod";
import { bankWish, type leadField, networkSize, type WishPatch } from "#/db/schema/leads.ts";
import { AppError } from "../errors.ts";
import { squeeze } from "../imports/cell.ts";
import { type NumberBounds, parseAmount, parseNumber } from "../imports/parse-number.ts";
import type { Words } from "../wording.ts";

export type LeadField = (typeof leadField.enumValues)[number];

const text = (length: number) =>
  z
    .string()
    .transform((typed) => squeeze(typed.normalize("NFC")))
    .pipe(z.string().min(1).max(length));
const word = text(100);
const words = z.array(word).min(1).max(20);
const figure = z.string().min(1).max(60);

/** An answer as it is given: an area and a budget as they were typed, read here by the rules of the import. */
export const answerInput = z.discriminatedUnion("field", [
  z.strictObject({ field: z.literal("area"), text: figure }),
  z.strictObject({ field: z.literal("budget"), text: figure }),
  z.strictObject({ field: z.literal("brand"), text: text(200) }),
  z.strictObject({ field: z.literal("trades"), words }),
  z.strictObject({ field: z.literal("districts"), words }),
  z.strictObject({ field: z.literal("bank"), choice: z.enum(bankWish.enumValues) }),
  z.strictObject({ field: z.literal("network_size"), choice: z.enum(networkSize.enumValues) }),
]);

export type Answer = z.infer<typeof answerInput>;

const areaBounds: NumberBounds = { above: 0, max: 999_999 };
const rentBounds: NumberBounds = { above: 0, max: 999_999_999 };

/**
 * Pure: the columns of `leads` that an answer fills. An area may be bounded on one side; a single number is both bounds.
 * Throws `invalid` for what is no such figure, saying how to write it.
 */
export function readAnswer(answer: Answer): WishPatch {
  switch (answer.field) {
    case "area":
      return readArea(answer.text);
    case "budget":
      return { budget_rub_month: readBudget(answer.text) };
    case "brand":
      return { brand: answer.text };
    case "trades":
      return { trades: distinct(answer.words) };
    case "districts":
      return { districts: distinct(answer.words) };
    case "bank":
      return { bank: answer.choice };
    case "network_size":
      return { network_size: answer.choice };
  }
}

function readArea(text: string): WishPatch {
  const amount = parseAmount(text, "area");
  if (amount === null || amount === "unreadable") throw unread(areaHelp);
  const { from, to } = "value" in amount ? { from: amount.value, to: amount.value } : amount;
  const bounds = [from, to].filter((bound) => bound !== undefined);
  const possible = bounds.every((bound) => bound > 0 && bound <= areaBounds.max);
  if (!possible || (from !== undefined && to !== undefined && from > to)) throw unread(areaHelp);
  return { area_from_sqm: from ?? null, area_to_sqm: to ?? null };
}

function readBudget(text: string): number {
  const reading = parseNumber(text, "money", rentBounds);
  if ("refused" in reading || reading.value === null) throw unread(budgetHelp);
  return reading.value;
}

function distinct(list: string[]): string[] {
  return [...new Set(list)];
}

const areaHelp: Words = {
  ru: "Площадь не прочиталась. Напишите «60», «60–120», «от 60» или «до 120».",
  en: "This is no area we can read. Write 60, 60–120, «от 60» or «до 120».",
};
const budgetHelp: Words = {
  ru: "Сумма не прочиталась. Напишите одно число в рублях за месяц: «120 000» или «120 тыс».",
  en: "This is no sum we can read. Write one number, roubles a month: 120 000 or 120 тыс.",
};

function unread(words: Words): AppError {
  return new AppError("invalid", words, { place: "text" });
}
