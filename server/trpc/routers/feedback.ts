import { z } from "zod";
import { listAllMarks, listAllMarksInput } from "../../feedback/list-all-marks.ts";
import { listMarks } from "../../feedback/list-marks.ts";
import { listOwnMarks, listOwnMarksInput } from "../../feedback/list-own-marks.ts";
import { markMany, markManyInput } from "../../feedback/mark-many.ts";
import { markMistake, markMistakeInput } from "../../feedback/mark-mistake.ts";
import { repeatMarks, repeatMarksInput } from "../../feedback/repeat-marks.ts";
import { reportOutliers, reportOutliersInput } from "../../feedback/report-outliers.ts";
import { resetTaste } from "../../feedback/reset-taste.ts";
import { withdrawMany, withdrawManyInput } from "../../feedback/withdraw-many.ts";
import { withdrawMark, withdrawMarkInput } from "../../feedback/withdraw-mark.ts";
import { getLeadInput } from "../../leads/get-lead.ts";
import { managerProcedure, ownerProcedure, router } from "../init.ts";

const markInput = markMistakeInput.extend({ idempotencyKey: z.uuid() });

export const feedbackRouter = router({
  list: managerProcedure.input(getLeadInput).query(({ ctx, input }) => listMarks(ctx, input)),
  mark: managerProcedure.input(markInput).mutation(async ({ ctx, input }) => (await markMistake(ctx, input)).mark),
  own: managerProcedure.input(listOwnMarksInput).query(({ ctx, input }) => listOwnMarks(ctx, input)),
  all: ownerProcedure.input(listAllMarksInput).query(({ ctx, input }) => listAllMarks(ctx, input)),
  outliers: ownerProcedure.input(reportOutliersInput).query(({ ctx, input }) => reportOutliers(ctx, input)),
  reset: managerProcedure.mutation(({ ctx }) => resetTaste(ctx)),
  repeat: managerProcedure.input(repeatMarksInput).mutation(({ ctx, input }) => repeatMarks(ctx, input)),
  markMany: managerProcedure.input(markManyInput).mutation(({ ctx, input }) => markMany(ctx, input)),
  withdraw: managerProcedure.input(withdrawMarkInput).mutation(({ ctx, input }) => withdrawMark(ctx, input)),
  withdrawMany: managerProcedure.input(withdrawManyInput).mutation(({ ctx, input }) => withdrawMany(ctx, input)),
});
