import { and, desc, eq, inArray, lt, or, sql } from "drizzle-orm";
import { z } from "zod";
import { trainings } from "#/db/schema/index.ts";
import { audit } from "../audit.ts";
import { actorName, type Ctx, inTransaction } from "../context.ts";
import { dateInNovosibirsk, pastDate } from "../days.ts";
import { AppError } from "../errors.ts";
import { enqueue } from "../jobs/queue.ts";
import { authorize } from "../permissions.ts";

export const requestTrainingInput = z.strictObject({
  /** Learn from nothing dated later; by default from everything. */
  asOf: pastDate.optional(),
  /** `queue`: a worker trains. `here`: the caller does, by `trainModel`. */
  by: z.enum(["queue", "here"]).default("queue"),
  /** So many trials look for better parameters first: minutes each. */
  searchTrials: z.number().int().min(0).max(100).default(0),
});

/** A running training that has given no sign of life for this long is dead. */
const DEAD_AFTER_SECONDS = 60;
/** One that waits for a worker this long will not get one: another may take its place. */
const FORGOTTEN_AFTER_SECONDS = 600;

/**
 * Asks for a training. At most one waits or runs, whoever asked: a second request is refused with `conflict` and the
 * number of the first, unless that one died, which is then written down as failed.
 */
export async function requestTraining(
  ctx: Ctx,
  { asOf, by, searchTrials = 0 }: z.input<typeof requestTrainingInput> = {},
): Promise<{ trainingId: number }> {
  authorize(ctx, "model:train");
  refuseFuture(ctx, asOf);
  return inTransaction(ctx, async (ctx) => {
    await buryTheDead(ctx);
    const [row] = await ctx.db
      .insert(trainings)
      .values({ status: "queued", requestedBy: actorName(ctx.actor), asOf: asOf ?? null, searchTrials })
      .onConflictDoNothing()
      .returning({ trainingId: trainings.id });
    if (!row) throw await alreadyUnderWay(ctx);
    await audit(ctx, "model:train", `training:${row.trainingId}`, { asOf: asOf ?? null, searchTrials });
    if (by !== "here") await enqueue(ctx, "train-model", row);
    return row;
  });
}

/** Nobody learns from days that have not come. */
export function refuseFuture(ctx: Ctx, asOf: string | undefined): void {
  if (asOf === undefined || asOf <= dateInNovosibirsk(ctx.now())) return;
  throw new AppError(
    "invalid",
    { ru: `${asOf} ещё не наступило.`, en: `${asOf} has not come yet.` },
    { place: "asOf" },
  );
}

/** Life and death go by the database's clock, which all processes share. */
async function buryTheDead(ctx: Ctx): Promise<void> {
  const silentFor = (seconds: number) =>
    lt(sql`coalesce(${trainings.heartbeatAt}, ${trainings.createdAt})`, sql`now() - make_interval(secs => ${seconds})`);
  await ctx.db
    .update(trainings)
    .set({ status: "failed", failure: "The process that trained it died.", finishedAt: sql`now()` })
    .where(
      or(
        and(eq(trainings.status, "running"), silentFor(DEAD_AFTER_SECONDS)),
        and(eq(trainings.status, "queued"), silentFor(FORGOTTEN_AFTER_SECONDS)),
      ),
    );
}

async function alreadyUnderWay(ctx: Ctx): Promise<AppError> {
  const [other] = await ctx.db
    .select({ trainingId: trainings.id, percent: trainings.percent })
    .from(trainings)
    .where(inArray(trainings.status, ["queued", "running"]))
    .orderBy(desc(trainings.id))
    .limit(1);
  const which = other ? ` ${other.trainingId} (${Math.round(other.percent)} %)` : "";
  return new AppError("conflict", {
    ru: `Обучение${which} уже идёт: дождитесь его.`,
    en: `Training${which} is under way already: wait for it.`,
  });
}
