import { desc, eq, getTableColumns, inArray, sql } from "drizzle-orm";
import { models, trainings } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import { estimateRemaining, type TimedWork } from "../jobs/estimate-remaining.ts";
import { isServed } from "../jobs/is-served.ts";
import { authorize, may } from "../permissions.ts";
import { nextMonthly } from "./monthly.ts";
import { wordStage } from "./word-stage.ts";

export interface TrainingRow {
  trainingId: number;
  status: (typeof trainings.status.enumValues)[number];
  /** `user:7`, `system:schedule`; `requestedByName` where it is a person. */
  requestedBy: string;
  requestedByName: string | null;
  by: (typeof trainings.by.enumValues)[number];
  asOf: string | null;
  searchTrials: number;
  attempts: number;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  /** From its beginning to its end; null: it was never begun, or is not over. */
  seconds: number | null;
  /** In the asker's language; null: it did not fail. */
  failure: string | null;
  /** The candidate that came of it. */
  modelId: number | null;
}

export interface TrainingUnderWay extends TrainingRow {
  /** What it does just now, in the asker's language; null: it waits. */
  stage: string | null;
  percent: number;
  elapsedSeconds: number;
  /** null: there is nothing to go by yet. */
  remainingSeconds: number | null;
}

export interface TrainingsView {
  underWay: TrainingUnderWay | null;
  /** Those that are over, newest first. */
  past: TrainingRow[];
  workerRuns: boolean;
  nextMonthly: Date;
  mayTrain: boolean;
}

const PAST_MAX = 50;

/** The training under way, those before it, and who would do the next one. */
export async function showTrainings(ctx: Ctx): Promise<TrainingsView> {
  authorize(ctx, "model:read");
  const [running, past, alive] = await Promise.all([
    rows(ctx, ["queued", "running"], 1),
    rows(ctx, ["done", "failed", "cancelled"], PAST_MAX),
    isServed(ctx),
  ]);
  const [current] = running;
  return {
    underWay: current ? await underWay(ctx, current) : null,
    past: past.map((one) => view(ctx, one)),
    workerRuns: alive,
    nextMonthly: nextMonthly(ctx.now()),
    mayTrain: may(ctx.actor, "model:train"),
  };
}

type Row = Awaited<ReturnType<typeof rows>>[number];

function rows(ctx: Ctx, statuses: TrainingRow["status"][], limit: number) {
  return ctx.db
    .select({
      ...getTableColumns(trainings),
      modelId: models.id,
      requestedByName: sql<
        string | null
      >`(select name from users where 'user:' || users.id = ${trainings.requestedBy})`,
      elapsedSeconds: sql<number>`coalesce(extract(epoch from now() - ${trainings.startedAt}), 0)::float8`,
    })
    .from(trainings)
    .leftJoin(models, eq(models.trainingId, trainings.id))
    .where(inArray(trainings.status, statuses))
    .orderBy(desc(trainings.id))
    .limit(limit);
}

function view(ctx: Ctx, row: Row): TrainingRow {
  const { startedAt, finishedAt } = row;
  return {
    trainingId: row.id,
    status: row.status,
    requestedBy: row.requestedBy,
    requestedByName: row.requestedByName,
    by: row.by,
    asOf: row.asOf,
    searchTrials: row.searchTrials,
    attempts: row.attempts,
    createdAt: row.createdAt,
    startedAt,
    finishedAt,
    seconds: startedAt && finishedAt ? (finishedAt.getTime() - startedAt.getTime()) / 1000 : null,
    failure: row.status === "failed" ? (row.failureWords?.[ctx.locale] ?? row.failure) : null,
    modelId: row.modelId,
  };
}

async function underWay(ctx: Ctx, row: Row): Promise<TrainingUnderWay> {
  const running = row.status === "running";
  const at = { percent: row.percent, elapsedSeconds: running ? row.elapsedSeconds : 0 };
  return {
    ...view(ctx, row),
    stage: running ? wordStage(row.stage ?? "facts")[ctx.locale] : null,
    ...at,
    remainingSeconds: running ? estimateRemaining(at, await latestLike(ctx, row)) : null,
  };
}

/** The latest that came to its end and searched as long: what another one took says little. */
async function latestLike(ctx: Ctx, row: Row): Promise<TimedWork | null> {
  const [like] = await ctx.db
    .select({
      laps: trainings.laps,
      seconds: sql<number>`extract(epoch from ${trainings.finishedAt} - ${trainings.startedAt})::float8`,
    })
    .from(trainings)
    .where(
      sql`${trainings.status} = 'done' and ${trainings.searchTrials} = ${row.searchTrials} and ${trainings.by} = ${row.by}
        and jsonb_array_length(${trainings.laps}) > 0`,
    )
    .orderBy(desc(trainings.id))
    .limit(1);
  return like ?? null;
}
