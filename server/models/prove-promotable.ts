import { eq } from "drizzle-orm";
import { models } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import { AppError } from "../errors.ts";
import { openArtifact } from "./open-artifact.ts";

/** The model's row, after its artifact was opened and proved itself: what cannot be opened must never become active. */
export async function provePromotable(ctx: Ctx, modelId: number): Promise<typeof models.$inferSelect> {
  const [row] = await ctx.db.select().from(models).where(eq(models.id, modelId));
  if (!row)
    throw new AppError(
      "not_found",
      {
        ru: `Модели ${modelId} нет. Посмотрите список моделей.`,
        en: `There is no model ${modelId}. See the list of models.`,
      },
      { place: "modelId" },
    );
  await openArtifact(ctx.home, row.artifactSha256).catch((cause: Error) => {
    throw new AppError(
      "unavailable",
      {
        ru: `Модель ${modelId} не открывается, включить её нельзя: ${cause.message}`,
        en: `Model ${modelId} cannot be opened and so cannot be made active: ${cause.message}`,
      },
      { cause },
    );
  });
  return row;
}
