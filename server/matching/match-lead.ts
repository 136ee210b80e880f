import { eq } from "drizzle-orm";
import { z } from "zod";
import { leads, managers, matchRuns } from "#/db/schema/index.ts";
import type { LeadFacts } from "#/ml/facts.ts";
import type { RankedPremises, Ranking, RankRequest } from "#/ml/ranked.ts";
import { rankByHandRules } from "#/ml/ranking/by-hand-rules.ts";
import { actorName, type Ctx } from "../context.ts";
import { dateInNovosibirsk, dayOfDate, pastDate } from "../days.ts";
import { AppError, invariant } from "../errors.ts";
import { armOfLead } from "../experiments/arm-of-lead.ts";
import { crmId, getLead, type LeadCard } from "../leads/get-lead.ts";
import type { Wishes } from "../leads/wishes-on.ts";
import { observeMatch } from "../metrics/observe.ts";
import { type ActiveModel, activeModel } from "../models/active-model.ts";
import { authorize } from "../permissions.ts";
import { managerTaste } from "../personalization/manager-taste.ts";
import { type Candidate, candidatesOn } from "./candidates-on.ts";
import { leadFacts, leadFactsToJson } from "./facts-from-rows.ts";
import { type Market, openMarket } from "./market-timeline.ts";

const word = z.string().trim().min(1).max(100);

/** The wishes of a lead that the CRM has not sent yet; what is left out is unknown, which is not "any". */
const leadWishes = z
  .strictObject({
    brand: z.string().trim().min(1).max(200).nullish(),
    trades: z.array(word).max(20).nullish(),
    networkSize: z.enum(leads.networkSize.enumValues).nullish(),
    areaFromSqm: z.number().positive().lt(1_000_000).nullish(),
    areaToSqm: z.number().positive().lt(1_000_000).nullish(),
    budgetRubMonth: z.number().positive().lt(1_000_000_000).nullish(),
    bank: z.enum(leads.bank.enumValues).nullish(),
    districts: z.array(word).max(20).nullish(),
  })
  .refine((lead) => !(lead.areaFromSqm && lead.areaToSqm && lead.areaFromSqm > lead.areaToSqm), {
    path: ["areaFromSqm"],
    message: "areaFromSqm must not exceed areaToSqm",
  });

export const matchLeadInput = z
  .strictObject({
    /** A lead of the CRM; or `lead`, one that it has not sent. */
    leadId: crmId.optional(),
    lead: leadWishes.optional(),
    /** For whom; by default the lead's own manager, else the manager who asks. */
    managerId: crmId.optional(),
    /** YYYY-MM-DD, by default today in Novosibirsk; only what was known on that day is used. */
    asOf: pastDate.optional(),
  })
  .refine((input) => (input.leadId === undefined) !== (input.lead === undefined), {
    path: ["leadId"],
    message: "name either leadId or lead, not both",
  });

export type MatchLeadInput = z.infer<typeof matchLeadInput> & {
  /** Whether the manager's own marks move the list; true by default. Marks count whatever the day that is looked at. */
  withTaste?: boolean;
  /** What if the lead of the CRM wished this as well? Such a run is logged as a request's own, not as the lead's. */
  draft?: Partial<Wishes>;
};

export interface MatchResult {
  runId: string;
  /** null: no model is active, the hand rules answered. */
  modelId: number | null;
  /** The active model's own last day, YYYY-MM-DD. */
  modelAsOf: string | null;
  /** YYYY-MM-DD. */
  asOf: string;
  isToday: boolean;
  managerId: string | null;
  /** An experiment that runs has drawn this lead into the arm without the model: the hand rules answered for that reason. */
  withoutModelByDraw: boolean;
  lead: LeadFacts;
  /** The CRM's row; null where the lead came with the request. */
  leadRow: LeadCard | null;
  threshold: number;
  /** What the threshold rests on; null without a model. */
  thresholdBasis: Record<string, unknown> | null;
  ranking: Ranking;
  /** By premisesId; exactly the premises of the ranking. */
  premises: ReadonlyMap<string, Candidate>;
}

/**
 * Judges every premises that is free on the day for one lead: kept and ranked, or removed. The run is logged.
 * A manager may ask for his own leads and those nobody has; any other is `not_found`. A day to come is `invalid`.
 * A lead that an experiment has drawn into the arm without the model is answered by the hand rules, whatever the day.
 */
