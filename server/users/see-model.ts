import { z } from "zod";
import { userPreferences } from "#/db/schema/users.ts";
import type { Ctx } from "../context.ts";
import { invariant } from "../errors.ts";
import { findModel } from "../models/find-model.ts";
import { authorize } from "../permissions.ts";

export const seeModelInput = z.strictObject({ modelId: z.number().int().positive().max(2_147_483_647) });

/** The asker has read that this model answers now: he is not told of it again, on no device. Refuses with `not_found`. */
export async function seeModel(ctx: Ctx, { modelId }: z.infer<typeof seeModelInput>): Promise<void> {
  authorize(ctx, "account:keep");
  const { actor } = ctx;
  invariant(actor.kind === "user", "preferences are a person's");
  await findModel(ctx, modelId);
  const seen = { seenModelId: modelId, updatedAt: ctx.now() };
  await ctx.db
    .insert(userPreferences)
    .values({ userId: actor.userId, ...seen })
    .onConflictDoUpdate({ target: userPreferences.userId, set: seen });
}
