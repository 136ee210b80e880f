import { createHash } from "node:crypto";
import type { RateLimiterDrizzle } from "rate-limiter-flexible";
import type { Database } from "#/db/client.ts";
import { asTooOften, rateLimiter } from "../rate-limit.ts";

/** Failures of one account in an hour that cost nothing but the next try. */
const FREE_FAILURES = 5;
/** Each further failure doubles the wait before the next try, up to this: a delay, never a lock. */
const DELAY_MAX_SECONDS = 300;
/** An address from which this account has signed in is its own for so long. */
const KNOWN_SECONDS = 30 * 24 * 3600;

/** How many attempts of one address may fail in ten minutes, whichever accounts it tries. */
export const ADDRESS_FAILURES = 30;

interface Limiters {
  address: RateLimiterDrizzle;
  failures: RateLimiterDrizzle;
  gate: RateLimiterDrizzle;
  known: RateLimiterDrizzle;
}

const kept = new WeakMap<Database, Limiters>();

function limiters(db: Database): Limiters {
  const made = kept.get(db) ?? {
    address: rateLimiter(db, { name: "sign-in-address", points: ADDRESS_FAILURES, seconds: 600 }, true),
    failures: rateLimiter(db, { name: "sign-in-failures", points: FREE_FAILURES, seconds: 3600 }),
    gate: rateLimiter(db, { name: "sign-in-gate", points: 1, seconds: 1 }),
    known: rateLimiter(db, { name: "sign-in-known", points: 1, seconds: KNOWN_SECONDS }),
  };
  kept.set(db, made);
  return made;
}

/** An attempt that was let through: it counts as a failure until it is told to have succeeded. */
export interface Attempt {
  succeeded(): Promise<void>;
}

/**
 * Counts an attempt before the password is looked at, so that parallel ones cannot all be the first, and refuses it when the
 * address or the account has failed too often. Attempts from an address that the account has used before are counted apart
 * from all others: strangers who guess at an account do not keep its owner out.
 */
export async function admitAttempt(db: Database, email: string, address: string): Promise<Attempt> {
  const { address: perAddress, failures, gate, known } = limiters(db);
  const account = createHash("sha256").update(email).digest("base64url").slice(0, 22);
  const place = `${account}@${address}`;
  const key = address !== "unknown" && (await known.get(place)) ? place : account;
  try {
    await perAddress.consume(address);
    const { consumedPoints } = await failures.penalty(key);
    const beyond = consumedPoints - FREE_FAILURES;
    if (beyond > 0) {
      const delay = Math.min(2 ** beyond, DELAY_MAX_SECONDS);
      // What the gate turns away never saw the password: it is no failure.
      await gate.consume(key, 1, { customDuration: delay }).catch(async (refusal) => {
        await failures.reward(key);
        throw refusal;
      });
    }
  } catch (refusal) {
    throw asTooOften(refusal);
  }
  return {
    async succeeded() {
      await perAddress.reward(address);
      await failures.delete(key);
      await gate.delete(key);
      if (address !== "unknown") await known.set(place, 1, KNOWN_SECONDS);
    },
  };
}
