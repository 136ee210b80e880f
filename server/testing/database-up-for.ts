import { vi } from "vitest";
import type { Ctx } from "../context.ts";

/** Waits until the database has been up so long: right after its start nobody is taken for dead. */
export async function databaseUpFor(ctx: Ctx, seconds: number): Promise<void> {
  const look = async () => {
    const [row] = await ctx.sql`select extract(epoch from now() - pg_postmaster_start_time())::float8 as seconds`;
    if (row!.seconds < seconds) throw new Error(`The database has been up for ${row!.seconds} of ${seconds} s.`);
  };
  await vi.waitFor(look, { timeout: (seconds + 10) * 1000, interval: 200 });
}
