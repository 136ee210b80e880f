import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import { proposalLinks } from "#/db/schema/proposals.ts";
import { audit } from "../audit.ts";
import { actorName, type Ctx, inTransaction } from "../context.ts";
import { authorize } from "../permissions.ts";
import { assertSent, lockProposal } from "./proposal-row.ts";

export const shareProposalInput = z.strictObject({
  proposalId: z.uuid(),
  /** How long the link opens. */
  days: z.number().int().min(1).max(90).default(14),
});

const MS_A_DAY = 86_400_000;

/** Makes a link to a sent proposal. The token is in this answer and nowhere else; a lost one is replaced, not found. */
export async function shareProposal(
  ctx: Ctx,
  { proposalId, days }: z.infer<typeof shareProposalInput>,
): Promise<{ token: string; linkId: string; expiresAt: Date }> {
  authorize(ctx, "proposal:share");
  return inTransaction(ctx, async (ctx) => {
    assertSent(await lockProposal(ctx, proposalId));
    const token = randomBytes(24).toString("base64url");
    const expiresAt = new Date(ctx.now().getTime() + days * MS_A_DAY);
    const [link] = await ctx.db
      .insert(proposalLinks)
      .values({
        proposalId,
        tokenSha256: hashToken(token),
        createdBy: actorName(ctx.actor),
        createdAt: ctx.now(),
        expiresAt,
      })
      .returning({ linkId: proposalLinks.id });
    const { linkId } = link!;
    await audit(ctx, "proposal:share", `proposal:${proposalId}`, { linkId, expiresAt });
    return { token, linkId, expiresAt };
  });
}

/** What of a token is kept. It is random enough that a plain hash cannot be searched. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
