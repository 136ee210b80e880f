import { desc, eq } from "drizzle-orm";
import { z } from "zod";
import { models } from "#/db/schema/index.ts";
import { gate } from "#/ml/evaluation/gate.ts";
import type { EvaluationReport } from "#/ml/training/train.ts";
import type { Ctx } from "../context.ts";
import { AppError } from "../errors.ts";
import { authorize } from "../permissions.ts";
import { readActiveAlias, swapActiveAlias } from "./active-alias.ts";
import { provePromotable } from "./prove-promotable.ts";

export const promoteModelInput = z.strictObject({
  modelId: z.union([z.number().int().positive(), z.literal("latest")]),
  /** Why the model goes live although the gate refuses it. */
  override: z.string().trim().min(5).max(500).optional(),
});

/** Either it is active now, or the gate refused it and says why. */
export type Promotion =
  | { ok: true; modelId: number; aliasVersion: number; changed: boolean }
  | { ok: false; modelId: number; reasons: string[] };

/**
 * Makes a model the active one, if the gate lets it pass or somebody answers for it by a reason; the next match uses it.
 * The gate reads the model's report, and that of the active one beside it. Promoting the active model changes nothing.
 * Refuses with `conflict` when somebody else changed the active model meanwhile, with `unavailable` when it cannot be opened.
 */
export async function promoteModel(ctx: Ctx, input: z.infer<typeof promoteModelInput>): Promise<Promotion> {
  authorize(ctx, "model:promote");
  const seen = await readActiveAlias(ctx);
  const modelId = input.modelId === "latest" ? await latestId(ctx) : input.modelId;
  const model = await provePromotable(ctx, modelId);
  if (seen?.modelId === modelId) return { ok: true, modelId, aliasVersion: seen.version, changed: false };
  const verdict = gate(asReport(model.report), seen && (await reportOf(ctx, seen.modelId)));
  if (!verdict.ok && input.override === undefined) return { ok: false, modelId, reasons: verdict.reasons };
  const overrideReason = verdict.ok ? undefined : input.override;
  const aliasVersion = await swapActiveAlias(ctx, { kind: "promote", seen, toModelId: modelId, overrideReason });
  return { ok: true, modelId, aliasVersion, changed: true };
}

async function latestId(ctx: Ctx): Promise<number> {
  const [latest] = await ctx.db.select({ id: models.id }).from(models).orderBy(desc(models.id)).limit(1);
  if (latest) return latest.id;
  throw new AppError("not_found", {
    ru: "Моделей ещё нет. Обучите: npm run ostap -- train",
    en: "There are no models yet. Train one: npm run ostap -- train",
  });
}

async function reportOf(ctx: Ctx, modelId: number): Promise<EvaluationReport | null> {
  const [row] = await ctx.db.select({ report: models.report }).from(models).where(eq(models.id, modelId));
  return row ? asReport(row.report) : null;
}

/** The table keeps the report as JSON; only `registerModel` writes it. */
function asReport(json: Record<string, unknown>): EvaluationReport {
  return json as unknown as EvaluationReport;
}
