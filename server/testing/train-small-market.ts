import { makeMarket, type SyntheticMarket } from "#/ml/testing/synthetic-market.ts";
import type { Ctx } from "../context.ts";
import { requestTraining } from "../training/request-training.ts";
import { type TrainingResult, trainModel } from "../training/train-model.ts";
import { insertMarket } from "./insert-market.ts";

/** A market large enough to learn from and small enough for a test. */
export function smallMarket(seed = 5): SyntheticMarket {
  return makeMarket({ seed, leads: 4000, premises: 80, managers: 8, years: 4 });
}

/** Fills an empty database with a market and trains on it, here and now. The model is a candidate: nothing is promoted. */
export async function trainOn(ctx: Ctx, market: SyntheticMarket): Promise<TrainingResult> {
  await insertMarket(ctx.db, market.history());
  return trainModel(ctx, await requestTraining(ctx, { by: "here" }));
}
