import { showJobs } from "../../health/show-jobs.ts";
import { showSystem } from "../../health/show-system.ts";
import { ownerProcedure, router } from "../init.ts";

export const healthRouter = router({
  jobs: ownerProcedure.query(({ ctx }) => showJobs(ctx)),
  system: ownerProcedure.query(({ ctx }) => showSystem(ctx)),
});
