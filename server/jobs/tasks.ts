import { checkChain } from "../audit-log/check-chain.ts";
import type { Ctx } from "../context.ts";
import { loadDemo } from "../demo/load-demo.ts";
import { AppError } from "../errors.ts";
import { runImport } from "../imports/run-import.ts";
import { forgetRuns } from "../matching/forget-runs.ts";
import { takeFreeSnapshot } from "../premises/take-free-snapshot.ts";
import { watchQuality } from "../quality/watch-quality.ts";
import { measureFilling } from "../reports/data/measure-filling.ts";
import { requestTraining } from "../training/request-training.ts";
import { trainModel } from "../training/train-model.ts";
import { HandedBack } from "./handed-back.ts";
import type { JobName, Payload } from "./payloads.ts";

/** A job is a name, a payload and a verb; the signal says that the worker must go. Running one again does no harm: a worker may die at any moment of it. */
export const tasks: { [N in JobName]: (ctx: Ctx, payload: Payload<N>, signal: AbortSignal) => Promise<unknown> } = {
  "take-free-snapshot": (ctx) => takeFreeSnapshot(ctx),
  "check-audit-log": (ctx) => checkChain({ ...ctx, actor: { kind: "system", name: "schedule" } }),
  "forget-runs": (ctx) => forgetRuns({ ...ctx, actor: { kind: "system", name: "schedule" } }),
  "watch-quality": (ctx) => watchQuality({ ...ctx, actor: { kind: "system", name: "schedule" } }),
  "measure-filling": (ctx, payload) => measureFilling(ctx, payload),
  "request-training": (ctx) => settled(ctx, requestTraining({ ...ctx, actor: { kind: "system", name: "schedule" } })),
  "train-model": (ctx, payload, signal) => settled(ctx, trainModel(ctx, payload, { signal })),
  "run-import": (ctx, payload, signal) => settled(ctx, runImport(ctx, payload, { signal })),
  "load-demo": (ctx, _, signal) =>
    settled(ctx, loadDemo({ ...ctx, actor: { kind: "system", name: "demo" } }, { signal })),
};

/**
 * A refusal that another try would only repeat ends the job: a training or an import that is under way, over, cancelled or
 * broken, or too little to learn from. The verb wrote it down where people look. So does what went back into the queue.
 */
async function settled(ctx: Ctx, deed: Promise<unknown>): Promise<unknown> {
  try {
    return await deed;
  } catch (error) {
    if (error instanceof HandedBack) return null;
    if (!(error instanceof AppError)) throw error;
    ctx.log.warn({ refusal: error.message }, "a job was refused and is not tried again");
    return null;
  }
}
