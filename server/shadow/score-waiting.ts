import { shadowRuns } from "#/db/schema/index.ts";
import type { ThresholdBasis } from "#/ml/training/choose-threshold.ts";
import type { Ctx } from "../context.ts";
import { dayOfDate } from "../days.ts";
import { leadFactsFromJson } from "../matching/facts-from-rows.ts";
import { openMarket } from "../matching/market-timeline.ts";
import type { ActiveModel } from "../models/active-model.ts";
import { openArtifact } from "../models/open-artifact.ts";
import { atThreshold } from "../models/threshold-in-force.ts";
import { authorize } from "../permissions.ts";
import { latestDeed, managerTaste } from "../personalization/manager-taste.ts";
import { compareVerdicts } from "./compare-verdicts.ts";
import { type RunningShadow, runningShadow } from "./running-shadow.ts";
import { countWaiting, overflowing, waiting } from "./waiting-runs.ts";

/** More must not wait: the oldest beyond it are counted as left out. Half an hour of a busy day. */
const WAITING_MAX = 500;
/** So many in one go; then whoever stopped the shadow is heard. */
const BATCH = 10;
/** Of what the two differ in, so much is kept a run: the widest apart. */
const DIFFERENCES_MAX = 50;

type Outcome = (typeof shadowRuns.outcome.enumValues)[number];
export type ShadowRound = Record<Outcome, number>;

export interface ScoreOptions {
  /** After each run, with what it took: whoever runs this beside other work takes a breath here. */
  pause?: (tookMs: number) => Promise<unknown>;
  /** Aborted: no other run is begun. */
  signal?: AbortSignal;
  waitingMax?: number;
}

/**
 * Scores requests that the active model has answered with the candidate that is in the shadow, oldest first, and writes down
 * where the two differ. The log of runs is the queue: whoever asks for a match waits for nothing of this and hears of no failure
 * in it. Every request gets one row, whatever became of it. Returns how many ended how; null: nothing is in the shadow.
 */
export async function scoreWaiting(ctx: Ctx, options: ScoreOptions = {}): Promise<ShadowRound | null> {
  authorize(ctx, "model:shadow");
  const shadow = await runningShadow(ctx);
  if (!shadow) return null;
  const round: ShadowRound = { scored: 0, failed: 0, queue_full: 0, outdated: 0, other_model: 0 };
  round.queue_full = await leaveOut(ctx, shadow, options.waitingMax ?? WAITING_MAX);
  for (const run of await waiting(ctx, shadow, BATCH)) {
    if (options.signal?.aborted) break;
    const began = performance.now();
    const row = await settle(ctx, shadow, run);
    round[row.outcome]++;
    await write(ctx, shadow, [{ ...about(run), ...row }]);
    await options.pause?.(performance.now() - began);
  }
  return round;
}

type Run = Awaited<ReturnType<typeof waiting>>[number];
type Row = Omit<typeof shadowRuns.$inferInsert, "shadowId">;

/** The oldest that are too many get their row and are gone. */
async function leaveOut(ctx: Ctx, shadow: RunningShadow, waitingMax: number): Promise<number> {
  const tooMany = (await countWaiting(ctx, shadow)) - waitingMax;
  if (tooMany <= 0) return 0;
  const left = await overflowing(ctx, shadow, tooMany);
  await write(
    ctx,
    shadow,
    left.map((run) => ({ ...about(run), outcome: "queue_full" })),
  );
  ctx.log.warn({ shadow: shadow.shadowId, left: left.length }, "requests were left out of the shadow: too many waited");
  return left.length;
}

function about(run: Pick<Run, "id" | "leadId" | "createdAt" | "leadFacts">) {
  const { trades, bank } = leadFactsFromJson(run.leadFacts);
  return { runId: run.id, leadId: run.leadId, askedAt: run.createdAt, trades: [...trades], bank };
}

/** Two processes may have scored the same run: the first row stands. */
async function write(ctx: Ctx, { shadowId }: RunningShadow, rows: Row[]): Promise<void> {
  if (rows.length === 0) return;
  await ctx.db
    .insert(shadowRuns)
    .values(rows.map((row) => ({ ...row, shadowId, at: ctx.now() })))
    .onConflictDoNothing();
}

async function settle(ctx: Ctx, shadow: RunningShadow, run: Run): Promise<Pick<Row, "outcome"> & Partial<Row>> {
  if (run.modelId !== shadow.againstModelId) return { outcome: "other_model" };
  try {
    return await score(ctx, shadow, run);
  } catch (error) {
    ctx.log.warn({ err: error, run: run.id, modelId: shadow.modelId }, "a candidate broke in the shadow");
    return { outcome: "failed", failure: error instanceof Error ? error.message : String(error) };
  }
}

async function score(ctx: Ctx, shadow: RunningShadow, run: Run): Promise<Pick<Row, "outcome"> & Partial<Row>> {
  const began = performance.now();
  const market = await openMarket(ctx);
  if (market.version !== run.marketVersion) return { outcome: "outdated" };
  const candidate = await openCandidate(ctx, shadow);
  const taste = run.managerId === null ? null : await managerTaste(ctx, run.managerId, { market, active: candidate });
  // Marks that came after the answer would move only the candidate's list.
  const { latest } = run.managerId === null ? { latest: null } : await latestDeed(ctx, run.managerId);
  if (latest && latest > run.createdAt) return { outcome: "outdated" };
  const { premises, threshold } = await candidate.model.rank(market.timeline, {
    lead: leadFactsFromJson(run.leadFacts),
    managerId: run.managerId,
    asOfDay: dayOfDate(run.asOf),
    taste,
  });
  const comparison = compareVerdicts(run, premises);
  if (!comparison) return { outcome: "outdated" };
  const { differences, ...counts } = comparison;
  const kept = differences.slice(0, DIFFERENCES_MAX);
  return {
    outcome: "scored",
    ...counts,
    activeThreshold: run.threshold,
    candidateThreshold: threshold,
    premisesIds: kept.map((one) => one.premisesId),
    activeSuitabilities: kept.map((one) => one.activeSuitability),
    candidateSuitabilities: kept.map((one) => one.candidateSuitability),
    durationMs: performance.now() - began,
  };
}

/** As it would serve, were it active. */
async function openCandidate(
  ctx: Ctx,
  { modelId, sha256, asOf, threshold, thresholdBasis }: RunningShadow,
): Promise<ActiveModel> {
  const model = await openArtifact(ctx.home, sha256);
  const basis = thresholdBasis as unknown as ThresholdBasis;
  return { modelId, sha256, asOf, thresholdBasis, model: atThreshold(model, { threshold, basis }) };
}
