import { randomUUID } from "node:crypto";
import { desc, eq } from "drizzle-orm";
import { z } from "zod";
import { managers, proposalRevisions, proposals, users } from "#/db/schema/index.ts";
import { audit } from "../audit.ts";
import { actorName, type Ctx, inTransaction } from "../context.ts";
import { AppError } from "../errors.ts";
import { crmId, getLead, noSuchLead } from "../leads/get-lead.ts";
import type { LeadRow } from "../leads/lead-row.ts";
import { once } from "../once.ts";
import { authorize } from "../permissions.ts";
import { countDeed, type RateLimit } from "../rate-limit.ts";
import { type ProposalContent, proposalContent } from "./content.ts";
import { documentWords } from "./document-words.ts";
import { asItem, keepPicks, pickPremises } from "./pick.ts";

export const draftProposalInput = z.strictObject({
  leadId: crmId,
  premisesIds: z
    .array(crmId)
    .max(20)
    .refine((ids) => new Set(ids).size === ids.length, "no premises twice"),
  /** Language of the proposal; that of the screen where it is not said. */
  locale: z.enum(["ru", "en"]).optional(),
  idempotencyKey: z.uuid(),
});

const perHour: RateLimit = { name: "proposals", points: 200, seconds: 3600 };

/**
 * Begins a proposal to a lead with these premises, at asking rents. A manager writes to his own leads and to those nobody
 * has, in his own name; an administrator in the name of the lead's manager.
 */
export async function draftProposal(
  ctx: Ctx,
  input: z.infer<typeof draftProposalInput>,
): Promise<{ proposalId: string }> {
  authorize(ctx, "proposal:write");
  const lead = await getLead(ctx, { leadId: input.leadId });
  const managerId = senderOf(ctx, lead);
  await countDeed(ctx.db, perHour, actorName(ctx.actor));
  const picks = await pickPremises(ctx, lead.leadId, input.premisesIds);
  const locale = input.locale ?? ctx.locale;

  return inTransaction(ctx, async (ctx) => {
    const { idempotencyKey: key, ...body } = input;
    const fresh = { proposalId: randomUUID() };
    const { answer } = await once(ctx, { verb: "proposal:write", key, body }, fresh, async () => {
      const { proposalId } = fresh;
      const by = { by: actorName(ctx.actor), at: ctx.now() };
      const content: ProposalContent = {
        locale,
        greeting: documentWords[locale].greeting,
        contact: await contactOf(ctx, managerId),
        items: picks.map(asItem),
      };
      await ctx.db
        .insert(proposals)
        .values({ id: proposalId, leadId: lead.leadId, managerId, createdBy: by.by, createdAt: by.at });
      await keepPicks(ctx, proposalId, picks);
      await ctx.db
        .insert(proposalRevisions)
        .values({ proposalId, revision: 1, content, savedBy: by.by, savedAt: by.at });
      const { leadId, premisesIds } = input;
      await audit(ctx, "proposal:write", `proposal:${proposalId}`, { leadId, premisesIds, managerId });
    });
    return answer;
  });
}

/** In whose name it goes out. Whether a lead may be read is another question: a foreign one is not written to. */
function senderOf({ actor }: Ctx, lead: LeadRow): string | null {
  if (!(actor.kind === "user" && actor.role === "manager")) return lead.managerId;
  if (actor.managerId === null)
    throw new AppError("forbidden", {
      ru: "Ваша учётная запись не связана с менеджером из CRM. Попросите администратора связать.",
      en: "Your account is not linked to a manager of the CRM. Ask an administrator to link it.",
    });
  if (lead.managerId !== null && lead.managerId !== actor.managerId) throw noSuchLead(lead.leadId);
  return actor.managerId;
}

/** Whom the client is to call: as in this manager's last proposal, so that nobody types his number twice. */
async function contactOf(ctx: Ctx, managerId: string | null): Promise<ProposalContent["contact"]> {
  if (managerId === null) return { name: "", phone: "", email: "" };
  const [last] = await ctx.db
    .select({ content: proposalRevisions.content })
    .from(proposals)
    .innerJoin(proposalRevisions, eq(proposalRevisions.proposalId, proposals.id))
    .where(eq(proposals.managerId, managerId))
    .orderBy(desc(proposals.createdAt), desc(proposalRevisions.revision))
    .limit(1);
  if (last) return proposalContent.parse(last.content).contact;
  const [manager] = await ctx.db
    .select({ name: managers.name, email: users.email })
    .from(managers)
    .leftJoin(users, eq(users.managerId, managers.id))
    .where(eq(managers.id, managerId))
    .limit(1);
  return { name: manager?.name ?? "", phone: "", email: manager?.email ?? "" };
}
