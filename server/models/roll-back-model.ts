import { z } from "zod";
import type { Ctx } from "../context.ts";
import { AppError } from "../errors.ts";
import { authorize } from "../permissions.ts";
import { proveAsSeen, readActiveAlias, seenVersion, swapActiveAlias, swapsUpTo } from "./active-alias.ts";
import { findModel } from "./find-model.ts";
import { previouslyActive } from "./previously-active.ts";
import { provePromotable } from "./prove-promotable.ts";

export const rollBackModelInput = z.strictObject({ seenVersion });

export interface RolledBack {
  modelId: number;
  fromModelId: number;
  aliasVersion: number;
}

/**
 * Makes the model active that was so before the last promotion; again, and it goes back one promotion further.
 * Refuses with `conflict` when there is none, or when somebody else was faster; with `unavailable` when its file is broken.
 */
export async function rollBackModel(ctx: Ctx, input: z.infer<typeof rollBackModelInput> = {}): Promise<RolledBack> {
  authorize(ctx, "model:promote");
  const seen = await readActiveAlias(ctx);
  proveAsSeen(seen, input.seenVersion);
  const [before] = seen ? previouslyActive(await swapsUpTo(ctx, seen.version)) : [];
  if (!seen || before === undefined)
    throw new AppError("conflict", {
      ru: "Откатывать некуда: до действующей модели ничего не включали.",
      en: "There is nothing to roll back to: no model was active before this one.",
    });
  await provePromotable(ctx, await findModel(ctx, before));
  const aliasVersion = await swapActiveAlias(ctx, { kind: "rollback", seen, toModelId: before });
  return { modelId: before, fromModelId: seen.modelId, aliasVersion };
}
