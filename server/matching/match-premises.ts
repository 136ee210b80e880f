import { and, eq, gte, inArray, isNull, lte, notExists, or, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { deals, leads, leases, managers } from "#/db/schema/index.ts";
import { wordReason } from "#/ml/explain/word-reason.ts";
import type { LeadScore, LeadsRequest, ManagerTaste, Verdict } from "#/ml/ranked.ts";
import { scoreLeadsByHandRules } from "#/ml/ranking/by-hand-rules.ts";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk, dateOfDay, dayOfDate, pastDate } from "../days.ts";
import { AppError, invariant } from "../errors.ts";
import { leadsWithoutModel } from "../experiments/arm-of-lead.ts";
import { crmId } from "../leads/get-lead.ts";
import { asLeadRow, type LeadRow, leadColumns, leadManager } from "../leads/lead-row.ts";
import { answersOf, wishesOn } from "../leads/wishes-on.ts";
import { type ActiveModel, activeModel } from "../models/active-model.ts";
import { authorize, seesAllLeads } from "../permissions.ts";
import { managerTaste } from "../personalization/manager-taste.ts";
import { noSuchPremises } from "../premises/premises-on-day.ts";
import { leadFacts } from "./facts-from-rows.ts";
import { type Market, openMarket } from "./market-timeline.ts";
import type { BoardReason, MatchBoard } from "./show-board.ts";

export const matchPremisesInput = z.strictObject({
  premisesId: crmId,
  /** YYYY-MM-DD, by default today in Novosibirsk. */
  asOf: pastDate.optional(),
  /** Whose leads; by default all that the asker may see. */
  whose: z.enum(["all", "mine", "nobodys"]).default("all"),
  /** Those of one verdict alone. */
  decision: z.enum(["keep", "remove"]).optional(),
  /** One's own leads before the others, for a list of the few best. */
  ownFirst: z.boolean().default(false),
  /** Reasons are told relative to all open leads, which takes as long again as the scores. */
  withReasons: z.boolean().default(true),
  limit: z.number().int().min(1).max(100).default(30),
  /** Where the page begins in the whole list. */
  cursor: z.number().int().min(0).max(10_000_000).nullish(),
});

export interface LeadMatch {
  lead: LeadRow;
  decision: Verdict;
  suitability: number;
  probability: number;
  /** Strongest first, relative to the other open leads; empty where none were asked for. */
  reasons: BoardReason[];
  /** The last time this premises was offered to this lead, as it was known on the day. */
  offered: { on: string; stage: (typeof deals.stage.enumValues)[number] } | null;
}

export interface PremisesMatch {
  asOf: string;
  isToday: boolean;
  /** false: the premises was not free on the day, and no lead is judged. */
  isFree: boolean;
  /** null: no model is active, hand rules answered. */
  model: MatchBoard["model"];
  /** Open leads that an experiment has drawn into the arm without the model: nothing that a model says of them is told here. */
  withoutModel: number;
  /** Of the leads asked for: how many there are, and of each verdict. */
  total: number;
  kept: number;
  removed: number;
  /** Kept first, by chance of a deal; then removed, nearest to the threshold first. */
  leads: LeadMatch[];
  nextCursor: number | null;
}

/** A lead is open for so many days from the one on which it came. */
const OPEN_DAYS = 90;

/**
 * The open leads of a premises, each with the verdict and the probability that its own board gives this premises, to the last
 * bit. Open: came within 90 days before the day, without a won deal or a lease by then. A manager's are his own and those
 * nobody has. As on the board the lead's manager is judged for, else the asker; marks count for today alone.
 */
