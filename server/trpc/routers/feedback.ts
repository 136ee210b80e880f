import { listAllMarks, listAllMarksInput } from "../../feedback/list-all-marks.ts";
import { listMarks } from "../../feedback/list-marks.ts";
import { listOwnMarks, listOwnMarksInput } from "../../feedback/list-own-marks.ts";
import { markMany, markManyInput } from "../../feedback/mark-many.ts";
import { repeatMarks, repeatMarksInput } from "../../feedback/repeat-marks.ts";
import { reportOutliers, reportOutliersInput } from "../../feedback/report-outliers.ts";
import { resetTaste } from "../../feedback/reset-taste.ts";
import { withdrawMany, withdrawManyInput } from "../../feedback/withdraw-many.ts";
import { getLeadInput } from "../../leads/get-lead.ts";
import { managerProcedure, ownerProcedure, router } from "../init.ts";

export const feedbackRouter = router({
  list: managerProcedure.input(getLeadInput).query(({ ctx, input }) => listMarks(ctx, input)),
  own: managerProcedure.input(listOwnMarksInput).query(({ ctx, input }) => listOwnMarks(ctx, input)),
  all: ownerProcedure.input(listAllMarksInput).query(({ ctx, input }) => listAllMarks(ctx, input)),
  outliers: ownerProcedure.input(reportOutliersInput).query(({ ctx, input }) => reportOutliers(ctx, input)),
  reset: managerProcedure.mutation(({ ctx }) => resetTaste(ctx)),
  repeat: managerProcedure.input(repeatMarksInput).mutation(({ ctx, input }) => repeatMarks(ctx, input)),
  markMany: managerProcedure.input(markManyInput).mutation(({ ctx, input }) => markMany(ctx, input)),
  withdrawMany: managerProcedure.input(withdrawManyInput).mutation(({ ctx, input }) => withdrawMany(ctx, input)),
});
