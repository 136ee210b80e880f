import type { Ctx } from "../context.ts";
import { AppError } from "../errors.ts";
import { takeFreeSnapshot } from "../premises/take-free-snapshot.ts";
import { requestTraining } from "../training/request-training.ts";
import { trainModel } from "../training/train-model.ts";
import type { JobName, Payload } from "./payloads.ts";

/** A job is a name, a payload and a verb. Running one again does no harm: a worker may die at any moment of it. */
export const tasks: { [N in JobName]: (ctx: Ctx, payload: Payload<N>) => Promise<unknown> } = {
  "take-free-snapshot": (ctx) => takeFreeSnapshot(ctx),
  "request-training": (ctx) => settled(ctx, requestTraining(ctx)),
  "train-model": (ctx, payload) => settled(ctx, trainModel(ctx, payload)),
};

/**
 * A refusal that another try would only repeat ends the job: a training that is under way or over, or too little to learn
 * from. The verb wrote it down where people look.
 */
async function settled(ctx: Ctx, deed: Promise<unknown>): Promise<unknown> {
  try {
    return await deed;
  } catch (error) {
    const isFinal = error instanceof AppError && (error.code === "conflict" || error.code === "invalid");
    if (!isFinal) throw error;
    ctx.log.warn({ refusal: error.message }, "a job was refused and is not tried again");
    return null;
  }
}
