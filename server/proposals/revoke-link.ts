import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { proposalLinks } from "#/db/schema/proposals.ts";
import { audit } from "../audit.ts";
import { type Ctx, inTransaction } from "../context.ts";
import { AppError } from "../errors.ts";
import { authorize } from "../permissions.ts";
import { lockProposal } from "./proposal-row.ts";

export const revokeLinkInput = z.strictObject({ proposalId: z.uuid(), linkId: z.uuid() });

/** Closes a link for good; whoever follows it is told so. Doing it again changes nothing. */
export async function revokeLink(ctx: Ctx, { proposalId, linkId }: z.infer<typeof revokeLinkInput>): Promise<void> {
  authorize(ctx, "proposal:share");
  await inTransaction(ctx, async (ctx) => {
    await lockProposal(ctx, proposalId);
    const which = and(eq(proposalLinks.id, linkId), eq(proposalLinks.proposalId, proposalId));
    const [link] = await ctx.db.select({ id: proposalLinks.id }).from(proposalLinks).where(which);
    if (!link)
      throw new AppError(
        "not_found",
        { ru: "Такой ссылки у этого предложения нет.", en: "This proposal has no such link." },
        { place: "linkId" },
      );
    const revoked = await ctx.db
      .update(proposalLinks)
      .set({ revokedAt: ctx.now() })
      .where(and(which, isNull(proposalLinks.revokedAt)))
      .returning({ id: proposalLinks.id });
    if (revoked.length > 0) await audit(ctx, "proposal:share", `proposal:${proposalId}`, { linkId, revoked: true });
  });
}
