import { and, eq, isNull } from "drizzle-orm";
import { users } from "#/db/schema/users.ts";
import type { Ctx } from "../context.ts";
import { AppError } from "../errors.ts";

/** The asker has seen the tour, or does not want it: it is offered no more, on no device. */
export async function endTour(ctx: Ctx): Promise<void> {
  const { actor } = ctx;
  if (actor.kind !== "user") throw new AppError("unauthenticated", { ru: "Сначала войдите.", en: "Sign in first." });
  await ctx.db
    .update(users)
    .set({ tourEndedAt: ctx.now() })
    .where(and(eq(users.id, actor.userId), isNull(users.tourEndedAt)));
}
