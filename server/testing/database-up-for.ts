import { expect } from "vitest";
import type { Ctx } from "../context.ts";

/** Waits until the database has been up so long: right after its start nobody is taken for dead. */
export async function databaseUpFor(ctx: Ctx, seconds: number): Promise<void> {
  const up = async () => {
    const [row] = await ctx.sql`select extract(epoch from now() - pg_postmaster_start_time())::float8 as seconds`;
    return row!.seconds as number;
  };
  await expect.poll(up, { timeout: (seconds + 10) * 1000 }).toBeGreaterThan(seconds);
}
