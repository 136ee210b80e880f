import { desc, eq, sql } from "drizzle-orm";
import type { Database } from "#/db/client.ts";
import { models, modelThresholds } from "#/db/schema/index.ts";
import type { RankingModel } from "#/ml/rank.ts";
import type { Threshold, ThresholdBasis } from "#/ml/training/choose-threshold.ts";

/** What reviewed leads gave a model after it was made, as a part of a query on `models`: its threshold or basis, or NULL. */
const latest = (column: "threshold" | "basis") =>
  sql`(select ${modelThresholds[column]} from ${modelThresholds} where ${modelThresholds.modelId} = ${models.id}
    order by ${modelThresholds.id} desc limit 1)`;

/** Columns of a query on `models`: the threshold that a model serves with now, and what it rests on. */
export const inForce = {
  threshold: sql<number>`coalesce(${latest("threshold")}, ${models.threshold})`.mapWith(models.threshold),
  thresholdBasis: sql<Record<string, unknown>>`coalesce(${latest("basis")}, ${models.thresholdBasis})`.mapWith(
    models.thresholdBasis,
  ),
};

/** The same of one model; undefined: there is no such model. */
export async function thresholdInForce(db: Database, modelId: number): Promise<Threshold | undefined> {
  const [row] = await db.select(inForce).from(models).where(eq(models.id, modelId));
  return row && { threshold: row.threshold, basis: row.thresholdBasis as unknown as ThresholdBasis };
}

/** The latest row of a model, and of which reviews it is; undefined: its own threshold stands. */
export async function latestThreshold(db: Database, modelId: number) {
  const [row] = await db
    .select()
    .from(modelThresholds)
    .where(eq(modelThresholds.modelId, modelId))
    .orderBy(desc(modelThresholds.id))
    .limit(1);
  return row;
}

/** One view a model and threshold, so that what is remembered by model is remembered from request to request. */
const views = new WeakMap<RankingModel, Map<number, RankingModel>>();

/** The model as it serves: with the threshold that is in force. */
export function atThreshold(model: RankingModel, { threshold, basis }: Threshold): RankingModel {
  if (threshold === model.threshold && basis.source === model.thresholdBasis.source) return model;
  const known = views.get(model) ?? new Map<number, RankingModel>();
  views.set(model, known);
  const view = known.get(threshold) ?? model.withThreshold(threshold, basis);
  known.set(threshold, view);
  return view;
}
