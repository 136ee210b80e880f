import { and, eq, isNull } from "drizzle-orm";
import { leads } from "#/db/schema/leads.ts";
import type { Ctx } from "../context.ts";

/** Remembers when a person first opened the board of a lead that he may see; whoever else asks, a program say, has not looked. */
export async function noteLook(ctx: Ctx, leadId: string): Promise<void> {
  if (ctx.actor.kind !== "user") return;
  await ctx.db
    .update(leads)
    .set({ lookedAt: ctx.now() })
    .where(and(eq(leads.id, leadId), isNull(leads.lookedAt)));
}
