import type { Ctx } from "../context.ts";
import { AppError } from "../errors.ts";
import { openArtifact } from "./open-artifact.ts";

/** Opens a model's artifact, which proves itself: what cannot be opened must never become active. Refuses with `unavailable`. */
export async function provePromotable(ctx: Ctx, model: { id: number; artifactSha256: string }): Promise<void> {
  await openArtifact(ctx.home, model.artifactSha256).catch((cause: Error) => {
    throw new AppError(
      "unavailable",
      {
        ru: `Модель ${model.id} не открывается, включить её нельзя: ${cause.message}`,
        en: `Model ${model.id} cannot be opened and so cannot be made active: ${cause.message}`,
      },
      { cause },
    );
  });
}
