import { desc, eq } from "drizzle-orm";
import { z } from "zod";
import { models } from "#/db/schema/index.ts";
import { type ActiveReport, gate } from "#/ml/evaluation/gate.ts";
import { readReport } from "#/ml/evaluation/report.ts";
import type { Ctx } from "../context.ts";
import { AppError } from "../errors.ts";
import { authorize } from "../permissions.ts";
import type { Words } from "../wording.ts";
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
  | { ok: false; modelId: number; reasons: Words[] };

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
  const reasons = await reasonsAgainst(ctx, model.report, seen?.modelId ?? null);
  if (reasons.length > 0 && input.override === undefined) return { ok: false, modelId, reasons };
  const overrideReason = reasons.length === 0 ? undefined : input.override;
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

/** What the gate says against a model by its report; a report of another build's form speaks against it, too. */
async function reasonsAgainst(ctx: Ctx, json: unknown, activeId: number | null): Promise<Words[]> {
  const report = readReport(json);
  if (!report)
    return [
      {
        ru: "Отчёт модели написан другой версией программы: обучите модель заново.",
        en: "Another build wrote the model's report: train the model anew.",
      },
    ];
  return gate(report, activeId === null ? null : await activeReport(ctx, activeId)).reasons;
}

async function activeReport(ctx: Ctx, modelId: number): Promise<ActiveReport | null> {
  const [row] = await ctx.db
    .select({ report: models.report, sha256: models.artifactSha256 })
    .from(models)
    .where(eq(models.id, modelId));
  return row ? { sha256: row.sha256, report: readReport(row.report) } : null;
}
