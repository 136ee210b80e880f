import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { workerQueueName } from "./payloads.ts";

/** Is a worker connected to the queue's database right now? One that was killed is not, from that very moment. */
export async function isServed(ctx: Ctx): Promise<boolean> {
  const rows = await ctx.db.execute(sql`
    select 1 from pg_stat_activity
    where datname = current_database() and application_name = ${workerQueueName} limit 1`);
  return rows.length > 0;
}
