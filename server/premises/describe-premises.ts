import type { z } from "zod";
import type { Ctx } from "../context.ts";
import { authorize } from "../permissions.ts";
import { listNeighbours, type Neighbour } from "./list-neighbours.ts";
import { listSimilarLeases, type SimilarLease } from "./list-similar-leases.ts";
import { premisesOnDay, type premisesOnDayInput } from "./premises-on-day.ts";
import { type PremisesEvent, tellHistory } from "./tell-history.ts";

export interface PremisesDescription {
  neighbours: Neighbour[];
  similarLeases: SimilarLease[];
  history: PremisesEvent[];
}

/** What stands around and behind a premises as of a day, whoever the lead is; nothing that came later. */
export async function describePremises(
  ctx: Ctx,
  input: z.infer<typeof premisesOnDayInput>,
): Promise<PremisesDescription> {
  authorize(ctx, "premises:read");
  const asked = await premisesOnDay(ctx, input);
  return {
    neighbours: await listNeighbours(ctx, asked),
    similarLeases: await listSimilarLeases(ctx, asked),
    history: await tellHistory(ctx, asked),
  };
}
