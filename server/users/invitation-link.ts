import { randomBytes } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { invitations } from "#/db/schema/users.ts";
import { sha256 } from "../auth/create-api-key.ts";
import { actorName, type Ctx } from "../context.ts";
import { AppError } from "../errors.ts";

/** How long a link waits, in hours. */
export const validHoursInput = z
  .number()
  .int()
  .min(1)
  .max(14 * 24)
  .default(72);

/** As `makeLink` makes them: anything else is not even looked up. */
export const tokenInput = z.strictObject({ token: z.string().max(200) });

/** The token is in this answer and nowhere else: only its SHA-256 is kept. */
export interface InvitationLink {
  token: string;
  expiresAt: Date;
}

/** A link by which this person sets a password, once. His earlier one ends. Part of the deed's own transaction. */
export async function makeLink(ctx: Ctx, userId: number, validHours: number): Promise<InvitationLink> {
  await endLinks(ctx, userId);
  const token = randomBytes(24).toString("base64url");
  const expiresAt = new Date(ctx.now().getTime() + validHours * 3_600_000);
  await ctx.db.insert(invitations).values({
    ...{ userId, tokenSha256: sha256(token), createdBy: actorName(ctx.actor), createdAt: ctx.now(), expiresAt },
  });
  return { token, expiresAt };
}

/** Ends the link of this person that is still open, if there is one. */
export async function endLinks(ctx: Ctx, userId: number): Promise<void> {
  await ctx.db
    .update(invitations)
    .set({ endedAt: ctx.now() })
    .where(and(eq(invitations.userId, userId), isNull(invitations.usedAt), isNull(invitations.endedAt)));
}

/** Used, expired, replaced, mistyped: nobody who was not invited learns which. */
export function noSuchInvitation(): AppError {
  return new AppError("not_found", {
    ru: "Ссылка не действует: её уже открыли и задали пароль, она устарела или скопирована не целиком. Попросите у администратора новую.",
    en: "The link is not valid: it was used, it has expired, or it was not copied whole. Ask an administrator for a new one.",
  });
}
