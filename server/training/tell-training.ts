import { trainingLogLines } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import type { Words } from "../wording.ts";

/** Appends to the log of a training, which people read while it runs and afterwards. */
export async function tellTraining(ctx: Ctx, trainingId: number, words: Words): Promise<void> {
  await ctx.db.insert(trainingLogLines).values({ trainingId, words });
}
