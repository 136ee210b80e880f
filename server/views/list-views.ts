import { asc, eq } from "drizzle-orm";
import type { z } from "zod";
import { savedViews } from "#/db/schema/saved-views.ts";
import type { Ctx } from "../context.ts";
import { AppError } from "../errors.ts";
import { startFilters } from "../leads/lead-filters.ts";
import { authorize, type Role } from "../permissions.ts";
import { readSetting, startViewOf } from "../settings/settings.ts";

export type ViewFilters = z.output<typeof startFilters>;

export interface SavedView {
  viewId: string;
  name: string;
  filters: ViewFilters;
  isStart: boolean;
}

export interface Views {
  /** The asker's own, by name. */
  views: SavedView[];
  /** With what the search begins: the asker's own start, else his role's; null: the newest leads. */
  start: ViewFilters | null;
}

/** The searches that the asker has saved. One whose filters this version does not understand is left out. */
export async function listViews(ctx: Ctx): Promise<Views> {
  authorize(ctx, "view:save");
  const { userId, role } = asUser(ctx);
  const rows = await ctx.db
    .select()
    .from(savedViews)
    .where(eq(savedViews.userId, userId))
    .orderBy(asc(savedViews.name));
  const views = rows.flatMap(({ id, name, filters, isStart }) => {
    const read = startFilters.safeParse(filters);
    return read.success ? [{ viewId: id, name, filters: read.data, isStart }] : [];
  });
  views.sort((a, b) => new Intl.Collator("ru").compare(a.name, b.name));
  const own = views.find(({ isStart }) => isStart);
  return { views, start: own ? own.filters : await readSetting(ctx, startViewOf[role]) };
}

/** Views belong to people. */
export function asUser(ctx: Ctx): { userId: number; role: Role } {
  if (ctx.actor.kind === "user") return ctx.actor;
  throw new AppError("forbidden", { ru: "Виды есть только у людей.", en: "Only people have views." });
}
