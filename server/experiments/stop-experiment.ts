import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { experiments } from "#/db/schema/index.ts";
import { audit } from "../audit.ts";
import { actorName, type Ctx, inTransaction } from "../context.ts";
import { dateInNovosibirsk } from "../days.ts";
import { AppError } from "../errors.ts";
import { authorize } from "../permissions.ts";

export const stopExperimentInput = z.strictObject({
  experimentId: z.number().int().positive(),
  reason: z.string().trim().min(3).max(500),
});

/** Ends a comparison: from the next board on the model judges every lead. What was drawn stays. */
export async function stopExperiment(
  ctx: Ctx,
  { experimentId, reason }: z.infer<typeof stopExperimentInput>,
): Promise<void> {
  authorize(ctx, "experiment:run");
  await inTransaction(ctx, async (ctx) => {
    const stopped = await ctx.db
      .update(experiments)
      .set({
        stoppedOn: dateInNovosibirsk(ctx.now()),
        stoppedAt: ctx.now(),
        stoppedBy: actorName(ctx.actor),
        stopReason: reason,
      })
      .where(and(eq(experiments.id, experimentId), isNull(experiments.stoppedAt)))
      .returning({ id: experiments.id });
    if (stopped.length === 0)
      throw new AppError("conflict", {
        ru: "Это сравнение уже остановлено. Обновите страницу.",
        en: "This comparison has been stopped already. Reload the page.",
      });
    await audit(ctx, "experiment:run", `experiment:${experimentId}`, { deed: "stop", reason });
  });
}
