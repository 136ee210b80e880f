import { asc, eq } from "drizzle-orm";
import { z } from "zod";
import { trainingLogLines } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import { authorize } from "../permissions.ts";

export const readTrainingLogInput = z.strictObject({ trainingId: z.number().int().positive() });

export interface TrainingLogLine {
  lineId: number;
  text: string;
  at: Date;
}

const LINES_MAX = 1000;

/** What a training had to tell, oldest first, in the asker's language. */
export async function readTrainingLog(
  ctx: Ctx,
  { trainingId }: z.infer<typeof readTrainingLogInput>,
): Promise<TrainingLogLine[]> {
  authorize(ctx, "model:read");
  const lines = await ctx.db
    .select({ lineId: trainingLogLines.id, words: trainingLogLines.words, at: trainingLogLines.at })
    .from(trainingLogLines)
    .where(eq(trainingLogLines.trainingId, trainingId))
    .orderBy(asc(trainingLogLines.id))
    .limit(LINES_MAX);
  return lines.map(({ lineId, words, at }) => ({ lineId, text: words[ctx.locale], at }));
}
