import { RateLimiterDrizzle, RateLimiterRes } from "rate-limiter-flexible";
import type { Database } from "#/db/client.ts";
import { rateLimits } from "#/db/schema/users.ts";
import { AppError } from "./errors.ts";
import type { Words } from "./wording.ts";

/** The `place` of a refusal that says "too often"; the edge answers it with 429. */
export const TOO_OFTEN = "rate";

export interface RateLimit {
  /** Names the counter in the table; two limits never share a name. */
  name: string;
  /** Most deeds in the span. */
  points: number;
  seconds: number;
}

/** A limiter over the table that all processes share. Only one a process sweeps the expired rows out. */
export function rateLimiter(db: Database, limit: RateLimit, sweeps = false): RateLimiterDrizzle {
  return new RateLimiterDrizzle({
    storeClient: db,
    schema: rateLimits,
    keyPrefix: limit.name,
    points: limit.points,
    duration: limit.seconds,
    clearExpiredByTimeout: sweeps,
  });
}

/** Counts one deed of `key`, or several at once, and refuses them beyond the limit. */
export async function countDeed(
  db: Database,
  limit: RateLimit,
  key: string,
  deeds = 1,
  words?: (seconds: number) => Words,
): Promise<void> {
  try {
    await rateLimiter(db, limit).consume(key, deeds);
  } catch (refusal) {
    throw asTooOften(refusal, words);
  }
}

/** The limiter's own refusal as ours; any other error stays what it is. */
export function asTooOften(refusal: unknown, words = tooManyAttempts): unknown {
  if (!(refusal instanceof RateLimiterRes)) return refusal;
  const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
  return new AppError("unavailable", words(seconds), { place: TOO_OFTEN, retryAfterSeconds: seconds });
}

function tooManyAttempts(seconds: number): Words {
  return {
    ru: `Слишком много попыток. Повторите через ${seconds} с.`,
    en: `Too many attempts. Try again in ${seconds} s.`,
  };
}
