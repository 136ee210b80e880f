import { cancelTraining, cancelTrainingInput } from "../../training/cancel-training.ts";
import { readTrainingLog, readTrainingLogInput } from "../../training/read-training-log.ts";
import { requestTraining, requestTrainingInput } from "../../training/request-training.ts";
import { showTrainings } from "../../training/show-trainings.ts";
import { adminProcedure, ownerProcedure, router } from "../init.ts";

// Whoever presses a button is not the process that trains.
const requestInput = requestTrainingInput.omit({ by: true });

export const trainingsRouter = router({
  show: ownerProcedure.query(({ ctx }) => showTrainings(ctx)),
  log: ownerProcedure.input(readTrainingLogInput).query(({ ctx, input }) => readTrainingLog(ctx, input)),
  request: adminProcedure.input(requestInput).mutation(({ ctx, input }) => requestTraining(ctx, input)),
  cancel: adminProcedure.input(cancelTrainingInput).mutation(({ ctx, input }) => cancelTraining(ctx, input)),
});
