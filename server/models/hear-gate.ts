import { desc, eq } from "drizzle-orm";
import { models, pilots, pilotVerdicts } from "#/db/schema/index.ts";
import { type ActiveReport, type GateVerdict, gate, type PilotPolicy } from "#/ml/evaluation/gate.ts";
import { type EvaluationReport, readReport } from "#/ml/evaluation/report.ts";
import type { Ctx } from "../context.ts";
import { AppError } from "../errors.ts";
import { readSetting } from "../settings/settings.ts";

/**
 * A model's stored report and what the gate says of it, the active model beside it unless it is that one. Refuses with
 * `unavailable` a report in the form of another build.
 */
export async function hearGate(
  ctx: Ctx,
  model: { id: number; report: unknown },
  activeId: number | null,
): Promise<{ report: EvaluationReport; verdict: GateVerdict }> {
  const report = readReport(model.report);
  if (!report)
    throw new AppError("unavailable", {
      ru: `Отчёт модели ${model.id} написан другой версией программы: обучите модель заново.`,
      en: `Another build wrote the report of model ${model.id}: train the model anew.`,
    });
  const active = activeId === null || activeId === model.id ? null : await activeReport(ctx, activeId);
  return { report, verdict: gate(report, active, await pilotPolicy(ctx, model.id)) };
}

async function pilotPolicy(ctx: Ctx, modelId: number): Promise<PilotPolicy> {
  if (!(await readSetting(ctx, "pilotRequired"))) return { required: false };
  const [latest] = await ctx.db
    .select({ lossless: pilotVerdicts.lossless, leads: pilotVerdicts.leads, passed: pilotVerdicts.passed })
    .from(pilotVerdicts)
    .innerJoin(pilots, eq(pilots.id, pilotVerdicts.pilotId))
    .where(eq(pilots.modelId, modelId))
    .orderBy(desc(pilotVerdicts.decidedAt))
    .limit(1);
  return { required: true, latest: latest ?? null };
}

async function activeReport(ctx: Ctx, modelId: number): Promise<ActiveReport | null> {
  const [row] = await ctx.db
    .select({ report: models.report, sha256: models.artifactSha256 })
    .from(models)
    .where(eq(models.id, modelId));
  return row ? { sha256: row.sha256, report: readReport(row.report) } : null;
}
