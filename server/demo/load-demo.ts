import type { MarketOptions } from "#/ml/testing/synthetic-market.ts";
import type { Ctx } from "../context.ts";
import { HandedBack } from "../jobs/handed-back.ts";
import { enqueue } from "../jobs/queue.ts";
import { authorize } from "../permissions.ts";
import { bringModel } from "./bring-model.ts";
import { hasRecords, isDemo, markAsDemo } from "./claim-database.ts";
import { fillMarket, isFilled, type Watcher } from "./fill-market.ts";
import { holdsRecords } from "./request-demo.ts";

/**
 * Fills an empty database as `npm run demo` does: a made-up market, exported and imported as files, and a model trained on it
 * and put to use. What was done by an attempt before is not done again. It becomes a demo's database only when the market is
 * in: one whose loading was cancelled is as free for real records as before. Refuses with `conflict` where others' records are.
 */
export async function loadDemo(
  ctx: Ctx,
  { signal, market = {} }: { signal: AbortSignal; market?: MarketOptions },
): Promise<void> {
  authorize(ctx, "demo:load");
  if (!(await isDemo(ctx)) && (await hasRecords(ctx)) && !(await isFilled(ctx, "system:demo"))) throw holdsRecords();
  const log: Watcher = {
    progress: ({ en }) => ctx.log.debug(en),
    note: ({ en }) => ctx.log.info(en),
  };
  // Import and training are begun anew by the next worker, as a part of this job: they must not wait in the queue as well.
  const stop = new AbortController();
  const leave = () => stop.abort(new Error("The worker is being stopped."));
  signal.addEventListener("abort", leave, { once: true });
  if (signal.aborted) leave();
  try {
    await fillMarket(ctx, market, log, stop.signal);
    await markAsDemo(ctx);
    await bringModel(ctx, log, stop.signal);
  } catch (error) {
    if (!(signal.reason instanceof HandedBack)) throw error;
    await enqueue(ctx, "load-demo", {});
    throw signal.reason;
  }
}
