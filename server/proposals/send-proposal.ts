import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { matchRuns } from "#/db/schema/matching.ts";
import { proposalNumbers, proposalOffers, proposalSendings } from "#/db/schema/proposals.ts";
import { audit } from "../audit.ts";
import { actorName, type Ctx, inTransaction } from "../context.ts";
import { dateInNovosibirsk } from "../days.ts";
import { AppError, invariant } from "../errors.ts";
import { authorize } from "../permissions.ts";
import { readSetting } from "../settings/settings.ts";
import type { ProposalContent } from "./content.ts";
import { lockProposal, numberInWords, readPicks, readRevision } from "./proposal-row.ts";
import { changedElsewhere } from "./save-draft.ts";

export const sendProposalInput = z.strictObject({
  proposalId: z.uuid(),
  /** The revision that was looked at. */
  revision: z.number().int().min(1),
});

/**
 * Records that a proposal goes to its client: it gets the year's next number and its header, stands still from now on, and
 * each of its premises is an offer, which training reads. Sending it again changes nothing and answers with the first number.
 */
export async function sendProposal(
  ctx: Ctx,
  { proposalId, revision }: z.infer<typeof sendProposalInput>,
): Promise<{ number: string; sentOn: string }> {
  authorize(ctx, "proposal:send");
  return inTransaction(ctx, async (ctx) => {
    const row = await lockProposal(ctx, proposalId);
    if (row.sending) return { number: numberInWords(row.sending), sentOn: row.sending.sentOn };
    const latest = await readRevision(ctx, proposalId);
    if (latest.revision !== revision) throw changedElsewhere();
    assertComplete(latest.content);
    const picks = await readPicks(ctx, proposalId);
    const sentOn = dateInNovosibirsk(ctx.now());
    const year = Number(sentOn.slice(0, 4));
    const number = await nextNumber(ctx, year);
    await ctx.db.insert(proposalSendings).values({
      proposalId,
      year,
      number,
      revision,
      firm: await readSetting(ctx, "firm"),
      client: row.brand,
      sentOn,
      sentBy: actorName(ctx.actor),
      sentAt: ctx.now(),
    });
    const offers = latest.content.items.map(({ premisesId, rentRubMonth }, at) => {
      const pick = picks.get(premisesId);
      invariant(pick, `premises ${premisesId} of proposal ${proposalId} was picked`);
      const { runId, modelId } = pick;
      return { proposalId, premisesId, place: at + 1, rentRubMonth, runId, modelId };
    });
    const { leadId, managerId } = row;
    await ctx.db
      .insert(proposalOffers)
      .values(offers.map((offer) => ({ ...offer, leadId, managerId, sentOn, rank: rankInRun(offer) })));
    const told = numberInWords({ year, number });
    await audit(ctx, "proposal:send", `proposal:${proposalId}`, { number: told, leadId, managerId, offers });
    return { number: told, sentOn };
  });
}

/** Kept ones stand first in a run, by rank: the place is the rank. */
function rankInRun({ runId, premisesId }: { runId: string | null; premisesId: string }): SQL<number | null> {
  return sql<number | null>`(select case when kept[at] then at end
    from ${matchRuns} cross join lateral array_position(premises_ids, ${premisesId}) as at where id = ${runId})`;
}

/** Whoever sends at the same time waits here, so that a sending that fails leaves no gap. */
async function nextNumber(ctx: Ctx, year: number): Promise<number> {
  const [row] = await ctx.db
    .insert(proposalNumbers)
    .values({ year, last: 1 })
    .onConflictDoUpdate({ target: proposalNumbers.year, set: { last: sql`${proposalNumbers.last} + 1` } })
    .returning({ last: proposalNumbers.last });
  return row!.last;
}

function assertComplete({ items, contact }: ProposalContent): void {
  if (items.length === 0)
    throw new AppError(
      "invalid",
      { ru: "Добавьте хотя бы одно помещение.", en: "Add at least one premises." },
      { place: "content.items" },
    );
  if (contact.name.trim() === "" || (contact.phone.trim() === "" && contact.email.trim() === ""))
    throw new AppError(
      "invalid",
      {
        ru: "Укажите имя и телефон или почту: клиенту нужно знать, кому ответить.",
        en: "Give a name and a phone or e-mail: the client has to know whom to answer.",
      },
      { place: "content.contact" },
    );
}
