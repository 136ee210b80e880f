import { isNull, sql } from "drizzle-orm";
import { shadows } from "#/db/schema/index.ts";
import { actorName, type Ctx } from "../context.ts";

/**
 * Another model answers: whatever was in the shadow has gone live, or has lost the model that it was compared with. Part of the
 * swap, in its transaction; the swap's own audit line tells who did it.
 */
export async function endWithSwap(ctx: Ctx, toModelId: number): Promise<void> {
  await ctx.db
    .update(shadows)
    .set({
      ending: sql`case when ${shadows.modelId} = ${toModelId} then 'promoted' else 'active_changed' end::shadow_ending`,
      endedBy: actorName(ctx.actor),
      endedAt: ctx.now(),
    })
    .where(isNull(shadows.endedAt));
}
