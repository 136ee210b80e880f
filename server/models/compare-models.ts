import { z } from "zod";
import { readReport } from "#/ml/evaluation/report.ts";
import type { Ctx } from "../context.ts";
import { authorize } from "../permissions.ts";
import { type Difference, differences } from "./differences.ts";
import { findModel } from "./find-model.ts";
import { type KeyFigures, keyFigures } from "./key-figures.ts";

const modelId = z.number().int().positive().max(2_147_483_647);

export const compareModelsInput = z.strictObject({ modelId, withId: modelId });

export interface ModelSide {
  modelId: number;
  asOf: string;
  /** null: another build wrote the report. */
  figures: KeyFigures | null;
}

export interface ModelComparison {
  one: ModelSide;
  other: ModelSide;
  /** Each on its own held-out leads: a fair comparison only where these are the same. */
  sameLeads: boolean;
  /** What differs in each, by its place (`suitability.maxDepth`); what is the same is left out. */
  parameters: Difference[];
  snapshot: Difference[];
  libraries: Difference[];
}

/** Two models side by side: what they are worth, and what of their making differs. Refuses with `not_found`. */
export async function compareModels(ctx: Ctx, input: z.infer<typeof compareModelsInput>): Promise<ModelComparison> {
  authorize(ctx, "model:read");
  const [one, other] = [await findModel(ctx, input.modelId), await findModel(ctx, input.withId)];
  const [report, otherReport] = [readReport(one.report), readReport(other.report)];
  const side = (model: typeof one, read: typeof report): ModelSide => ({
    modelId: model.id,
    asOf: model.asOf,
    figures: read && keyFigures(read),
  });
  const seeds = ({ seed, featureSetId }: typeof one) => ({ seed, featureSetId });
  return {
    one: side(one, report),
    other: side(other, otherReport),
    sameLeads:
      report !== null &&
      otherReport !== null &&
      report.testFromDay === otherReport.testFromDay &&
      report.testLeads === otherReport.testLeads,
    parameters: differences({ ...one.parameters, ...seeds(one) }, { ...other.parameters, ...seeds(other) }),
    snapshot: differences(one.snapshot, other.snapshot),
    libraries: differences(one.libraries, other.libraries),
  };
}
