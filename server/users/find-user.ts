import { eq } from "drizzle-orm";
import { z } from "zod";
import { users } from "#/db/schema/users.ts";
import type { Ctx } from "../context.ts";
import { AppError } from "../errors.ts";

export const userInput = z.strictObject({ userId: z.number().int().positive().max(2_147_483_647) });

export type UserRow = typeof users.$inferSelect;

/** The user, locked until the transaction ends, so that two who manage the same person do so one after the other. */
export async function lockUser(ctx: Ctx, userId: number): Promise<UserRow> {
  const [user] = await ctx.db.select().from(users).where(eq(users.id, userId)).for("update");
  if (user) return user;
  throw new AppError("not_found", { ru: `Пользователя ${userId} нет.`, en: `There is no user ${userId}.` });
}

/** Refuses whoever is about to lock himself out: another administrator must do it. */
export function refuseSelf(ctx: Ctx, userId: number): void {
  if (ctx.actor.kind !== "user" || ctx.actor.userId !== userId) return;
  throw new AppError("conflict", {
    ru: "С собой так нельзя: попросите другого администратора.",
    en: "Not with yourself: ask another administrator.",
  });
}

export function dismissedAlready(): AppError {
  return new AppError("conflict", {
    ru: "Этот человек уволен. Сначала верните его.",
    en: "This person was dismissed. Restore them first.",
  });
}
