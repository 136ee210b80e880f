import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { shadows } from "#/db/schema/index.ts";
import { audit } from "../audit.ts";
import { actorName, type Ctx, inTransaction } from "../context.ts";
import { AppError } from "../errors.ts";
import { authorize } from "../permissions.ts";

export const stopShadowInput = z.strictObject({ shadowId: z.number().int().positive().max(2_147_483_647) });

/** Ends a shadow; what it found stays. Refuses with `conflict` where it is over already. */
export async function stopShadow(
  ctx: Ctx,
  { shadowId }: z.infer<typeof stopShadowInput>,
): Promise<{ shadowId: number }> {
  authorize(ctx, "model:shadow");
  return inTransaction(ctx, async (ctx) => {
    const [ended] = await ctx.db
      .update(shadows)
      .set({ ending: "stopped", endedBy: actorName(ctx.actor), endedAt: ctx.now() })
      .where(and(eq(shadows.id, shadowId), isNull(shadows.endedAt)))
      .returning({ modelId: shadows.modelId });
    if (!ended)
      throw new AppError("conflict", {
        ru: "Эта теневая проверка уже закончена.",
        en: "This shadow is over already.",
      });
    await audit(ctx, "model:shadow", `model:${ended.modelId}`, { deed: "stop", shadowId });
    return { shadowId };
  });
}
