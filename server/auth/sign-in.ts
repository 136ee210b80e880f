import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { users } from "#/db/schema/users.ts";
import { audit } from "../audit.ts";
import type { Ctx } from "../context.ts";
import { AppError } from "../errors.ts";
import { passwordFits } from "./password.ts";
import type { SessionToken } from "./session.ts";
import { admitAttempt } from "./sign-in-limits.ts";

export const signInInput = z.object({ email: z.string().max(320), password: z.string().min(1).max(1024) });

/**
 * Opens a session for whoever knows the password. Open to anybody, hence no `authorize`.
 * Unknown, disabled and mistaken are refused alike, in words and in time; too many attempts with a time to wait.
 * Refusals that the limits made are only logged, the others audited: a flood must not fill the audit log.
 */
export async function signIn(
  ctx: Ctx,
  { email, password }: z.infer<typeof signInInput>,
  address: string,
): Promise<SessionToken> {
  const account = foldEmail(email);
  const attempt = await admitAttempt(ctx.db, account, address);
  const [user] = await ctx.db.select().from(users).where(sql`lower(${users.email}) = ${account}`);
  const fits = await passwordFits(user?.passwordHash ?? null, password);
  if (!user || !fits || user.disabledAt) {
    // People type passwords into the wrong field: of an unknown account only a fingerprint is kept.
    const subject = user
      ? `user:${user.id}`
      : `email:${createHash("sha256").update(account).digest("hex").slice(0, 16)}`;
    await audit(ctx, "session:refuse", subject, { why: !user ? "unknown" : fits ? "disabled" : "password", address });
    throw refused();
  }
  await attempt.succeeded();
  await audit(ctx, "session:open", `user:${user.id}`, { address });
  return { userId: user.id, sessionVersion: user.sessionVersion };
}

/** The one spelling of an e-mail address in which accounts are kept and found. */
export function foldEmail(email: string): string {
  return email.normalize("NFC").trim().toLowerCase();
}

function refused(): AppError {
  return new AppError("unauthenticated", {
    ru: "Почта или пароль не подходят.",
    en: "The e-mail address or the password is wrong.",
  });
}
