import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";

/**
 * From now on to the end of the transaction, or of its savepoint if that is rolled back, each statement may take so long; other
 * settings of Postgres go along in the same round trip.
 */
export async function allow(ctx: Ctx, milliseconds: number, settings: Record<string, string> = {}): Promise<void> {
  const set = Object.entries({ statement_timeout: String(milliseconds), ...settings });
  const each = set.map(([name, value]) => sql`set_config(${name}, ${value}, true)`);
  await ctx.db.execute(sql`select ${sql.join(each, sql`, `)}`);
}

/** Postgres' query_canceled, bare or under drizzle's wrapping. */
export function isTimeout(error: unknown): boolean {
  for (let e = error; e instanceof Error; e = e.cause) if ("code" in e && e.code === "57014") return true;
  return false;
}
