import { and, eq, gt, isNull } from "drizzle-orm";
import type { z } from "zod";
import { invitations, users } from "#/db/schema/users.ts";
import { sha256 } from "../auth/create-api-key.ts";
import type { Ctx } from "../context.ts";
import { noSuchInvitation, type tokenInput } from "./invitation-link.ts";

export interface Invitation {
  invitationId: number;
  userId: number;
  name: string;
  email: string;
  expiresAt: Date;
  /** He has signed in before and sets another password. */
  known: boolean;
}

/** Whom a link is for. Open to whoever has the token, hence no `authorize`; a link that does not stand is not there. */
export async function openInvitation(ctx: Ctx, { token }: z.infer<typeof tokenInput>): Promise<Invitation> {
  const [row] = await ctx.db
    .select({ invitation: invitations, user: users })
    .from(invitations)
    .innerJoin(users, eq(users.id, invitations.userId))
    .where(
      and(
        eq(invitations.tokenSha256, sha256(token)),
        isNull(invitations.usedAt),
        isNull(invitations.endedAt),
        gt(invitations.expiresAt, ctx.now()),
        isNull(users.disabledAt),
      ),
    );
  if (!row) throw noSuchInvitation();
  const { invitation, user } = row;
  return {
    invitationId: invitation.id,
    userId: user.id,
    name: user.name,
    email: user.email,
    expiresAt: invitation.expiresAt,
    known: user.passwordHash !== null,
  };
}
