import { desc, eq, sql } from "drizzle-orm";
import { modelAliases, models, trainings } from "#/db/schema/models.ts";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk, dayOfDate } from "../days.ts";
import { authorize } from "../permissions.ts";
import { nextMonthly } from "../training/monthly.ts";

/** The documents: a business cycle is a month, and so is the time between trainings; a week is left for the gate and a pilot. */
export const MODEL_AGE_DAYS_MAX = 38;

export interface ModelAge {
  /** The model that answers; null: none was ever promoted. */
  active: { modelId: number; asOf: string; ageDays: number; isOld: boolean; since: Date } | null;
  /** The latest training that is over or under way; null: there was none. */
  lastTraining: {
    trainingId: number;
    status: (typeof trainings.status.enumValues)[number];
    at: Date;
  } | null;
  /** The newest candidate that came after the active model; null: none waits. */
  candidate: { modelId: number; createdAt: Date } | null;
  nextMonthly: Date;
}

/** How far the active model's knowledge reaches, and what comes after it. */
export async function modelAge(ctx: Ctx): Promise<ModelAge> {
  authorize(ctx, "report:read");
  const today = dayOfDate(dateInNovosibirsk(ctx.now()));
  const [[active], [training], [candidate]] = await Promise.all([
    ctx.db
      .select({ modelId: models.id, asOf: models.asOf, since: modelAliases.changedAt })
      .from(modelAliases)
      .innerJoin(models, eq(models.id, modelAliases.modelId))
      .where(eq(modelAliases.name, "active")),
    ctx.db
      .select({
        trainingId: trainings.id,
        status: trainings.status,
        finishedAt: trainings.finishedAt,
        createdAt: trainings.createdAt,
      })
      .from(trainings)
      .orderBy(desc(trainings.id))
      .limit(1),
    ctx.db
      .select({ modelId: models.id, createdAt: models.createdAt })
      .from(models)
      .where(
        sql`${models.status} = 'candidate' and ${models.id} > coalesce((select model_id from model_aliases where name = 'active'), 0)`,
      )
      .orderBy(desc(models.id))
      .limit(1),
  ]);
  const ageDays = active ? today - dayOfDate(active.asOf) : 0;
  return {
    active: active ? { ...active, ageDays, isOld: ageDays > MODEL_AGE_DAYS_MAX } : null,
    lastTraining: training
      ? { trainingId: training.trainingId, status: training.status, at: training.finishedAt ?? training.createdAt }
      : null,
    candidate: candidate ?? null,
    nextMonthly: nextMonthly(ctx.now()),
  };
}
