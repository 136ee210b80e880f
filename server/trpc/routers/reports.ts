import { beforeAfterPromotion } from "../../reports/before-after-promotion.ts";
import { calibration } from "../../reports/calibration.ts";
import { conversionByMonth } from "../../reports/conversion-by-month.ts";
import { dealsMarkedNegative } from "../../reports/deals-marked-negative.ts";
import { funnelByStage } from "../../reports/funnel-by-stage.ts";
import { inputDrift } from "../../reports/input-drift.ts";
import { managerFigures } from "../../reports/manager-figures.ts";
import { managerReport, managerReportInput } from "../../reports/manager-report.ts";
import { marksByWeek } from "../../reports/marks-by-week.ts";
import { outcomesByWeek } from "../../reports/outcomes-by-week.ts";
import { overview } from "../../reports/overview.ts";
import { removedByWeek } from "../../reports/removed-by-week.ts";
import { reportScopeInput } from "../../reports/report-scope.ts";
import { reviewsByWeek } from "../../reports/reviews-by-week.ts";
import { worstMistakes } from "../../reports/worst-mistakes.ts";
import { ownerProcedure, router } from "../init.ts";

const ownerReport = ownerProcedure.input(reportScopeInput);

export const reportsRouter = router({
  overview: ownerReport.query(({ ctx, input }) => overview(ctx, input)),
  marksByWeek: ownerReport.query(({ ctx, input }) => marksByWeek(ctx, input)),
  reviewsByWeek: ownerReport.query(({ ctx, input }) => reviewsByWeek(ctx, input)),
  outcomesByWeek: ownerReport.query(({ ctx, input }) => outcomesByWeek(ctx, input)),
  dealsMarkedNegative: ownerReport.query(({ ctx, input }) => dealsMarkedNegative(ctx, input)),
  removedByWeek: ownerReport.query(({ ctx, input }) => removedByWeek(ctx, input)),
  calibration: ownerReport.query(({ ctx, input }) => calibration(ctx, input)),
  worstMistakes: ownerReport.query(({ ctx, input }) => worstMistakes(ctx, input)),
  inputDrift: ownerProcedure.query(({ ctx }) => inputDrift(ctx)),
  conversionByMonth: ownerReport.query(({ ctx, input }) => conversionByMonth(ctx, input)),
  funnelByStage: ownerReport.query(({ ctx, input }) => funnelByStage(ctx, input)),
  beforeAfterPromotion: ownerReport.query(({ ctx, input }) => beforeAfterPromotion(ctx, input)),
  managers: ownerReport.query(({ ctx, input }) => managerFigures(ctx, input)),
  manager: ownerProcedure.input(managerReportInput).query(({ ctx, input }) => managerReport(ctx, input)),
});
