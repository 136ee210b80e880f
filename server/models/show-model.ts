import { desc, eq, or } from "drizzle-orm";
import { z } from "zod";
import { modelPromotions } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import { invariant } from "../errors.ts";
import { authorize, may } from "../permissions.ts";
import { nameActors } from "../users/name-actors.ts";
import { leaves } from "./differences.ts";
import { findModel } from "./find-model.ts";
import { type AliasView, judged, type RegistryRow, viewAlias } from "./show-registry.ts";
import { thresholdInForce } from "./threshold-in-force.ts";

export const showModelInput = z.strictObject({ modelId: z.number().int().positive().max(2_147_483_647) });

export interface PromotionRow {
  kind: (typeof modelPromotions.kind.enumValues)[number];
  fromModelId: number | null;
  toModelId: number;
  /** Why the gate was overridden; null: it was not. */
  overrideReason: string | null;
  by: string;
  byName: string | null;
  at: Date;
}

/** One thing of a model's making by its place, `suitability.maxDepth`. */
export interface Made {
  place: string;
  value: string;
}

export interface ModelView extends RegistryRow {
  alias: AliasView;
  mayPromote: boolean;
  trainingId: number | null;
  artifactSha256: string;
  artifactBytes: number;
  featureSetId: string;
  seed: number | null;
  parameters: Made[];
  snapshot: Made[];
  libraries: Made[];
  /** Every swap to or from it, newest first. */
  promotions: PromotionRow[];
}

/** All that is known of one model. Refuses with `not_found`. */
export async function showModel(ctx: Ctx, { modelId }: z.infer<typeof showModelInput>): Promise<ModelView> {
  authorize(ctx, "model:read");
  const model = await findModel(ctx, modelId);
  const [alias, swaps] = await Promise.all([viewAlias(ctx), swapsOf(ctx, modelId)]);
  const names = await nameActors(ctx, [model.createdBy, ...swaps.map(({ by }) => by)]);
  const { status, asOf, createdAt, createdBy, trainingId } = model;
  const inForce = await thresholdInForce(ctx.db, modelId);
  invariant(inForce, "a model that was found has a threshold");
  const { artifactSha256, artifactBytes, featureSetId, seed } = model;
  return {
    ...{ modelId, status, asOf, createdAt, createdBy, trainingId },
    ...{ threshold: inForce.threshold, thresholdBasis: { ...inForce.basis } },
    ...{ artifactSha256, artifactBytes, featureSetId, seed },
    ...(await judged(ctx, { modelId, report: model.report }, alias.modelId)),
    createdByName: names.get(createdBy) ?? null,
    alias,
    mayPromote: may(ctx.actor, "model:promote"),
    parameters: made(model.parameters),
    snapshot: made(model.snapshot),
    libraries: made(model.libraries),
    promotions: swaps.map((swap) => ({ ...swap, byName: names.get(swap.by) ?? null })),
  };
}

function swapsOf(ctx: Ctx, modelId: number) {
  const { kind, fromModelId, toModelId, overrideReason, by, at } = modelPromotions;
  return ctx.db
    .select({ kind, fromModelId, toModelId, overrideReason, by, at })
    .from(modelPromotions)
    .where(or(eq(fromModelId, modelId), eq(toModelId, modelId)))
    .orderBy(desc(modelPromotions.aliasVersion));
}

function made(object: object): Made[] {
  return [...leaves(object)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([place, value]) => ({ place, value }));
}
