import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { leadAnswers, leads, type WishPatch } from "#/db/schema/leads.ts";
import { audit } from "../audit.ts";
import { actorName, type Ctx, inTransaction } from "../context.ts";
import { AppError } from "../errors.ts";
import { once } from "../once.ts";
import { authorize } from "../permissions.ts";
import { countDeed, type RateLimit } from "../rate-limit.ts";
import { crmId, getLead, type LeadCard, noSuchLead } from "./get-lead.ts";
import { columnsOf, layAnswers } from "./lead-answers.ts";
import { mayAnswerFor } from "./lead-row.ts";
import { answerInput, readAnswer } from "./read-answer.ts";
import { answersOf, standing } from "./wishes-on.ts";

export const giveAnswerInput = z.strictObject({
  leadId: crmId,
  answer: answerInput,
  /** Made by the client, one a deed: a repetition with the same key and content does nothing new. */
  idempotencyKey: z.string().min(1).max(200),
});

const perHour: RateLimit = { name: "answers", points: 600, seconds: 3600 };

/**
 * Writes down what a lead told on being asked. It lies over what the CRM says of that wish from now on; see `lead_answers` for
 * how long. A manager asks his own leads, an administrator any.
 */
export async function giveAnswer(
  ctx: Ctx,
  { leadId, answer, idempotencyKey: key }: z.infer<typeof giveAnswerInput>,
): Promise<{ answerId: string; lead: LeadCard }> {
  authorize(ctx, "answer:give");
  await assertMayAnswer(ctx, leadId);
  const value = readAnswer(answer);
  await countDeed(ctx.db, perHour, actorName(ctx.actor));
  return inTransaction(ctx, async (ctx) => {
    const fresh = { answerId: randomUUID() };
    const { answer: kept } = await once(
      ctx,
      { verb: "answer:give", key, body: { leadId, answer } },
      fresh,
      async () => {
        const { field } = answer;
        await ctx.db.insert(leadAnswers).values({
          id: fresh.answerId,
          leadId,
          field,
          value,
          crmValue: await beneath(ctx, leadId, field),
          givenBy: actorName(ctx.actor),
          givenAt: ctx.now(),
        });
        await ctx.db.execute(layAnswers(sql`a.lead_id = ${leadId}`));
        await audit(ctx, "answer:give", `lead:${leadId}`, { answerId: fresh.answerId, field, value });
      },
    );
    return { answerId: kept.answerId, lead: await getLead(ctx, { leadId }) };
  });
}

/** Refuses a lead that is not there for the one who asks, and one that is there but not his to fill in. */
export async function assertMayAnswer(ctx: Ctx, leadId: string): Promise<void> {
  const { managerId } = await getLead(ctx, { leadId });
  if (mayAnswerFor(ctx.actor, managerId)) return;
  throw new AppError(
    "forbidden",
    {
      ru: `Лид ${leadId} не закреплён за вами: заполнять можно только своих. Закрепите его за собой в CRM.`,
      en: `Lead ${leadId} is not assigned to you: you may fill in only your own. Take it over in the CRM.`,
    },
    { place: "leadId" },
  );
}

/** What the CRM says of the wish: what lies beneath the answer that stands, else what the lead's row says. Locks the lead. */
async function beneath(ctx: Ctx, leadId: string, field: keyof typeof columnsOf): Promise<WishPatch> {
  const [lead] = await ctx.db
    .select({ row: sql<Record<string, WishPatch[string]>>`to_jsonb(${leads})` })
    .from(leads)
    .where(eq(leads.id, leadId))
    .for("update");
  if (!lead) throw noSuchLead(leadId);
  const stands = standing(await answersOf(ctx.db, [leadId])).find((answer) => answer.field === field);
  return stands?.crmValue ?? Object.fromEntries(columnsOf[field].map((name) => [name, lead.row[name] ?? null]));
}
