import type { Ctx } from "../context.ts";
import { checkDrift } from "./check-drift.ts";
import { judgeOutcomes } from "./judge-outcomes.ts";

/** What is looked at each night: outcomes that came in, and the inputs. */
export async function watchQuality(ctx: Ctx) {
  return { outcomes: await judgeOutcomes(ctx), drift: await checkDrift(ctx) };
}
