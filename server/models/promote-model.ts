import { z } from "zod";
import type { GateReason } from "#/ml/evaluation/gate.ts";
import type { Ctx } from "../context.ts";
import { authorize } from "../permissions.ts";
import { proveAsSeen, readActiveAlias, seenVersion, swapActiveAlias } from "./active-alias.ts";
import { findModel, modelChoice } from "./find-model.ts";
import { hearGate } from "./hear-gate.ts";
import { provePromotable } from "./prove-promotable.ts";

export const promoteModelInput = z.strictObject({
  modelId: modelChoice,
  /** Why the model goes live although the gate refuses it. */
  override: z.string().trim().min(5).max(500).optional(),
  seenVersion,
});

/** Either it is active now, or the gate refused it and says why. */
export type Promotion =
  | { ok: true; modelId: number; aliasVersion: number; changed: boolean }
  | { ok: false; modelId: number; reasons: GateReason[] };

/**
 * Makes a model the active one, if the gate lets it pass or somebody answers for it by a reason; the next match uses it.
 * The gate reads the model's report, and that of the active one beside it. Promoting the active model changes nothing.
 * Refuses with `conflict` when somebody else changed the active model meanwhile, with `unavailable` when it cannot be opened
 * or its report is of another build's form.
 */
export async function promoteModel(ctx: Ctx, input: z.infer<typeof promoteModelInput>): Promise<Promotion> {
  authorize(ctx, "model:promote");
  const seen = await readActiveAlias(ctx);
  proveAsSeen(seen, input.seenVersion);
  const model = await findModel(ctx, input.modelId);
  const modelId = model.id;
  await provePromotable(ctx, model);
  if (seen?.modelId === modelId) return { ok: true, modelId, aliasVersion: seen.version, changed: false };
  const { verdict } = await hearGate(ctx, model, seen?.modelId ?? null);
  if (!verdict.ok && input.override === undefined) return { ok: false, modelId, reasons: verdict.reasons };
  const overrideReason = verdict.ok ? undefined : input.override;
  const aliasVersion = await swapActiveAlias(ctx, { kind: "promote", seen, toModelId: modelId, overrideReason });
  return { ok: true, modelId, aliasVersion, changed: true };
}
