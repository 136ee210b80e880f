import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";

/** From now on to the end of the transaction, or of its savepoint if that is rolled back, each statement may take so long. */
export async function allow(ctx: Ctx, milliseconds: number): Promise<void> {
  await ctx.db.execute(sql`select set_config('statement_timeout', ${String(milliseconds)}, true)`);
}

/** Postgres' query_canceled, bare or under drizzle's wrapping. */
export function isTimeout(error: unknown): boolean {
  for (let e = error; e instanceof Error; e = e.cause) if ("code" in e && e.code === "57014") return true;
  return false;
}
