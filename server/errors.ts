/** The six ways in which a verb refuses. */
export type ErrorCode = "invalid" | "unauthenticated" | "forbidden" | "not_found" | "conflict" | "unavailable";

/**
 * A refusal with a message for the person who asked: what is wrong and what to do.
 * `place` names the field or row; `retryAfterSeconds` goes into Retry-After.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly place: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, more: { place?: string; retryAfterSeconds?: number; cause?: unknown } = {}) {
    super(message, { cause: more.cause });
    this.name = "AppError";
    this.code = code;
    this.place = more.place;
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}

/** Catches our own mistakes: what must hold by construction. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Invariant broken: ${message}`);
}