export async function matchPremises(ctx: Ctx, input: z.infer<typeof matchPremisesInput>): Promise<PremisesMatch> {
  authorize(ctx, "match:run");
  const began = performance.now();
  const { premisesId } = input;
  const today = dateInNovosibirsk(ctx.now());
  const asOf = input.asOf ?? today;
  if (asOf > today)
    throw new AppError(
      "invalid",
      { ru: `${asOf} ещё не наступило, сегодня ${today}.`, en: `${asOf} has not come yet, today is ${today}.` },
      { place: "asOf" },
    );
  const isToday = asOf === today;
  const [market, active] = await Promise.all([openMarket(ctx), activeModel(ctx)]);
  if (market.timeline.indexOf(premisesId) < 0) throw noSuchPremises(premisesId);
  const open = await openLeads(ctx, asOf, isToday, input.whose);
  const leftOut = active ? await leadsWithoutModel(ctx) : new Set();
  const rows = open.filter(({ leadId }) => !leftOut.has(leadId));
  const own = ctx.actor.kind === "user" ? ctx.actor.managerId : null;
  const tastes = isToday && active ? await tastesOf(ctx, rows, own, { market, active }) : new Map();
  const request: LeadsRequest = {
    premisesId,
    asOfDay: dayOfDate(asOf),
    leads: rows.map((row) => {
      const managerId = row.managerId ?? own;
      const lead = leadFacts(row.leadId, dayOfDate(row.createdOn), row);
      return { lead, managerId, taste: managerId === null ? null : (tastes.get(managerId) ?? null) };
    }),
  };
  const { scores, answeredBy } = await score(ctx, market, active, request);
  const all = (scores ?? []).map((one, i) => ({ row: rows[i]!, score: one }));
  const wanted = all.filter(({ score }) => input.decision === undefined || score.verdict === input.decision);
  wanted.sort((a, b) => (input.ownFirst ? Number(b.row.mine) - Number(a.row.mine) : 0) || byChance(a, b));
  const from = input.cursor ?? 0;
  const shown = wanted.slice(from, from + input.limit);
  const offers = await lastOffers(
    ctx,
    premisesId,
    shown.map(({ row }) => row.leadId),
    asOf,
    isToday,
  );
  const answer: PremisesMatch = {
    asOf,
    isToday,
    isFree: scores !== null,
    model: answeredBy && {
      modelId: answeredBy.modelId,
      asOf: answeredBy.asOf,
      threshold: answeredBy.model.threshold,
      basis: answeredBy.thresholdBasis,
    },
    withoutModel: open.length - rows.length,
    total: all.length,
    kept: all.filter(({ score }) => score.verdict === "keep").length,
    removed: all.filter(({ score }) => score.verdict === "remove").length,
    leads: shown.map(({ row, score }) => ({
      lead: row,
      decision: score.verdict,
      suitability: score.suitability,
      probability: score.probability,
      reasons: input.withReasons ? reasonsOf(score, ctx) : [],
      offered: offers.get(row.leadId) ?? null,
    })),
    nextCursor: from + shown.length < wanted.length ? from + shown.length : null,
  };
  const ms = Math.round(performance.now() - began);
  ctx.log.info(
    { premisesId, asOf, leads: all.length, kept: answer.kept, modelId: answeredBy?.modelId ?? null, ms },
    "a premises was matched",
  );
  return answer;
}

/** Kept first by chance of a deal, then removed by suitability; the id parts equals, so that pages never overlap. */
function byChance(a: { row: LeadRow; score: LeadScore }, b: { row: LeadRow; score: LeadScore }): number {
  if (a.score.verdict !== b.score.verdict) return a.score.verdict === "keep" ? -1 : 1;
  const chance = a.score.verdict === "keep" ? b.score.probability - a.score.probability : 0;
  return chance || b.score.suitability - a.score.suitability || (a.row.leadId < b.row.leadId ? -1 : 1);
}

