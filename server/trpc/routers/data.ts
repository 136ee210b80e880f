import { countChecks } from "../../reports/data/count-checks.ts";
import { fillRate, fillRateInput } from "../../reports/data/fill-rate.ts";
import { importFaults } from "../../reports/data/import-faults.ts";
import { listFound, listFoundInput } from "../../reports/data/list-found.ts";
import { listUnfilled, listUnfilledInput } from "../../reports/data/list-unfilled.ts";
import { premisesFill } from "../../reports/data/premises-fill.ts";
import { requestFilling } from "../../reports/data/request-filling.ts";
import { showFilling } from "../../reports/data/show-filling.ts";
import { ownerProcedure, router } from "../init.ts";

export const dataRouter = router({
  fill: ownerProcedure.input(fillRateInput).query(({ ctx, input }) => fillRate(ctx, input)),
  premisesFill: ownerProcedure.query(({ ctx }) => premisesFill(ctx)),
  unfilled: ownerProcedure.input(listUnfilledInput).query(({ ctx, input }) => listUnfilled(ctx, input)),
  filling: ownerProcedure.query(({ ctx }) => showFilling(ctx)),
  measureFilling: ownerProcedure.mutation(({ ctx }) => requestFilling(ctx)),
  checks: ownerProcedure.query(({ ctx }) => countChecks(ctx)),
  imports: ownerProcedure.query(({ ctx }) => importFaults(ctx)),
  found: ownerProcedure.input(listFoundInput).query(({ ctx, input }) => listFound(ctx, input)),
});
