import { conversionByMonth } from "../../reports/conversion-by-month.ts";
import { reportScopeInput } from "../../reports/report-scope.ts";
import { ownerProcedure, router } from "../init.ts";

const ownerReport = ownerProcedure.input(reportScopeInput);

export const reportsRouter = router({
  conversionByMonth: ownerReport.query(({ ctx, input }) => conversionByMonth(ctx, input)),
});
