import { and, asc, eq, inArray, lte, sql } from "drizzle-orm";
import { z } from "zod";
import { modelAliases, modelPromotions, models } from "#/db/schema/index.ts";
import { audit } from "../audit.ts";
import { actorName, type Ctx, inTransaction } from "../context.ts";
import { AppError } from "../errors.ts";
import { endWithSwap } from "../shadow/end-with-swap.ts";
import type { Swap } from "./previously-active.ts";

/** What the name "active" pointed at when it was looked at. */
export interface ActiveAlias {
  modelId: number;
  version: number;
}

/** null: no model was ever promoted. */
export async function readActiveAlias(ctx: Ctx): Promise<ActiveAlias | null> {
  const [alias] = await ctx.db
    .select({ modelId: modelAliases.modelId, version: modelAliases.version })
    .from(modelAliases)
    .where(eq(modelAliases.name, "active"));
  return alias ?? null;
}

/** The same, and it stays so until the transaction of `ctx` ends. */
export async function holdActiveAlias(ctx: Ctx): Promise<ActiveAlias | null> {
  const [alias] = await ctx.db
    .select({ modelId: modelAliases.modelId, version: modelAliases.version })
    .from(modelAliases)
    .where(eq(modelAliases.name, "active"))
    .for("share");
  return alias ?? null;
}

/** What a screen showed when somebody decided: the alias's version, 0 where nothing was active. Left out by who looks only now. */
export const seenVersion = z.number().int().min(0).max(2_147_483_647).optional();

/** Refuses with `conflict` where the active model was swapped since the asker looked. */
export function proveAsSeen(alias: ActiveAlias | null, version: z.infer<typeof seenVersion>): void {
  if (version !== undefined && version !== (alias?.version ?? 0)) throw fasterHands();
}

function fasterHands(): AppError {
  return new AppError("conflict", {
    ru: "Действующую модель только что сменил кто-то другой. Посмотрите на список моделей и решите заново.",
    en: "Somebody else has just changed the active model. Look at the list of models and decide again.",
  });
}

/** Every swap up to a version of the alias, in the order in which they happened. */
export function swapsUpTo(ctx: Ctx, version: number): Promise<Swap[]> {
  return ctx.db
    .select({ kind: modelPromotions.kind, toModelId: modelPromotions.toModelId })
    .from(modelPromotions)
    .where(lte(modelPromotions.aliasVersion, version))
    .orderBy(asc(modelPromotions.aliasVersion));
}

export interface AliasSwap {
  kind: "promote" | "rollback";
  /** The state the decision rests on; null: there was no active model. */
  seen: ActiveAlias | null;
  toModelId: number;
  overrideReason?: string | undefined;
}

/**
 * Points "active" at another model, if it still stands as it was seen: one compare-and-swap, with its place in the
 * history, the models' statuses, the end of a shadow and the audit line in the same transaction. Refuses with `conflict` when somebody was
 * faster. Returns the new version.
 */
export function swapActiveAlias(ctx: Ctx, swap: AliasSwap): Promise<number> {
  return inTransaction(ctx, async (ctx) => {
    const version = swap.seen ? await moveAlias(ctx, swap.seen.version, swap.toModelId) : await firstAlias(ctx, swap);
    if (version === undefined) throw fasterHands();
    await ctx.db.insert(modelPromotions).values({
      kind: swap.kind,
      fromModelId: swap.seen?.modelId ?? null,
      toModelId: swap.toModelId,
      aliasVersion: version,
      overrideReason: swap.overrideReason ?? null,
      by: actorName(ctx.actor),
      at: ctx.now(),
    });
    await ctx.db
      .update(models)
      .set({ status: sql`case when ${models.id} = ${swap.toModelId} then 'active' else 'retired' end::model_status` })
      .where(inArray(models.id, [swap.toModelId, ...(swap.seen ? [swap.seen.modelId] : [])]));
    await endWithSwap(ctx, swap.toModelId);
    await audit(ctx, "model:promote", `model:${swap.toModelId}`, {
      kind: swap.kind,
      from: swap.seen?.modelId ?? null,
      version,
      ...(swap.overrideReason === undefined ? {} : { override: swap.overrideReason }),
    });
    return version;
  });
}

async function moveAlias(ctx: Ctx, seenVersion: number, modelId: number): Promise<number | undefined> {
  const [moved] = await ctx.db
    .update(modelAliases)
    .set({ modelId, version: seenVersion + 1, changedAt: ctx.now() })
    .where(and(eq(modelAliases.name, "active"), eq(modelAliases.version, seenVersion)))
    .returning({ version: modelAliases.version });
  return moved?.version;
}

async function firstAlias(ctx: Ctx, { toModelId }: AliasSwap): Promise<number | undefined> {
  const [made] = await ctx.db
    .insert(modelAliases)
    .values({ name: "active", modelId: toModelId, changedAt: ctx.now() })
    .onConflictDoNothing()
    .returning({ version: modelAliases.version });
  return made?.version;
}
