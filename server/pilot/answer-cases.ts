import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { pilotAnswer, pilotCases, pilotLeads } from "#/db/schema/index.ts";
import { audit } from "../audit.ts";
import { actorName, type Ctx, inTransaction } from "../context.ts";
import { AppError } from "../errors.ts";
import { crmId } from "../leads/get-lead.ts";
import { authorize } from "../permissions.ts";
import { assertOpen, findPilot } from "./find-pilot.ts";
import { assertMayReview, closedToAsker } from "./reviewer.ts";

export const answerCasesInput = z.strictObject({
  pilotId: z.uuid(),
  place: z.number().int().min(1).max(100),
  /** One, or a group at once; null takes the answer back. */
  answers: z
    .array(z.strictObject({ premisesId: crmId, answer: z.enum(pilotAnswer.enumValues).nullable() }))
    .min(1)
    .max(5000),
});

/**
 * Says of premises of a drawn lead whether they suit. Whoever answers first is the lead's reviewer. The same answers twice are the
 * same answers. Refuses with `not_found` a premises that is no case of the lead, with `conflict` a pilot that has ended.
 */
export async function answerCases(
  ctx: Ctx,
  { pilotId, place, answers }: z.infer<typeof answerCasesInput>,
): Promise<{ answered: number; total: number }> {
  authorize(ctx, "pilot:review");
  return inTransaction(ctx, async (ctx) => {
    assertOpen(await findPilot(ctx, pilotId));
    const here = and(eq(pilotLeads.pilotId, pilotId), eq(pilotLeads.place, place));
    const reviewer = actorName(ctx.actor);
    const claimed = await ctx.db
      .update(pilotLeads)
      .set({ reviewer })
      .where(and(here, isNull(pilotLeads.reviewer)))
      .returning({ place: pilotLeads.place });
    const [lead] = await ctx.db
      .select({ reviewer: pilotLeads.reviewer, ownMarks: closedToAsker(ctx) })
      .from(pilotLeads)
      .where(here);
    if (!lead) throw noSuchCase();
    assertMayReview(ctx, lead);
    if (claimed.length > 0) await audit(ctx, "pilot:review", `pilot:${pilotId}`, { place });
    const said = new Map(answers.map(({ premisesId, answer }) => [premisesId, answer]));
    const ids = [...said.keys()];
    const changed = await ctx.db.execute(sql`
      update pilot_cases c
      set answer = said.answer::pilot_answer,
        answered_at = case when said.answer is null then null else ${ctx.now().toISOString()}::timestamptz end
      from jsonb_to_recordset(${JSON.stringify(ids.map((premisesId) => ({ premisesId, answer: said.get(premisesId) })))}::jsonb)
        as said("premisesId" text, answer text)
      where c.pilot_id = ${pilotId} and c.place = ${place} and c.premises_id = said."premisesId"
      returning c.premises_id`);
    if (changed.length < ids.length) throw noSuchCase();
    const [progress] = await ctx.db
      .select({ answered: sql<number>`count(${pilotCases.answer})::int`, total: sql<number>`count(*)::int` })
      .from(pilotCases)
      .where(and(eq(pilotCases.pilotId, pilotId), eq(pilotCases.place, place)));
    return progress!;
  });
}

function noSuchCase(): AppError {
  return new AppError(
    "not_found",
    {
      ru: "Такого помещения в этой проверке нет. Обновите страницу.",
      en: "There is no such premises in this pilot. Reload the page.",
    },
    { place: "premisesId" },
  );
}
