import { inArray } from "drizzle-orm";
import { users } from "#/db/schema/users.ts";
import type { Ctx } from "../context.ts";

/** The names of those actors of the audit log (`user:7`) who are people; whoever is a machine or gone is not in it. */
export async function nameActors(ctx: Ctx, actors: Iterable<string>): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(actors)].flatMap((actor) => /^user:(\d{1,9})$/.exec(actor)?.[1] ?? []).map(Number);
  if (ids.length === 0) return new Map();
  const rows = await ctx.db.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, ids));
  return new Map(rows.map(({ id, name }) => [`user:${id}`, name]));
}
