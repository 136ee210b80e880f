import { and, asc, eq, gt, isNull, lte, or, sql } from "drizzle-orm";
import type { Database } from "#/db/client.ts";
import { proposalOffers, proposalWithdrawals } from "#/db/schema/proposals.ts";
import type { OfferFacts } from "#/ml/facts.ts";

/**
 * What went to clients in proposals that stand: of each lead and premises the first sending, as an offer of which nothing
 * more is known. With `asOf` (YYYY-MM-DD), what had been sent by then, and stood on that day.
 */
export async function readProposalOffers(db: Database, asOf: string | undefined): Promise<OfferFacts[]> {
  const rows = await db
    .selectDistinctOn([proposalOffers.leadId, proposalOffers.premisesId], {
      proposalId: proposalOffers.proposalId,
      leadId: proposalOffers.leadId,
      premisesId: proposalOffers.premisesId,
      managerId: proposalOffers.managerId,
      offeredDay: sql<number>`(${proposalOffers.sentOn} - date '1970-01-01')`,
    })
    .from(proposalOffers)
    .leftJoin(proposalWithdrawals, eq(proposalWithdrawals.proposalId, proposalOffers.proposalId))
    .where(
      asOf === undefined
        ? isNull(proposalWithdrawals.proposalId)
        : and(
            lte(proposalOffers.sentOn, asOf),
            or(isNull(proposalWithdrawals.proposalId), gt(proposalWithdrawals.withdrawnOn, asOf)),
          ),
    )
    .orderBy(
      asc(proposalOffers.leadId),
      asc(proposalOffers.premisesId),
      asc(proposalOffers.sentOn),
      asc(proposalOffers.proposalId),
    );
  return rows.map(({ proposalId, ...row }) => ({
    offerId: `proposal:${proposalId}/${row.premisesId}`,
    ...row,
    closedDay: Number.NaN,
    outcome: "open",
  }));
}

/**
 * The CRM's deals and our proposals as one list in which no pair of lead and premises stands twice for one offer. Where the
 * CRM has a deal of the pair, its earliest is the offer and says how it ended; a proposal that was sent before it only tells
 * that the offer was made earlier. Without a deal the proposal is the offer.
 */
export function joinOffers(deals: readonly OfferFacts[], proposals: readonly OfferFacts[]): OfferFacts[] {
  const joined = [...deals];
  const earliest = new Map<string, number>();
  for (const [at, deal] of joined.entries()) {
    const known = earliest.get(pairOf(deal));
    if (known === undefined || deal.offeredDay < joined[known]!.offeredDay) earliest.set(pairOf(deal), at);
  }
  for (const proposal of proposals) {
    const at = earliest.get(pairOf(proposal));
    const deal = at === undefined ? undefined : joined[at];
    if (at === undefined || !deal) joined.push(proposal);
    else if (proposal.offeredDay < deal.offeredDay) joined[at] = { ...deal, offeredDay: proposal.offeredDay };
  }
  return joined;
}

function pairOf({ leadId, premisesId }: OfferFacts): string {
  return JSON.stringify([leadId, premisesId]);
}
