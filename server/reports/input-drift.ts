import type { driftChecks } from "#/db/schema/quality.ts";
import type { Ctx } from "../context.ts";
import { authorize } from "../permissions.ts";
import { EMPTY_GROWTH_MAX, latestDrift } from "../quality/check-drift.ts";

export interface InputDrift {
  /** null: nobody has looked yet. */
  latest: typeof driftChecks.$inferSelect | null;
  emptyGrowthMax: number;
}

/** How leads of late differ from those that the active model learned from, as the nightly look found it. Of all leads, whatever is asked for. */
export async function inputDrift(ctx: Ctx): Promise<InputDrift> {
  authorize(ctx, "report:read");
  return { latest: await latestDrift(ctx), emptyGrowthMax: EMPTY_GROWTH_MAX };
}
