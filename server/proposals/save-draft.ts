import { z } from "zod";
import { proposalRevisions } from "#/db/schema/proposals.ts";
import { actorName, type Ctx, inTransaction } from "../context.ts";
import { AppError } from "../errors.ts";
import { authorize } from "../permissions.ts";
import { proposalContent } from "./content.ts";
import type { ProposalDocument } from "./describe-document.ts";
import { assertDraft, lockProposal, readDocument, readPicks, readRevision } from "./proposal-row.ts";
import { wordMessage } from "./word-message.ts";
import { type WordedReasons, wordReasons } from "./word-reasons.ts";

export const saveDraftInput = z.strictObject({
  proposalId: z.uuid(),
  /** The revision that was changed; another's in between is not overwritten. */
  base: z.number().int().min(1),
  content: proposalContent,
});

/** What a saved draft looks like to its client. */
export interface SavedDraft {
  revision: number;
  savedAt: Date;
  document: ProposalDocument;
  message: string;
  reasons: WordedReasons;
}

/** Appends a revision. The same content again is no new one, so that a lost answer may be asked for again. */
export async function saveDraft(ctx: Ctx, input: z.infer<typeof saveDraftInput>): Promise<SavedDraft> {
  authorize(ctx, "proposal:write");
  const { proposalId, base, content } = input;
  return inTransaction(ctx, async (ctx) => {
    const row = await lockProposal(ctx, proposalId);
    assertDraft(row);
    const latest = await readRevision(ctx, proposalId);
    if (JSON.stringify(latest.content) !== JSON.stringify(content)) {
      if (latest.revision !== base) throw changedElsewhere();
      const picks = await readPicks(ctx, proposalId);
      const stranger = content.items.find((item) => !picks.has(item.premisesId));
      if (stranger) throw notPicked(stranger.premisesId);
      await ctx.db.insert(proposalRevisions).values({
        proposalId,
        revision: base + 1,
        content,
        savedBy: actorName(ctx.actor),
        savedAt: ctx.now(),
      });
    }
    const { revision, picks, document } = await readDocument(ctx, row);
    return {
      revision: revision.revision,
      savedAt: revision.savedAt,
      document,
      message: wordMessage(document),
      reasons: wordReasons(picks, revision.content),
    };
  });
}

/** The refusal to overwrite what somebody else, or another tab, has written since. */
export function changedElsewhere(): AppError {
  return new AppError(
    "conflict",
    {
      ru: "Предложение изменили в другом окне. Откройте его заново.",
      en: "The proposal was changed in another window. Open it anew.",
    },
    { place: "base" },
  );
}

function notPicked(premisesId: string): AppError {
  return new AppError(
    "invalid",
    {
      ru: `Помещение ${premisesId} не добавлено в это предложение.`,
      en: `Premises ${premisesId} was not added to this proposal.`,
    },
    { place: "content.items" },
  );
}
