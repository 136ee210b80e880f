import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { marketState, proposalWithdrawals } from "#/db/schema/index.ts";
import { audit } from "../audit.ts";
import { actorName, type Ctx, inTransaction } from "../context.ts";
import { dateInNovosibirsk } from "../days.ts";
import { authorize } from "../permissions.ts";
import { assertSent, lockProposal } from "./proposal-row.ts";

export const withdrawProposalInput = z.strictObject({ proposalId: z.uuid() });

/**
 * Takes a sent proposal back by an event of its own: its links say so, and its premises are no offers any more. Doing it
 * again changes nothing.
 */
export async function withdrawProposal(
  ctx: Ctx,
  { proposalId }: z.infer<typeof withdrawProposalInput>,
): Promise<{ withdrawnAt: Date }> {
  authorize(ctx, "proposal:withdraw");
  return inTransaction(ctx, async (ctx) => {
    const row = await lockProposal(ctx, proposalId);
    if (row.withdrawnAt) return { withdrawnAt: row.withdrawnAt };
    assertSent(row);
    const withdrawnAt = ctx.now();
    await ctx.db.insert(proposalWithdrawals).values({
      proposalId,
      withdrawnOn: dateInNovosibirsk(withdrawnAt),
      withdrawnBy: actorName(ctx.actor),
      withdrawnAt,
    });
    // A sending of today is looked at from tomorrow on, when every process reads the market anew. This may be of last year.
    await ctx.db
      .update(marketState)
      .set({ version: sql`${marketState.version} + 1` })
      .where(eq(marketState.id, 1));
    await audit(ctx, "proposal:withdraw", `proposal:${proposalId}`);
    return { withdrawnAt };
  });
}
