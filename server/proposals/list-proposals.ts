import { and, desc, eq, inArray, lt, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { proposalLinks, proposalRevisions, proposals } from "#/db/schema/proposals.ts";
import type { Ctx } from "../context.ts";
import { crmId } from "../leads/get-lead.ts";
import { authorize } from "../permissions.ts";
import { numberInWords, type ProposalState, seesProposal, selectProposals, stateOf } from "./proposal-row.ts";

export const listProposalsInput = z.strictObject({
  /** Those of one lead; of all leads that the asker sees where it is not said. */
  leadId: crmId.optional(),
  /** Only those drafted before this moment: the last one of the page before. */
  before: z.date().optional(),
});

const PAGE = 50;

export interface ListedProposal {
  proposalId: string;
  state: ProposalState;
  leadId: string;
  brand: string | null;
  managerName: string | null;
  /** «2026-0042»; null: a draft. */
  number: string | null;
  createdAt: Date;
  sentOn: string | null;
  premises: number;
  /** How often its links were opened. */
  views: number;
}

export interface ProposalPage {
  proposals: ListedProposal[];
  /** Hand it in as `before` for the next page; null: there is none. */
  next: Date | null;
}

/** What was drafted and sent, newest first: of one lead, or of everybody whom the asker sees. */
export async function listProposals(
  ctx: Ctx,
  { leadId, before }: z.infer<typeof listProposalsInput>,
): Promise<ProposalPage> {
  authorize(ctx, "proposal:read");
  const which: (SQL | undefined)[] = [
    seesProposal(ctx.actor),
    leadId === undefined ? undefined : eq(proposals.leadId, leadId),
    before && lt(proposals.createdAt, before),
  ];
  const rows = await selectProposals(ctx)
    .where(and(...which))
    .orderBy(desc(proposals.createdAt), desc(proposals.id))
    .limit(PAGE + 1);
  const shown = rows.slice(0, PAGE);
  const ids = shown.map((row) => row.proposalId);
  const [sizes, views] =
    ids.length === 0 ? [new Map(), new Map()] : await Promise.all([sizesOf(ctx, ids), viewsOf(ctx, ids)]);
  return {
    proposals: shown.map((row) => ({
      proposalId: row.proposalId,
      state: stateOf(row),
      leadId: row.leadId,
      brand: row.brand,
      managerName: row.managerName,
      number: row.sending && numberInWords(row.sending),
      createdAt: row.createdAt,
      sentOn: row.sending?.sentOn ?? null,
      premises: sizes.get(row.proposalId) ?? 0,
      views: views.get(row.proposalId) ?? 0,
    })),
    next: rows.length > PAGE ? shown.at(-1)!.createdAt : null,
  };
}

/** A draft never changes once it is sent, so its last revision is the one that counts in any state. */
async function sizesOf(ctx: Ctx, ids: string[]): Promise<Map<string, number>> {
  const rows = await ctx.db
    .selectDistinctOn([proposalRevisions.proposalId], {
      proposalId: proposalRevisions.proposalId,
      premises: sql<number>`jsonb_array_length(${proposalRevisions.content} -> 'items')`,
    })
    .from(proposalRevisions)
    .where(inArray(proposalRevisions.proposalId, ids))
    .orderBy(proposalRevisions.proposalId, desc(proposalRevisions.revision));
  return new Map(rows.map((row) => [row.proposalId, row.premises]));
}

async function viewsOf(ctx: Ctx, ids: string[]): Promise<Map<string, number>> {
  const rows = await ctx.db
    .select({ proposalId: proposalLinks.proposalId, views: sql<number>`sum(${proposalLinks.views})::int` })
    .from(proposalLinks)
    .where(inArray(proposalLinks.proposalId, ids))
    .groupBy(proposalLinks.proposalId);
  return new Map(rows.map((row) => [row.proposalId, row.views]));
}
