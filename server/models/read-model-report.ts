import { z } from "zod";
import type { GateVerdict } from "#/ml/evaluation/gate.ts";
import type { EvaluationReport } from "#/ml/evaluation/report.ts";
import type { Ctx } from "../context.ts";
import { authorize } from "../permissions.ts";
import { readActiveAlias } from "./active-alias.ts";
import { findModel, modelChoice } from "./find-model.ts";
import { hearGate } from "./hear-gate.ts";

export const readModelReportInput = z.strictObject({ modelId: modelChoice });

export interface ModelReport {
  modelId: number;
  report: EvaluationReport;
  /** What the gate says today, beside the model that is active now. */
  verdict: GateVerdict;
}

/** What a model is worth. Refuses with `not_found`, and with `unavailable` a report in the form of another build. */
export async function readModelReport(
  ctx: Ctx,
  { modelId }: z.infer<typeof readModelReportInput>,
): Promise<ModelReport> {
  authorize(ctx, "model:read");
  const model = await findModel(ctx, modelId);
  const active = await readActiveAlias(ctx);
  return { modelId: model.id, ...(await hearGate(ctx, model, active?.modelId ?? null)) };
}
