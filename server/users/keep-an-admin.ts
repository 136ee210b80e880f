import { and, asc, eq, isNotNull, isNull } from "drizzle-orm";
import { users } from "#/db/schema/users.ts";
import type { Ctx } from "../context.ts";
import { AppError } from "../errors.ts";

/**
 * Call it first in a transaction that takes an administrator away: all administrators are locked in one order, so that of two
 * who take each other away at the same time one finds the other gone. Refuses where nobody who can sign in would be left.
 */
export async function keepAnAdmin(ctx: Ctx, leaving: number): Promise<void> {
  const admins = await ctx.db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, "admin"), isNull(users.disabledAt), isNotNull(users.passwordHash)))
    .orderBy(asc(users.id))
    .for("update");
  const able = new Set(admins.map(({ id }) => id));
  if (!able.delete(leaving) || able.size > 0) return;
  throw new AppError("conflict", {
    ru: "Это последний администратор: без него некому управлять. Сначала назначьте другого.",
    en: "This is the last administrator, and nobody could manage without. Make another first.",
  });
}
