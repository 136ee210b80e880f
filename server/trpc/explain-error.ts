import type { TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import { AppError } from "../errors.ts";
import type { Locale } from "../wording.ts";

/** What the person is told: a refusal in its own words, a wrong field by name, and of our own faults only the request's number. */
export function explainError(error: TRPCError, locale: Locale, requestId: string | undefined): string {
  if (error.cause instanceof AppError) return error.cause.words[locale];
  if (error.cause instanceof ZodError) {
    const fields = [...new Set(error.cause.issues.map((issue) => issue.path.join(".") || "input"))].join(", ");
    return locale === "ru"
      ? `Запрос не понят, проверьте: ${fields}.`
      : `The request is not understood, check: ${fields}.`;
  }
  if (error.code === "INTERNAL_SERVER_ERROR")
    return locale === "ru"
      ? `У нас что-то сломалось. Повторите; если не поможет, назовите номер ${requestId ?? "запроса"}.`
      : `Something broke on our side. Try again; if it does not help, quote ${requestId ?? "the request"}.`;
  return locale === "ru" ? "Запрос не понят." : "The request is not understood.";
}
