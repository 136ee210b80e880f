import { randomInt } from "node:crypto";
import { experiments } from "#/db/schema/index.ts";
import { audit } from "../audit.ts";
import { actorName, type Ctx, inTransaction } from "../context.ts";
import { dateInNovosibirsk } from "../days.ts";
import { AppError } from "../errors.ts";
import { activeModel } from "../models/active-model.ts";
import { authorize } from "../permissions.ts";
import { drawLeads } from "./draw-leads.ts";
import { type ExperimentPlan, leadsPerArm, OUTCOME_DAYS } from "./plan-experiment.ts";

/**
 * Starts a comparison with and without the model by a plan that nobody changes afterwards; leads that come from today on are
 * drawn. One at a time, and not without an active model: else both arms would see the same.
 */
export async function startExperiment(ctx: Ctx, plan: ExperimentPlan): Promise<{ experimentId: number }> {
  authorize(ctx, "experiment:run");
  const active = await activeModel(ctx);
  if (!active)
    throw new AppError("conflict", {
      ru: "Действующей модели нет, сравнивать не с чем. Сначала включите модель.",
      en: "No model is active, there is nothing to compare. Promote a model first.",
    });
  return inTransaction(ctx, async (ctx) => {
    const seed = randomInt(2 ** 31 - 1);
    const perArm = leadsPerArm(plan);
    const [row] = await ctx.db
      .insert(experiments)
      .values({
        ...plan,
        ...{ seed, leadsPerArm: perArm, outcomeDays: OUTCOME_DAYS },
        alpha: Number(plan.alpha),
        power: Number(plan.power),
        startedOn: dateInNovosibirsk(ctx.now()),
        startedAt: ctx.now(),
        startedBy: actorName(ctx.actor),
      })
      .onConflictDoNothing()
      .returning({ experimentId: experiments.id });
    if (!row)
      throw new AppError("conflict", {
        ru: "Одно сравнение уже идёт. Дождитесь его конца или остановите его.",
        en: "A comparison is running already. Let it end, or stop it.",
      });
    await audit(ctx, "experiment:run", `experiment:${row.experimentId}`, {
      ...{ deed: "start", ...plan, seed, leadsPerArm: perArm, modelId: active.modelId },
    });
    await drawLeads(ctx);
    return row;
  });
}
