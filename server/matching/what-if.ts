import { z } from "zod";
import type { Ctx } from "../context.ts";
import { crmId } from "../leads/get-lead.ts";
import { assertMayAnswer } from "../leads/give-answer.ts";
import { answerInput, readAnswer } from "../leads/read-answer.ts";
import { asWishes, type Wishes } from "../leads/wishes-on.ts";
import { authorize } from "../permissions.ts";
import { matchLead } from "./match-lead.ts";

export const whatIfInput = z.strictObject({ leadId: crmId, answer: answerInput });

export interface WhatIf {
  /** The answer as it was read. */
  wishes: Partial<Wishes>;
  /** Every premises that would be kept, the best first. */
  keptIds: string[];
}

/** What the board would keep if the lead answered so; nothing is written down. Refuses what `giveAnswer` would refuse. */
export async function whatIf(ctx: Ctx, { leadId, answer }: z.infer<typeof whatIfInput>): Promise<WhatIf> {
  authorize(ctx, "answer:give");
  await assertMayAnswer(ctx, leadId);
  const wishes = asWishes(readAnswer(answer));
  const { ranking } = await matchLead(ctx, { leadId, draft: wishes });
  const kept = ranking.premises.filter(({ verdict }) => verdict === "keep");
  return { wishes, keptIds: kept.map(({ premisesId }) => premisesId) };
}
