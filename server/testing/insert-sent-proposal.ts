import { randomUUID } from "node:crypto";
import type { Database } from "#/db/client.ts";
import { proposalOffers, proposalSendings, proposals } from "#/db/schema/index.ts";

type Offer = Pick<typeof proposalOffers.$inferInsert, "premisesId" | "modelId" | "rank">;

/** A proposal that went to its client on a day, with what it offered in its order; nobody drafted it. Its id. */
export async function insertSentProposal(
  db: Database,
  sent: { leadId: string; managerId?: string; sentOn: string; number: number; offers: readonly Offer[] },
): Promise<string> {
  const { leadId, managerId, sentOn, number, offers } = sent;
  const proposalId = randomUUID();
  await db.insert(proposals).values({ id: proposalId, leadId, managerId, createdBy: "user:1" });
  await db
    .insert(proposalSendings)
    .values({ proposalId, year: 2026, number, revision: 1, firm: {}, sentOn, sentBy: "user:1" });
  if (offers.length > 0)
    await db
      .insert(proposalOffers)
      .values(offers.map((offer, i) => ({ ...offer, proposalId, leadId, managerId, sentOn, place: i + 1 })));
  return proposalId;
}
