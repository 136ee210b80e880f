import { and, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { leads, premises, shadows } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import { isServed } from "../jobs/is-served.ts";
import { readActiveAlias } from "../models/active-alias.ts";
import { findModel } from "../models/find-model.ts";
import { authorize, may } from "../permissions.ts";
import { nameActors } from "../users/name-actors.ts";
import { countDifferences, type SegmentDifference, type ShadowTotals } from "./count-differences.ts";
import { countWaiting } from "./waiting-runs.ts";

export const showShadowInput = z.strictObject({ modelId: z.number().int().positive().max(2_147_483_647) });

export interface ShadowPremises {
  premisesId: string;
  name: string;
  activeSuitability: number;
  candidateSuitability: number;
}

/** A lead whose list would be another one. */
export interface ShadowExample {
  leadId: string;
  brand: string | null;
  askedAt: Date;
  activeThreshold: number;
  candidateThreshold: number;
  restored: number;
  removed: number;
  /** The widest apart, a few. */
  premises: ShadowPremises[];
}

export interface ShadowFindings {
  shadowId: number;
  againstModelId: number;
  startedAt: Date;
  startedBy: string;
  startedByName: string | null;
  /** null: it runs. */
  ending: (typeof shadows.ending.enumValues)[number] | null;
  endedAt: Date | null;
  /** Requests that were answered and not scored yet; where it is over, those whose turn never came. */
  waiting: number;
  totals: ShadowTotals;
  banks: SegmentDifference[];
  trades: SegmentDifference[];
  examples: ShadowExample[];
}

export interface ShadowView {
  /** The latest shadow of this model; null: it never was in one. */
  findings: ShadowFindings | null;
  /** Which model is in the shadow now; null: none. */
  runningModelId: number | null;
  /** May this one be put there: it is a candidate, and another model is active. */
  eligible: boolean;
  mayShadow: boolean;
  workerRuns: boolean;
}

/** Where a candidate would answer otherwise than the active model, found on live requests. Refuses with `not_found`. */
export async function showShadow(ctx: Ctx, { modelId }: z.infer<typeof showShadowInput>): Promise<ShadowView> {
  authorize(ctx, "model:read");
  const model = await findModel(ctx, modelId);
  const [active, running, latest, workerRuns] = await Promise.all([
    readActiveAlias(ctx),
    ctx.db.select({ modelId: shadows.modelId }).from(shadows).where(isNull(shadows.endedAt)),
    latestShadow(ctx, modelId),
    isServed(ctx),
  ]);
  return {
    findings: latest && (await findingsOf(ctx, latest)),
    runningModelId: running[0]?.modelId ?? null,
    eligible: model.status === "candidate" && active !== null && active.modelId !== modelId,
    mayShadow: may(ctx.actor, "model:shadow"),
    workerRuns,
  };
}

async function latestShadow(ctx: Ctx, modelId: number) {
  const [latest] = await ctx.db
    .select()
    .from(shadows)
    .where(eq(shadows.modelId, modelId))
    .orderBy(desc(shadows.id))
    .limit(1);
  return latest ?? null;
}

async function findingsOf(ctx: Ctx, shadow: typeof shadows.$inferSelect): Promise<ShadowFindings> {
  const { id: shadowId, againstModelId, startedAt, startedBy, ending, endedAt } = shadow;
  const [counted, examples, names, waiting] = await Promise.all([
    countDifferences(ctx, shadowId),
    examplesOf(ctx, shadowId),
    nameActors(ctx, [startedBy]),
    countWaiting(ctx, { shadowId, startedAt, endedAt }),
  ]);
  return {
    ...{ shadowId, againstModelId, startedAt, startedBy, ending, endedAt },
    startedByName: names.get(startedBy) ?? null,
    waiting,
    ...counted,
    examples,
  };
}

const EXAMPLES_MAX = 6;
const PREMISES_MAX = 3;

interface ExampleRow extends Record<string, unknown> {
  leadId: string;
  askedAt: string;
  activeThreshold: number;
  candidateThreshold: number;
  restored: number;
  removed: number;
  premisesIds: string[];
  activeSuitabilities: number[];
  candidateSuitabilities: number[];
}

/** Each lead by its latest request; those whose lists differ most come first. */
async function examplesOf(ctx: Ctx, shadowId: number): Promise<ShadowExample[]> {
  const rows = [
    ...(await ctx.db.execute<ExampleRow>(sql`
      with latest as (
        select distinct on (lead_id) * from shadow_runs
        where shadow_id = ${shadowId} and outcome = 'scored' and lead_id is not null
        order by lead_id, asked_at desc, id desc)
      select lead_id as "leadId", asked_at as "askedAt", active_threshold as "activeThreshold",
        candidate_threshold as "candidateThreshold", restored, removed,
        premises_ids[1:${PREMISES_MAX}] as "premisesIds",
        active_suitabilities[1:${PREMISES_MAX}] as "activeSuitabilities",
        candidate_suitabilities[1:${PREMISES_MAX}] as "candidateSuitabilities"
      from latest where restored + removed > 0
      order by restored + removed desc, asked_at desc, lead_id limit ${EXAMPLES_MAX}`)),
  ];
  const brands = await brandsOf(
    ctx,
    rows.map(({ leadId }) => leadId),
  );
  const names = await premisesNames(
    ctx,
    rows.flatMap(({ premisesIds }) => premisesIds),
  );
  return rows.map(({ premisesIds, activeSuitabilities, candidateSuitabilities, askedAt, ...row }) => ({
    ...row,
    askedAt: new Date(askedAt),
    brand: brands.get(row.leadId) ?? null,
    premises: premisesIds.map((premisesId, i) => ({
      premisesId,
      name: names.get(premisesId) ?? premisesId,
      activeSuitability: activeSuitabilities[i]!,
      candidateSuitability: candidateSuitabilities[i]!,
    })),
  }));
}

async function brandsOf(ctx: Ctx, leadIds: string[]): Promise<Map<string, string | null>> {
  if (leadIds.length === 0) return new Map();
  const rows = await ctx.db.select({ id: leads.id, brand: leads.brand }).from(leads).where(inArray(leads.id, leadIds));
  return new Map(rows.map(({ id, brand }) => [id, brand]));
}

async function premisesNames(ctx: Ctx, premisesIds: string[]): Promise<Map<string, string>> {
  if (premisesIds.length === 0) return new Map();
  const rows = await ctx.db
    .select({ id: premises.id, name: premises.name })
    .from(premises)
    .where(and(inArray(premises.id, [...new Set(premisesIds)])));
  return new Map(rows.map(({ id, name }) => [id, name]));
}
