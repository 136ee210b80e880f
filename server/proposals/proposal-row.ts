import { and, desc, eq, isNull, or, type SQL, sql } from "drizzle-orm";
import {
  leads,
  managers,
  proposalPicks,
  proposalRevisions,
  proposalSendings,
  proposals,
  proposalWithdrawals,
} from "#/db/schema/index.ts";
import type { Actor, Ctx } from "../context.ts";
import { AppError, invariant } from "../errors.ts";
import { seesAllLeads } from "../permissions.ts";
import type { Firm } from "../settings/firm.ts";
import { readSetting } from "../settings/settings.ts";
import { type ProposalContent, proposalContent } from "./content.ts";
import { describeDocument, type ProposalDocument } from "./describe-document.ts";
import { asPick, type PremisesPick } from "./pick.ts";

export type ProposalState = "draft" | "sent" | "withdrawn";

/** A proposal with whatever became of it. */
export interface ProposalRow {
  proposalId: string;
  leadId: string;
  leadsManagerId: string | null;
  brand: string | null;
  managerId: string | null;
  managerName: string | null;
  createdAt: Date;
  sending: typeof proposalSendings.$inferSelect | null;
  withdrawnAt: Date | null;
}

/**
 * Which proposals an actor may see: a manager those of his own leads, and of leads that nobody has those he drafted himself.
 * It goes by the lead's manager of today: with the lead go its proposals.
 */
export function seesProposal(actor: Actor): SQL | undefined {
  if (seesAllLeads(actor)) return undefined;
  if (actor.kind !== "user" || actor.managerId === null) return sql`false`;
  return or(
    eq(leads.managerId, actor.managerId),
    and(isNull(leads.managerId), eq(proposals.managerId, actor.managerId)),
  );
}

/** What to select for a ProposalRow, without its conditions. */
export function selectProposals(ctx: Ctx) {
  return ctx.db
    .select({
      proposalId: proposals.id,
      leadId: proposals.leadId,
      leadsManagerId: leads.managerId,
      brand: leads.brand,
      managerId: proposals.managerId,
      managerName: managers.name,
      createdAt: proposals.createdAt,
      sending: proposalSendings,
      withdrawnAt: proposalWithdrawals.withdrawnAt,
    })
    .from(proposals)
    .innerJoin(leads, eq(leads.id, proposals.leadId))
    .leftJoin(managers, eq(managers.id, proposals.managerId))
    .leftJoin(proposalSendings, eq(proposalSendings.proposalId, proposals.id))
    .leftJoin(proposalWithdrawals, eq(proposalWithdrawals.proposalId, proposals.id));
}

/** One proposal; another manager's is answered as if it did not exist. */
export async function findProposal(ctx: Ctx, proposalId: string): Promise<ProposalRow> {
  const [row] = await selectProposals(ctx).where(and(eq(proposals.id, proposalId), seesProposal(ctx.actor)));
  if (!row) throw noSuchProposal();
  return row;
}

/** The same, and nobody else changes it before the transaction ends. */
export async function lockProposal(ctx: Ctx, proposalId: string): Promise<ProposalRow> {
  await ctx.db.select({ id: proposals.id }).from(proposals).where(eq(proposals.id, proposalId)).for("update");
  return findProposal(ctx, proposalId);
}

export function stateOf({ sending, withdrawnAt }: ProposalRow): ProposalState {
  if (withdrawnAt) return "withdrawn";
  return sending ? "sent" : "draft";
}

export interface Revision {
  revision: number;
  content: ProposalContent;
  savedAt: Date;
}

/** The last revision, or the one that was sent. */
export async function readRevision(ctx: Ctx, proposalId: string, revision?: number): Promise<Revision> {
  const [row] = await ctx.db
    .select()
    .from(proposalRevisions)
    .where(
      and(
        eq(proposalRevisions.proposalId, proposalId),
        revision === undefined ? undefined : eq(proposalRevisions.revision, revision),
      ),
    )
    .orderBy(desc(proposalRevisions.revision))
    .limit(1);
  invariant(row, `proposal ${proposalId} has a revision`);
  return { revision: row.revision, content: proposalContent.parse(row.content), savedAt: row.savedAt };
}

export async function readPicks(ctx: Ctx, proposalId: string): Promise<Map<string, PremisesPick>> {
  const rows = await ctx.db.select().from(proposalPicks).where(eq(proposalPicks.proposalId, proposalId));
  return new Map(rows.map((row) => [row.premisesId, asPick(row)]));
}

/** Everything that a proposal's words are made of, and the words. A sent one keeps what it was sent with. */
export async function readDocument(
  ctx: Ctx,
  row: ProposalRow,
): Promise<{ revision: Revision; picks: Map<string, PremisesPick>; document: ProposalDocument }> {
  const { proposalId, sending } = row;
  const [revision, picks] = await Promise.all([
    readRevision(ctx, proposalId, sending?.revision),
    readPicks(ctx, proposalId),
  ]);
  const document = describeDocument({
    content: revision.content,
    picks,
    firm: sending ? (sending.firm as Firm) : await readSetting(ctx, "firm"),
    client: sending ? sending.client : row.brand,
    sent: sending && { number: numberInWords(sending), sentOn: sending.sentOn },
  });
  return { revision, picks, document };
}

/** «2026-0042» */
export function numberInWords({ year, number }: { year: number; number: number }): string {
  return `${year}-${String(number).padStart(4, "0")}`;
}

/** What was sent stands as it was sent. */
export function assertDraft(row: ProposalRow): void {
  if (!row.sending) return;
  throw new AppError("conflict", {
    ru: "Предложение уже отправлено и больше не меняется. Сделайте новое на его основе.",
    en: "The proposal has been sent and does not change any more. Make a new one from it.",
  });
}

export function assertSent(row: ProposalRow): void {
  if (row.sending && !row.withdrawnAt) return;
  throw new AppError("conflict", {
    ru: row.withdrawnAt ? "Предложение отозвано." : "Сначала отправьте предложение.",
    en: row.withdrawnAt ? "The proposal has been withdrawn." : "Send the proposal first.",
  });
}

export function noSuchProposal(): AppError {
  return new AppError(
    "not_found",
    { ru: "Такого предложения нет, или оно не ваше.", en: "There is no such proposal, or it is not yours." },
    { place: "proposalId" },
  );
}
