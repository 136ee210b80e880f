import { z } from "zod";
import { proposalRevisions } from "#/db/schema/proposals.ts";
import { actorName, type Ctx, inTransaction } from "../context.ts";
import { crmId } from "../leads/get-lead.ts";
import { authorize } from "../permissions.ts";
import { proposalContent } from "./content.ts";
import { asItem, keepPicks, pickPremises } from "./pick.ts";
import { assertDraft, findProposal, lockProposal, readPicks, readRevision } from "./proposal-row.ts";
import { changedElsewhere } from "./save-draft.ts";

export const addPremisesInput = z.strictObject({
  proposalId: z.uuid(),
  base: z.number().int().min(1),
  premisesIds: z.array(crmId).min(1).max(20),
});

/** Puts more premises at the end of a draft; those that are in it already stay as they are. */
export async function addPremises(
  ctx: Ctx,
  { proposalId, base, premisesIds }: z.infer<typeof addPremisesInput>,
): Promise<{ revision: number }> {
  authorize(ctx, "proposal:write");
  const { leadId } = await findProposal(ctx, proposalId);
  const fresh = await pickPremises(ctx, leadId, [...new Set(premisesIds)]);
  return inTransaction(ctx, async (ctx) => {
    assertDraft(await lockProposal(ctx, proposalId));
    const { revision, content } = await readRevision(ctx, proposalId);
    const added = fresh.filter((one) => !content.items.some((item) => item.premisesId === one.premisesId));
    if (added.length === 0) return { revision };
    if (revision !== base) throw changedElsewhere();
    await keepPicks(ctx, proposalId, added);
    const picks = await readPicks(ctx, proposalId);
    const items = [...content.items, ...added.map((one) => asItem(picks.get(one.premisesId) ?? one))];
    await ctx.db.insert(proposalRevisions).values({
      proposalId,
      revision: revision + 1,
      content: proposalContent.parse({ ...content, items }),
      savedBy: actorName(ctx.actor),
      savedAt: ctx.now(),
    });
    return { revision: revision + 1 };
  });
}
