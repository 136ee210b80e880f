import { desc, inArray } from "drizzle-orm";
import { z } from "zod";
import { trainings } from "#/db/schema/index.ts";
import { audit } from "../audit.ts";
import { actorName, type Ctx, inTransaction } from "../context.ts";
import { dateInNovosibirsk, pastDate } from "../days.ts";
import { AppError } from "../errors.ts";
import { enqueue } from "../jobs/queue.ts";
import { authorize } from "../permissions.ts";
import { takeUpTrainings } from "./take-up-trainings.ts";
import { tellTraining } from "./tell-training.ts";

export const requestTrainingInput = z.strictObject({
  /** Learn from nothing dated later; by default from everything. */
  asOf: pastDate.optional(),
  /** `queue`: a worker trains. `here`: the caller does, by `trainModel`. */
  by: z.enum(["queue", "here"]).default("queue"),
  /** So many trials look for better parameters first: minutes each. */
  searchTrials: z.number().int().min(0).max(100).default(0),
});

/**
 * Asks for a training. At most one waits or runs, whoever asked: a second request is refused with `conflict` and the
 * number of the first (`place` is `training:7`), unless that one died, which is then written down as failed.
 */
export async function requestTraining(
  ctx: Ctx,
  { asOf, by = "queue", searchTrials = 0 }: z.input<typeof requestTrainingInput> = {},
): Promise<{ trainingId: number }> {
  authorize(ctx, "model:train");
  refuseFuture(ctx, asOf);
  return inTransaction(ctx, async (ctx) => {
    await takeUpTrainings(ctx);
    const [row] = await ctx.db
      .insert(trainings)
      .values({ status: "queued", requestedBy: actorName(ctx.actor), by, asOf: asOf ?? null, searchTrials })
      .onConflictDoNothing()
      .returning({ trainingId: trainings.id });
    if (!row) throw await alreadyUnderWay(ctx);
    await tellTraining(ctx, row.trainingId, {
      ru: by === "queue" ? "Запрошено; ждёт обработчика." : "Запрошено; обучает тот, кто запросил.",
      en: by === "queue" ? "Requested; waits for the worker." : "Requested; whoever asked trains it.",
    });
    await audit(ctx, "model:train", `training:${row.trainingId}`, { asOf: asOf ?? null, searchTrials });
    if (by === "queue") await enqueue(ctx, "train-model", row);
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

async function alreadyUnderWay(ctx: Ctx): Promise<AppError> {
  const [other] = await ctx.db
    .select({ trainingId: trainings.id, percent: trainings.percent })
    .from(trainings)
    .where(inArray(trainings.status, ["queued", "running"]))
    .orderBy(desc(trainings.id))
    .limit(1);
  const which = other ? ` ${other.trainingId} (${Math.round(other.percent)} %)` : "";
  return new AppError(
    "conflict",
    {
      ru: `Обучение${which} уже идёт: за ним можно следить на странице «Обучение» (/admin/trainings).`,
      en: `Training${which} is under way already: it can be watched on the page of trainings (/admin/trainings).`,
    },
    other ? { place: `training:${other.trainingId}` } : {},
  );
}
