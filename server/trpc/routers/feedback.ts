import { z } from "zod";
import { listMarks } from "../../feedback/list-marks.ts";
import { markMistake, markMistakeInput } from "../../feedback/mark-mistake.ts";
import { withdrawMark, withdrawMarkInput } from "../../feedback/withdraw-mark.ts";
import { getLeadInput } from "../../leads/get-lead.ts";
import { managerProcedure, router } from "../init.ts";

const markInput = markMistakeInput.extend({ idempotencyKey: z.uuid() });

export const feedbackRouter = router({
  list: managerProcedure.input(getLeadInput).query(({ ctx, input }) => listMarks(ctx, input)),
  mark: managerProcedure.input(markInput).mutation(async ({ ctx, input }) => (await markMistake(ctx, input)).mark),
  withdraw: managerProcedure.input(withdrawMarkInput).mutation(({ ctx, input }) => withdrawMark(ctx, input)),
});
