import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { savedViews } from "#/db/schema/saved-views.ts";
import type { Ctx } from "../context.ts";
import { AppError } from "../errors.ts";
import { authorize } from "../permissions.ts";
import { asUser } from "./list-views.ts";

export const deleteViewInput = z.strictObject({ viewId: z.uuid() });

/** Deletes one of the asker's own views. */
export async function deleteView(ctx: Ctx, { viewId }: z.infer<typeof deleteViewInput>): Promise<void> {
  authorize(ctx, "view:save");
  const { userId } = asUser(ctx);
  const gone = await ctx.db
    .delete(savedViews)
    .where(and(eq(savedViews.id, viewId), eq(savedViews.userId, userId)))
    .returning({ id: savedViews.id });
  if (gone.length === 0)
    throw new AppError(
      "not_found",
      { ru: "Такого вида у вас нет.", en: "You have no such view." },
      { place: "viewId" },
    );
}
