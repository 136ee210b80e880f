import { and, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { trainings } from "#/db/schema/index.ts";
import { audit } from "../audit.ts";
import { type Ctx, inTransaction } from "../context.ts";
import { AppError } from "../errors.ts";
import { authorize } from "../permissions.ts";
import { tellTraining } from "./tell-training.ts";

export const cancelTrainingInput = z.strictObject({ trainingId: z.number().int().positive() });

/**
 * Cancels a training that waits or runs. Its row says so at once, and no model comes of it: whoever runs it sees that within
 * seconds and ends the process that trains. Answers false where it was over already. Refuses with `not_found`.
 */
export async function cancelTraining(
  ctx: Ctx,
  { trainingId }: z.infer<typeof cancelTrainingInput>,
): Promise<{ cancelled: boolean }> {
  authorize(ctx, "model:train");
  return inTransaction(ctx, async (ctx) => {
    const itself = eq(trainings.id, trainingId);
    const [row] = await ctx.db
      .update(trainings)
      .set({ status: "cancelled", finishedAt: sql`now()` })
      .where(and(itself, inArray(trainings.status, ["queued", "running"])))
      .returning({ id: trainings.id });
    if (row) {
      await tellTraining(ctx, trainingId, { ru: "Отменено.", en: "Cancelled." });
      await audit(ctx, "model:train", `training:${trainingId}`, { cancelled: true });
      return { cancelled: true };
    }
    const [over] = await ctx.db.select({ id: trainings.id }).from(trainings).where(itself);
    if (over) return { cancelled: false };
    throw new AppError(
      "not_found",
      { ru: `Обучения ${trainingId} нет.`, en: `There is no training ${trainingId}.` },
      { place: "trainingId" },
    );
  });
}
