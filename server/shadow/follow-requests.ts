import { setTimeout as wait } from "node:timers/promises";
import type { Ctx } from "../context.ts";
import { scoreWaiting } from "./score-waiting.ts";

/** So soon a request is scored after its answer, where nothing else waits. */
const LOOK_MS = 1000;
/** After each run the candidate rests as long as it worked, at most so long: half a core is left to whoever waits for an answer. */
const REST_MAX_MS = 2000;

/**
 * Keeps the shadow up with the requests until the signal. A failure costs a second and a line in the log, and never anybody
 * else's work.
 */
export async function followRequests(ctx: Ctx, signal: AbortSignal): Promise<void> {
  const rest = (ms: number) => wait(ms, undefined, { signal }).catch(() => undefined);
  while (!signal.aborted) {
    try {
      const round = await scoreWaiting(ctx, {
        signal,
        pause: (tookMs) => rest(Math.min(tookMs, REST_MAX_MS)),
      });
      if (round && Object.values(round).some((n) => n > 0)) continue;
    } catch (error) {
      ctx.log.warn({ err: error }, "the shadow could not follow the requests");
    }
    await rest(LOOK_MS);
  }
}
