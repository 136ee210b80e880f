import type { EvaluationReport } from "#/ml/evaluation/report.ts";
import type { Ctx } from "../context.ts";
import { AppError } from "../errors.ts";
import { authorize, may } from "../permissions.ts";
import { nameActors } from "../users/name-actors.ts";
import { readActiveAlias, swapsUpTo } from "./active-alias.ts";
import { hearGate } from "./hear-gate.ts";
import { type KeyFigures, keyFigures } from "./key-figures.ts";
import { listModels, type ModelRow } from "./list-models.ts";
import { previouslyActive } from "./previously-active.ts";

/** What the gate says today, in the asker's language. */
export interface ToldVerdict {
  ok: boolean;
  reasons: string[];
}

export interface RegistryRow
  extends Pick<ModelRow, "modelId" | "status" | "asOf" | "threshold" | "thresholdBasis" | "createdAt" | "createdBy"> {
  /** Where a person made it; null: a machine did, or he is gone. */
  createdByName: string | null;
  /** Candidates of all leads it learned from; null with `figures`. */
  trainingRows: number | null;
  /** null: another build wrote its report, in another form. */
  figures: KeyFigures | null;
  verdict: ToldVerdict | null;
}

/** The alias as it stands, for a screen to say which state it saw. */
export interface AliasView {
  modelId: number | null;
  /** 0: no model was ever promoted. */
  version: number;
  /** What a rollback would make active; null: there is nothing below. */
  rollbackTo: number | null;
}

export interface Registry {
  alias: AliasView;
  mayPromote: boolean;
  /** Newest first. */
  models: RegistryRow[];
}

const MODELS_MAX = 100;

/** All models with what they are worth, and which of them answers. */
export async function showRegistry(ctx: Ctx): Promise<Registry> {
  authorize(ctx, "model:read");
  const [alias, rows] = await Promise.all([viewAlias(ctx), listModels(ctx, { limit: MODELS_MAX })]);
  const names = await nameActors(
    ctx,
    rows.map(({ createdBy }) => createdBy),
  );
  const models: RegistryRow[] = [];
  for (const row of rows) models.push({ ...(await judged(ctx, row, alias.modelId)), ...told(row, names) });
  return { alias, mayPromote: may(ctx.actor, "model:promote"), models };
}

/** Where the name "active" points, and where it came from. */
export async function viewAlias(ctx: Ctx): Promise<AliasView> {
  const alias = await readActiveAlias(ctx);
  if (!alias) return { modelId: null, version: 0, rollbackTo: null };
  const [rollbackTo] = previouslyActive(await swapsUpTo(ctx, alias.version));
  return { ...alias, rollbackTo: rollbackTo ?? null };
}

function told(row: ModelRow, names: ReadonlyMap<string, string>) {
  const { modelId, status, asOf, threshold, thresholdBasis, createdAt, createdBy } = row;
  const createdByName = names.get(createdBy) ?? null;
  return { modelId, status, asOf, threshold, thresholdBasis, createdAt, createdBy, createdByName };
}

/** A model's figures and the gate's word; all null where its report is of another build. */
export async function judged(ctx: Ctx, model: Pick<ModelRow, "modelId" | "report">, activeId: number | null) {
  const heard = await hearGate(ctx, { id: model.modelId, report: model.report }, activeId).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "unavailable") return null;
    throw error;
  });
  if (!heard) return { trainingRows: null, figures: null, verdict: null };
  return { ...figuresOf(heard.report), verdict: inWords(ctx, heard.verdict) };
}

function figuresOf(report: EvaluationReport) {
  return { trainingRows: report.rows.training, figures: keyFigures(report) };
}

function inWords({ locale }: Ctx, verdict: { ok: boolean; reasons: { ru: string; en: string }[] }): ToldVerdict {
  return { ok: verdict.ok, reasons: verdict.reasons.map((reason) => reason[locale]) };
}
