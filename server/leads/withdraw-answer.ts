import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { leadAnswerEnds, leadAnswers, leads } from "#/db/schema/leads.ts";
import { audit } from "../audit.ts";
import { actorName, type Ctx, inTransaction } from "../context.ts";
import { AppError } from "../errors.ts";
import { authorize } from "../permissions.ts";
import { getLead, type LeadCard } from "./get-lead.ts";
import { assertMayAnswer } from "./give-answer.ts";
import { layAnswers, liftAnswers } from "./lead-answers.ts";

export const withdrawAnswerInput = z.strictObject({ answerId: z.uuid() });

/** Takes an answer back: what was said before it shows again. Doing it again changes nothing. */
export async function withdrawAnswer(
  ctx: Ctx,
  { answerId }: z.infer<typeof withdrawAnswerInput>,
): Promise<{ lead: LeadCard }> {
  authorize(ctx, "answer:withdraw");
  return inTransaction(ctx, async (ctx) => {
    const [answer] = await ctx.db.select().from(leadAnswers).where(eq(leadAnswers.id, answerId));
    if (!answer) throw noSuchAnswer(answerId);
    const { leadId, field } = answer;
    await assertMayAnswer(ctx, leadId).catch((error: unknown) => {
      throw error instanceof AppError && error.code === "not_found" ? noSuchAnswer(answerId) : error;
    });
    await ctx.db.select({ id: leads.id }).from(leads).where(eq(leads.id, leadId)).for("update");
    const which = sql`a.lead_id = ${leadId}`;
    await ctx.db.execute(liftAnswers(which));
    const [fresh] = await ctx.db
      .insert(leadAnswerEnds)
      .values({ answerId, why: "withdrawn", endedBy: actorName(ctx.actor), endedAt: ctx.now() })
      .onConflictDoNothing()
      .returning();
    await ctx.db.execute(layAnswers(which));
    if (fresh) await audit(ctx, "answer:withdraw", `lead:${leadId}`, { answerId, field });
    return { lead: await getLead(ctx, { leadId }) };
  });
}

function noSuchAnswer(answerId: string): AppError {
  return new AppError(
    "not_found",
    { ru: `Ответа ${answerId} нет, или он не ваш.`, en: `There is no answer ${answerId}, or it is not yours.` },
    { place: "answerId" },
  );
}