export async function matchLead(ctx: Ctx, input: MatchLeadInput): Promise<MatchResult> {
  authorize(ctx, "match:run");
  const began = performance.now();
  const today = dateInNovosibirsk(ctx.now());
  const asOf = input.asOf ?? today;
  if (asOf > today)
    throw new AppError(
      "invalid",
      { ru: `${asOf} ещё не наступило, сегодня ${today}.`, en: `${asOf} has not come yet, today is ${today}.` },
      { place: "asOf" },
    );
  const leadRow = input.leadId === undefined ? null : await getLead(ctx, { leadId: input.leadId }, asOf);
  const lead = leadRow
    ? leadFacts(leadRow.leadId, dayOfDate(leadRow.createdOn), { ...leadRow, ...input.draft })
    : leadFacts(null, null, input.lead ?? {});
  const managerId = await chooseManager(ctx, input.managerId, leadRow);
  const arm = leadRow && (await armOfLead(ctx, leadRow.leadId));
  const [market, active] = await Promise.all([openMarket(ctx), arm === "rules" ? null : activeModel(ctx)]);
  const taste =
    active && managerId !== null && input.withTaste !== false
      ? await managerTaste(ctx, managerId, { market, active })
      : null;
  const { ranking, answeredBy } = await rank(ctx, market, active, { lead, managerId, asOfDay: dayOfDate(asOf), taste });
  const run = { leadRow, lead, managerId, asOf, ranking, modelId: answeredBy?.modelId ?? null };
  const durationMs = performance.now() - began;
  observeMatch(answeredBy ? "model" : "rules", durationMs);
  return {
    ...run,
    runId: await logRun(ctx, {
      ...run,
      leadId: input.draft ? null : (leadRow?.leadId ?? null),
      marketVersion: market.version,
      durationMs,
    }),
    modelAsOf: answeredBy?.asOf ?? null,
    isToday: asOf === today,
    withoutModelByDraw: arm === "rules",
    threshold: ranking.threshold,
    thresholdBasis: answeredBy?.thresholdBasis ?? null,
    premises: described(market, dayOfDate(asOf), ranking),
  };
}

function described(market: Market, day: number, ranking: Ranking): Map<string, Candidate> {
  const found = candidatesOn(market, day);
  invariant(found.size === ranking.premises.length, "each candidate of the ranking is described");
  return found;
}

/** A manager asks in nobody's name but his own; everybody else may name any manager that the CRM has. */
async function chooseManager(ctx: Ctx, named: string | undefined, lead: LeadCard | null): Promise<string | null> {
  const own = ctx.actor.kind === "user" ? ctx.actor.managerId : null;
  if (named === undefined) return lead?.managerId ?? own;
  const foreign = ctx.actor.kind === "user" && ctx.actor.role === "manager" && named !== own;
  const [known] = foreign ? [] : await ctx.db.select({ id: managers.id }).from(managers).where(eq(managers.id, named));
  if (known) return named;
  throw new AppError(
    "not_found",
    { ru: `Менеджера ${named} нет, или это не вы.`, en: `There is no manager ${named}, or it is not you.` },
    { place: "managerId" },
  );
}

/** The model's list; the hand rules' where there is no model or it answers nonsense, which is an error in the log. */
async function rank(
  ctx: Ctx,
  market: Market,
  active: ActiveModel | null,
  request: RankRequest,
): Promise<{ ranking: Ranking; answeredBy: ActiveModel | null }> {
  const free = market.timeline.freeOn(request.asOfDay).count;
  if (active) {
    try {
      const ranking = await active.model.rank(market.timeline, request);
      assertSound(ranking, free);
      await ranking.told();
      return { ranking, answeredBy: active };
    } catch (error) {
      ctx.log.error({ err: error, modelId: active.modelId }, "the model gave no sound list; the hand rules answer");
    }
  }
  const ranking = rankByHandRules(market.timeline, request);
  assertSound(ranking, free);
  await ranking.told();
  return { ranking, answeredBy: null };
}

/** Every free premises once, every number a share: a list that is not so must not reach a client. */
function assertSound({ premises, threshold }: Ranking, free: number): void {
  const isShare = (value: number) => value >= 0 && value <= 1;
  invariant(isShare(threshold), `the threshold is a share, not ${threshold}`);
  invariant(premises.length === free, `${free} premises are free and ${premises.length} are in the list`);
  invariant(new Set(premises.map((one) => one.premisesId)).size === free, "no premises is in the list twice");
  const wild = premises.find((one) => !isShare(one.suitability) || !isShare(one.probability));
  invariant(
    !wild,
    `premises ${wild?.premisesId} has suitability ${wild?.suitability}, probability ${wild?.probability}`,
  );
}

/** The removed by the reason that speaks against each the most. */
function countReasons(premises: readonly RankedPremises[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { verdict, reasons } of premises) {
    if (verdict === "keep") continue;
    const code = reasons.find(({ pull }) => pull < 0)?.code ?? "market";
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}

interface RunToLog extends Pick<MatchResult, "lead" | "managerId" | "asOf" | "ranking" | "modelId"> {
  leadId: string | null;
  marketVersion: number;
  durationMs: number;
}

async function logRun(ctx: Ctx, run: RunToLog): Promise<string> {
  const { premises, threshold, featuresSha256 } = run.ranking;
  const [row] = await ctx.db
    .insert(matchRuns)
    .values({
      leadId: run.leadId,
      leadFacts: leadFactsToJson(run.lead),
      managerId: run.managerId,
      modelId: run.modelId,
      marketVersion: run.marketVersion,
      asOf: run.asOf,
      threshold,
      premisesIds: premises.map((one) => one.premisesId),
      suitabilities: premises.map((one) => one.suitability),
      probabilities: premises.map((one) => one.probability),
      kept: premises.map((one) => one.verdict === "keep"),
      removedFor: countReasons(premises),
      featuresSha256,
      durationMs: run.durationMs,
      requestedBy: actorName(ctx.actor),
      createdAt: ctx.now(),
    })
    .returning({ id: matchRuns.id });
  return row!.id;
}