async function openLeads(
  ctx: Ctx,
  asOf: string,
  isToday: boolean,
  whose: z.infer<typeof matchPremisesInput>["whose"],
): Promise<LeadRow[]> {
  const own = ctx.actor.kind === "user" ? ctx.actor.managerId : null;
  const mine = own === null ? sql`false` : eq(leads.managerId, own);
  const nobodys = isNull(leads.managerId);
  const which = { all: seesAllLeads(ctx.actor) ? undefined : or(mine, nobodys), mine, nobodys }[whose];
  const won = ctx.db
    .select({ one: sql`1` })
    .from(deals)
    .where(and(eq(deals.leadId, leads.id), eq(deals.stage, "won"), known(deals.closedOn, asOf, isToday)));
  const leased = ctx.db
    .select({ one: sql`1` })
    .from(leases)
    .where(and(eq(leases.leadId, leads.id), lte(leases.startOn, asOf)));
  const rows = await ctx.db
    .select(leadColumns)
    .from(leads)
    .leftJoin(managers, leadManager)
    .where(
      and(
        gte(leads.createdOn, dateOfDay(dayOfDate(asOf) - OPEN_DAYS)),
        lte(leads.createdOn, asOf),
        which,
        notExists(won),
        notExists(leased),
      ),
    );
  if (isToday) return rows.map((row) => asLeadRow(ctx.actor, row));
  const answers = Map.groupBy(
    await answersOf(
      ctx.db,
      rows.map(({ leadId }) => leadId),
    ),
    ({ leadId }) => leadId,
  );
  return rows.map((row) => wishesOn(asLeadRow(ctx.actor, row), answers.get(row.leadId) ?? [], asOf));
}

/** Today all that is recorded is known; of a past day an ending without a date cannot be shown to have been. */
function known(column: typeof deals.closedOn, asOf: string, isToday: boolean): SQL | undefined {
  return isToday ? undefined : lte(column, asOf);
}

async function tastesOf(
  ctx: Ctx,
  rows: readonly LeadRow[],
  own: string | null,
  ground: { market: Market; active: ActiveModel },
): Promise<Map<string, ManagerTaste | null>> {
  const tastes = new Map<string, ManagerTaste | null>();
  for (const managerId of new Set(rows.flatMap((row) => row.managerId ?? own ?? [])))
    tastes.set(managerId, await managerTaste(ctx, managerId, ground));
  return tastes;
}

/** The model's scores; the hand rules' where there is no model or it answers nonsense, which is an error in the log. */
async function score(
  ctx: Ctx,
  { timeline }: Market,
  active: ActiveModel | null,
  request: LeadsRequest,
): Promise<{ scores: LeadScore[] | null; answeredBy: ActiveModel | null }> {
  if (active) {
    try {
      const scores = await active.model.scoreLeads(timeline, request);
      assertSound(scores, request);
      return { scores, answeredBy: active };
    } catch (error) {
      ctx.log.error({ err: error, modelId: active.modelId }, "the model gave no sound scores; the hand rules answer");
    }
  }
  return { scores: scoreLeadsByHandRules(timeline, request), answeredBy: null };
}

function assertSound(scores: LeadScore[] | null, { leads }: LeadsRequest): void {
  if (scores === null) return;
  const isShare = (value: number) => value >= 0 && value <= 1;
  invariant(scores.length === leads.length, `${leads.length} leads are open and ${scores.length} were scored`);
  const wild = scores.find((one) => !isShare(one.suitability) || !isShare(one.probability));
  invariant(!wild, `a lead has suitability ${wild?.suitability}, probability ${wild?.probability}`);
}

function reasonsOf({ reasons }: LeadScore, ctx: Ctx): BoardReason[] {
  return reasons.map((reason) => ({
    code: reason.code,
    text: wordReason(reason, ctx.locale),
    against: reason.pull < 0,
    strength: Math.tanh(Math.abs(reason.pull) / 2),
  }));
}

async function lastOffers(
  ctx: Ctx,
  premisesId: string,
  leadIds: string[],
  asOf: string,
  isToday: boolean,
): Promise<Map<string, NonNullable<LeadMatch["offered"]>>> {
  if (leadIds.length === 0) return new Map();
  const rows = await ctx.db
    .select({
      leadId: deals.leadId,
      on: deals.createdOn,
      stage: deals.stage,
      ended: sql<boolean>`${known(deals.closedOn, asOf, isToday) ?? sql`true`}`,
    })
    .from(deals)
    .where(and(eq(deals.premisesId, premisesId), inArray(deals.leadId, leadIds), lte(deals.createdOn, asOf)))
    .orderBy(deals.createdOn, deals.id);
  return new Map(
    rows.map(({ leadId, on, stage, ended }) => [leadId!, { on, stage: ended ? stage : ("open" as const) }]),
  );
}
