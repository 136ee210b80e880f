import type { Words } from "./wording.ts";

/** The six ways in which a verb refuses. */
export type ErrorCode = "invalid" | "unauthenticated" | "forbidden" | "not_found" | "conflict" | "unavailable";

/**
 * A refusal, worded for the person who asked: what is wrong and what to do. The edge picks the language; logs read English.
 * `place` names the field or row; `retryAfterSeconds` goes into Retry-After.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly words: Words;
  readonly place: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ErrorCode,
    words: Words,
    more: { place?: string; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(words.en, { cause: more.cause });
    this.name = "AppError";
    this.code = code;
    this.words = words;
    this.place = more.place;
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}

/** Catches our own mistakes: what must hold by construction. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Invariant broken: ${message}`);
}
