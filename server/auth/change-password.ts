import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { users } from "#/db/schema/users.ts";
import { audit } from "../audit.ts";
import { type Ctx, inTransaction } from "../context.ts";
import { AppError, invariant } from "../errors.ts";
import { authorize } from "../permissions.ts";
import { countDeed, type RateLimit } from "../rate-limit.ts";
import { assertGoodPassword, hashPassword, passwordFits } from "./password.ts";

export const changePasswordInput = z.strictObject({
  /** Again, although signed in: an open screen must not be enough to take an account over. */
  current: z.string().min(1).max(1024),
  next: z.string().max(1024),
});

/** Whoever sits at a stranger's open screen gets so many guesses an hour. */
const guesses: RateLimit = { name: "password-change", points: 10, seconds: 3600 };

/**
 * Sets one's own new password and ends all of one's sessions, this one too: the screen opens a new one with the password
 * that it has just taken.
 */
export async function changePassword(ctx: Ctx, { current, next }: z.infer<typeof changePasswordInput>): Promise<void> {
  authorize(ctx, "account:keep");
  const { actor } = ctx;
  invariant(actor.kind === "user", "a password is a person's");
  await countDeed(ctx.db, guesses, String(actor.userId));
  const [user] = await ctx.db.select().from(users).where(eq(users.id, actor.userId));
  invariant(user, `user ${actor.userId} was read a moment ago`);
  if (!(await passwordFits(user.passwordHash, current)))
    throw new AppError(
      "invalid",
      { ru: "Нынешний пароль не подходит.", en: "The current password does not fit." },
      { place: "current" },
    );
  const { passwordHash: fitted } = user;
  invariant(fitted !== null, "nothing fits where there is no password");
  assertGoodPassword(next, user.email);
  if (await passwordFits(fitted, next))
    throw new AppError(
      "invalid",
      { ru: "Это нынешний пароль. Придумайте другой.", en: "This is the current password. Think of another." },
      { place: "password" },
    );
  const passwordHash = await hashPassword(next);
  await inTransaction(ctx, async (ctx) => {
    const changed = await ctx.db
      .update(users)
      .set({ passwordHash, sessionVersion: sql`${users.sessionVersion} + 1` })
      .where(and(eq(users.id, user.id), eq(users.passwordHash, fitted)))
      .returning({ id: users.id });
    if (changed.length === 0)
      throw new AppError("conflict", {
        ru: "Пароль только что сменили в другом месте. Войдите заново.",
        en: "The password was changed elsewhere a moment ago. Sign in again.",
      });
    await audit(ctx, "account:keep", `user:${user.id}`, { password: "changed" });
  });
}
