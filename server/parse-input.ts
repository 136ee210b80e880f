import { z } from "zod";
import { AppError } from "./errors.ts";
import type { Locale } from "./wording.ts";

const wording = { ru: z.locales.ru().localeError, en: z.locales.en().localeError };

/** Parses what came from outside; refuses it as `invalid`, naming each wrong field in both languages. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const inWords = (locale: Locale) =>
    (schema.safeParse(input, { error: wording[locale] }).error ?? parsed.error).issues
      .slice(0, 10)
      .map((issue) => [issue.path.join("."), issue.message].filter(Boolean).join(": "))
      .join("; ");
  throw new AppError(
    "invalid",
    { ru: inWords("ru"), en: inWords("en") },
    { place: parsed.error.issues[0]?.path.join(".") || "body", cause: parsed.error },
  );
}
