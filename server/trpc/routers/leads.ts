import { z } from "zod";
import { findLeads, findLeadsInput } from "../../leads/find-leads.ts";
import { getLead, getLeadInput } from "../../leads/get-lead.ts";
import { giveAnswer, giveAnswerInput } from "../../leads/give-answer.ts";
import { listChoices } from "../../leads/list-choices.ts";
import { withdrawAnswer, withdrawAnswerInput } from "../../leads/withdraw-answer.ts";
import { managerProcedure, router } from "../init.ts";

const answerInput = giveAnswerInput.extend({ idempotencyKey: z.uuid() });

export const leadsRouter = router({
  find: managerProcedure.input(findLeadsInput).query(({ ctx, input }) => findLeads(ctx, input)),
  get: managerProcedure.input(getLeadInput).query(({ ctx, input }) => getLead(ctx, input)),
  choices: managerProcedure.query(({ ctx }) => listChoices(ctx)),
  answer: managerProcedure.input(answerInput).mutation(({ ctx, input }) => giveAnswer(ctx, input)),
  withdrawAnswer: managerProcedure.input(withdrawAnswerInput).mutation(({ ctx, input }) => withdrawAnswer(ctx, input)),
});
