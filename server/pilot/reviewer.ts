import { and, eq, or, type SQL, sql } from "drizzle-orm";
import { marks, pilotLeads } from "#/db/schema/index.ts";
import { actorName, type Ctx } from "../context.ts";
import { AppError } from "../errors.ts";

/**
 * Of a pilot's leads those that the actor may not review: he has marked them, whether the mark stands or not, or they are his own.
 * A person's own opinion must not be the measure of a model that learned from it.
 */
export function closedToAsker(ctx: Ctx): SQL<boolean> {
  const managerId = ctx.actor.kind === "user" ? ctx.actor.managerId : null;
  const own = or(
    eq(marks.createdBy, actorName(ctx.actor)),
    managerId === null ? undefined : eq(marks.managerId, managerId),
  );
  const marked = ctx.db
    .select({ one: sql`1` })
    .from(marks)
    .where(and(eq(marks.leadId, pilotLeads.leadId), own));
  const his = managerId === null ? sql`false` : sql`${pilotLeads.managerId} is not distinct from ${managerId}`;
  return sql<boolean>`(${his} or exists ${marked})`;
}

/** Refuses with `forbidden` whoever marked the lead, and with `conflict` a lead that another person is reviewing. */
export function assertMayReview(ctx: Ctx, lead: { ownMarks: boolean; reviewer: string | null }): void {
  if (lead.ownMarks)
    throw new AppError("forbidden", {
      ru: "На этом лиде есть ваши отметки, поэтому проверять его должен другой человек.",
      en: "You have marked this lead, so somebody else must review it.",
    });
  if (lead.reviewer !== null && lead.reviewer !== actorName(ctx.actor))
    throw new AppError("conflict", {
      ru: "Этот лид уже проверяет другой человек. Возьмите следующий.",
      en: "Somebody else is reviewing this lead already. Take the next one.",
    });
}
