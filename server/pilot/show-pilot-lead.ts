import { and, asc, eq } from "drizzle-orm";
import { z } from "zod";
import { type pilotAnswer, pilotCases, pilotLeads } from "#/db/schema/index.ts";
import { actorName, type Ctx } from "../context.ts";
import { AppError } from "../errors.ts";
import type { LeadCard } from "../leads/get-lead.ts";
import type { ToldCandidate } from "../matching/candidates-on.ts";
import { authorize } from "../permissions.ts";
import { findPilot } from "./find-pilot.ts";
import { closedToAsker } from "./reviewer.ts";

export const showPilotLeadInput = z.strictObject({ pilotId: z.uuid(), place: z.number().int().min(1).max(100) });

export type PilotAnswer = (typeof pilotAnswer.enumValues)[number];

/** A premises to be judged. What the model said of it is told only when the pilot has ended. */
export interface PilotCase extends ToldCandidate {
  /** Wishes that it plainly breaks: by the hand rules. */
  broken: string[];
  closeness: number;
  answer: PilotAnswer | null;
  /** null while the pilot is open. */
  model: { kept: boolean; suitability: number } | null;
}

export interface PilotLead {
  pilotId: string;
  place: number;
  status: "open" | "decided" | "abandoned";
  asOf: string;
  lead: LeadCard;
  /** Why the asker may not answer; null: he may. */
  closedBy: "ended" | "ownMarks" | "another" | null;
  /** In a shuffled order. */
  cases: PilotCase[];
}

/** One drawn lead: its card as it was on its day, and the premises to judge. */
export async function showPilotLead(
  ctx: Ctx,
  { pilotId, place }: z.infer<typeof showPilotLeadInput>,
): Promise<PilotLead> {
  authorize(ctx, "pilot:read");
  const { status, threshold } = await findPilot(ctx, pilotId);
  const [lead] = await ctx.db
    .select({
      asOf: pilotLeads.asOf,
      card: pilotLeads.card,
      reviewer: pilotLeads.reviewer,
      ownMarks: closedToAsker(ctx),
    })
    .from(pilotLeads)
    .where(and(eq(pilotLeads.pilotId, pilotId), eq(pilotLeads.place, place)));
  if (!lead)
    throw new AppError(
      "not_found",
      { ru: `Лида ${place} в этой проверке нет.`, en: `There is no lead ${place} in this pilot.` },
      { place: "place" },
    );
  const cases = await ctx.db
    .select()
    .from(pilotCases)
    .where(and(eq(pilotCases.pilotId, pilotId), eq(pilotCases.place, place)))
    .orderBy(asc(pilotCases.position));
  const another = lead.reviewer !== null && lead.reviewer !== actorName(ctx.actor);
  return {
    ...{ pilotId, place, status, asOf: lead.asOf },
    lead: lead.card as LeadCard,
    closedBy: status !== "open" ? "ended" : lead.ownMarks ? "ownMarks" : another ? "another" : null,
    cases: cases.map(({ facts, broken, closeness, answer, suitability }) => ({
      ...(facts as ToldCandidate),
      ...{ broken, closeness, answer },
      model: status === "open" ? null : { kept: suitability >= threshold, suitability },
    })),
  };
}
