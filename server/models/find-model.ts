import { desc, eq } from "drizzle-orm";
import { z } from "zod";
import { models } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import { AppError } from "../errors.ts";

/** A model by its id, or the newest. */
export const modelChoice = z.union([z.number().int().positive(), z.literal("latest")]);

/** Refuses with `not_found` where there is no such model. */
export async function findModel(ctx: Ctx, choice: z.infer<typeof modelChoice>): Promise<typeof models.$inferSelect> {
  const one = ctx.db.select().from(models).orderBy(desc(models.id)).limit(1);
  const [row] = await (choice === "latest" ? one : one.where(eq(models.id, choice)));
  if (row) return row;
  if (choice === "latest")
    throw new AppError("not_found", {
      ru: "Моделей ещё нет. Обучите: npm run ostap -- train",
      en: "There are no models yet. Train one: npm run ostap -- train",
    });
  throw new AppError(
    "not_found",
    {
      ru: `Модели ${choice} нет. Посмотрите список моделей.`,
      en: `There is no model ${choice}. See the list of models.`,
    },
    { place: "modelId" },
  );
}
