import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { invitations, users } from "#/db/schema/users.ts";
import { audit } from "../audit.ts";
import { assertGoodPassword, hashPassword } from "../auth/password.ts";
import { type Ctx, inTransaction } from "../context.ts";
import { noSuchInvitation, tokenInput } from "./invitation-link.ts";
import { openInvitation } from "./open-invitation.ts";

export const acceptInvitationInput = z.strictObject({ ...tokenInput.shape, password: z.string().max(1024) });

/**
 * Sets the password that whoever has the link chose; the link is used up, and sessions that were open end. Open to the bearer
 * of the token, hence no `authorize`. Answers with the address to sign in by.
 */
export async function acceptInvitation(
  ctx: Ctx,
  { token, password }: z.infer<typeof acceptInvitationInput>,
): Promise<{ email: string }> {
  const { invitationId, userId, email } = await openInvitation(ctx, { token });
  assertGoodPassword(password, email);
  const passwordHash = await hashPassword(password);
  await inTransaction(ctx, async (ctx) => {
    // The hash took its time: another may have used the link, or ended it, meanwhile.
    const used = await ctx.db
      .update(invitations)
      .set({ usedAt: ctx.now() })
      .where(and(eq(invitations.id, invitationId), isNull(invitations.usedAt), isNull(invitations.endedAt)))
      .returning({ id: invitations.id });
    const set =
      used.length === 1 &&
      (await ctx.db
        .update(users)
        .set({ passwordHash, sessionVersion: sql`${users.sessionVersion} + 1` })
        .where(and(eq(users.id, userId), isNull(users.disabledAt)))
        .returning({ id: users.id }));
    if (!set || set.length === 0) throw noSuchInvitation();
    await audit(ctx, "account:keep", `user:${userId}`, { password: "set", by: `invitation:${invitationId}` });
  });
  return { email };
}
