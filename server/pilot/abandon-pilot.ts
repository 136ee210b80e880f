import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { pilots } from "#/db/schema/index.ts";
import { audit } from "../audit.ts";
import { actorName, type Ctx, inTransaction } from "../context.ts";
import { authorize } from "../permissions.ts";
import { assertOpen, findPilot } from "./find-pilot.ts";

export const abandonPilotInput = z.strictObject({
  pilotId: z.uuid(),
  reason: z.string().trim().min(5).max(500),
});

/** Gives a pilot up, with a reason that stays in the list. Its leads and its week are spent: nobody draws them again. */
export async function abandonPilot(ctx: Ctx, { pilotId, reason }: z.infer<typeof abandonPilotInput>): Promise<void> {
  authorize(ctx, "pilot:decide");
  assertOpen(await findPilot(ctx, pilotId));
  await inTransaction(ctx, async (ctx) => {
    const ended = await ctx.db
      .update(pilots)
      .set({ status: "abandoned", abandonReason: reason, endedBy: actorName(ctx.actor), endedAt: ctx.now() })
      .where(and(eq(pilots.id, pilotId), eq(pilots.status, "open")))
      .returning({ pilotId: pilots.id });
    if (ended.length === 0) assertOpen({ status: "ended" });
    await audit(ctx, "pilot:decide", `pilot:${pilotId}`, { abandoned: reason });
  });
}
