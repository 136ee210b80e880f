import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { savedViews } from "#/db/schema/saved-views.ts";
import { users } from "#/db/schema/users.ts";
import { type Ctx, inTransaction } from "../context.ts";
import { AppError } from "../errors.ts";
import { squeeze } from "../imports/cell.ts";
import { startFilters } from "../leads/lead-filters.ts";
import { authorize } from "../permissions.ts";
import { asUser, type SavedView } from "./list-views.ts";

export const saveViewInput = z.strictObject({
  name: z
    .string()
    .transform((typed) => squeeze(typed.normalize("NFC")))
    .pipe(z.string().min(1).max(60)),
  filters: startFilters,
  isStart: z.boolean().default(false),
});

const VIEWS_MAX = 50;

/** Saves a search under a name; the same name, in whatever case, is the same view, saved anew. At most one is the start. */
export async function saveView(
  ctx: Ctx,
  { name, filters, isStart }: z.output<typeof saveViewInput>,
): Promise<SavedView> {
  authorize(ctx, "view:save");
  const { userId } = asUser(ctx);
  return inTransaction(ctx, async (ctx) => {
    // One person's views are saved one after another.
    await ctx.db.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("update");
    const own = eq(savedViews.userId, userId);
    const kept = await ctx.db.select({ id: savedViews.id, name: savedViews.name }).from(savedViews).where(own);
    const same = kept.find((view) => view.name.toLowerCase() === name.toLowerCase());
    if (!same && kept.length >= VIEWS_MAX) throw tooMany();
    if (isStart)
      await ctx.db
        .update(savedViews)
        .set({ isStart: false })
        .where(and(own, eq(savedViews.isStart, true)));
    const row = { name, filters, isStart };
    const viewId = same?.id ?? randomUUID();
    if (same) await ctx.db.update(savedViews).set(row).where(eq(savedViews.id, viewId));
    else await ctx.db.insert(savedViews).values({ id: viewId, userId, ...row, createdAt: ctx.now() });
    return { viewId, ...row };
  });
}

function tooMany(): AppError {
  return new AppError("conflict", {
    ru: `Сохранено уже ${VIEWS_MAX} видов. Удалите ненужный.`,
    en: `${VIEWS_MAX} views are saved already. Delete one.`,
  });
}
