import { experimentPlanInput, planExperiment } from "../../experiments/plan-experiment.ts";
import { startExperiment } from "../../experiments/start-experiment.ts";
import { stopExperiment, stopExperimentInput } from "../../experiments/stop-experiment.ts";
import { experimentResults } from "../../reports/experiment-result.ts";
import { ownerProcedure, router } from "../init.ts";

export const experimentsRouter = router({
  list: ownerProcedure.query(({ ctx }) => experimentResults(ctx)),
  plan: ownerProcedure.input(experimentPlanInput).query(({ ctx, input }) => planExperiment(ctx, input)),
  start: ownerProcedure.input(experimentPlanInput).mutation(({ ctx, input }) => startExperiment(ctx, input)),
  stop: ownerProcedure.input(stopExperimentInput).mutation(({ ctx, input }) => stopExperiment(ctx, input)),
});
