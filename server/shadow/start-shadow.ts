import { z } from "zod";
import { shadows } from "#/db/schema/index.ts";
import { audit } from "../audit.ts";
import { actorName, type Ctx, inTransaction } from "../context.ts";
import { AppError } from "../errors.ts";
import { holdActiveAlias } from "../models/active-alias.ts";
import { findModel } from "../models/find-model.ts";
import { provePromotable } from "../models/prove-promotable.ts";
import { authorize } from "../permissions.ts";
import { runningShadow } from "./running-shadow.ts";

export const startShadowInput = z.strictObject({ modelId: z.number().int().positive().max(2_147_483_647) });

/**
 * From now on a candidate scores every request after the active model has answered it; managers see nothing of that. One at a
 * time: refuses with `conflict` where another is in the shadow, where the model is no candidate, or where no model is active;
 * with `unavailable` when it cannot be opened.
 */
export async function startShadow(
  ctx: Ctx,
  { modelId }: z.infer<typeof startShadowInput>,
): Promise<{ shadowId: number }> {
  authorize(ctx, "model:shadow");
  await provePromotable(ctx, await findModel(ctx, modelId));
  return inTransaction(ctx, async (ctx) => {
    // A swap waits for us, or we for it: nothing begins to be compared with a model that has just gone.
    const active = await holdActiveAlias(ctx);
    const model = await findModel(ctx, modelId);
    if (!active)
      throw new AppError("conflict", {
        ru: "Сравнивать не с чем: ни одна модель не включена.",
        en: "There is nothing to compare with: no model is active.",
      });
    if (model.status !== "candidate" || active.modelId === modelId)
      throw new AppError("conflict", {
        ru: `В тени сравнивают кандидатов, а модель ${modelId} уже включали.`,
        en: `The shadow is for candidates, and model ${modelId} has been active.`,
      });
    const [row] = await ctx.db
      .insert(shadows)
      .values({
        modelId,
        againstModelId: active.modelId,
        startedBy: actorName(ctx.actor),
        startedAt: ctx.now(),
      })
      .onConflictDoNothing()
      .returning({ shadowId: shadows.id });
    if (!row) throw await occupied(ctx);
    await audit(ctx, "model:shadow", `model:${modelId}`, { deed: "start", ...row, against: active.modelId });
    return row;
  });
}

async function occupied(ctx: Ctx): Promise<AppError> {
  const other = await runningShadow(ctx);
  const which = other ? ` ${other.modelId}` : "";
  return new AppError("conflict", {
    ru: `В тени уже модель${which}: сначала остановите её.`,
    en: `Model${which} is in the shadow already: stop it first.`,
  });
}
