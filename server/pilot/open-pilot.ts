import { randomInt } from "node:crypto";
import { and, asc, gte, lt, notInArray } from "drizzle-orm";
import { z } from "zod";
import { leads, pilotCases, pilotLeads, pilots } from "#/db/schema/index.ts";
import { handRuleScore } from "#/ml/evaluation/hand-rules.ts";
import { pairOf, Scene } from "#/ml/features/pair.ts";
import type { RankingModel } from "#/ml/rank.ts";
import { audit } from "../audit.ts";
import { actorName, type Ctx, inTransaction } from "../context.ts";
import { dateInNovosibirsk, dateOfDay, dayOfDate, pastDate } from "../days.ts";
import { AppError, invariant } from "../errors.ts";
import { getLead } from "../leads/get-lead.ts";
import { candidatesOn, tellCandidate } from "../matching/candidates-on.ts";
import { leadFacts, leadFactsToJson } from "../matching/facts-from-rows.ts";
import { type Market, openMarket } from "../matching/market-timeline.ts";
import { findModel } from "../models/find-model.ts";
import { openArtifact } from "../models/open-artifact.ts";
import { provePromotable } from "../models/prove-promotable.ts";
import { thresholdInForce } from "../models/threshold-in-force.ts";
import { authorize } from "../permissions.ts";
import { Draw, PILOT_LEADS } from "./draw.ts";

export const openPilotInput = z.strictObject({
  /** YYYY-MM-DD, a Monday. */
  weekOn: pastDate.refine((date) => new Date(`${date}T00:00:00Z`).getUTCDay() === 1, "must be a Monday"),
  modelId: z.number().int().positive(),
});

/** Rows of one INSERT: Postgres takes 65,534 parameters at most. */
const BATCH = 4000;

/**
 * Draws ten leads of a week that is over, and makes the model's lists of them as of each lead's own day: by the model alone,
 * without anybody's taste. The seed and the pool are stored with the draw. A lead is drawn once in its life, and a week once for
 * a model: what did not please cannot be drawn again. Refuses with `invalid` a week that is not over or has too few leads.
 */
export async function openPilot(
  ctx: Ctx,
  { weekOn, modelId }: z.infer<typeof openPilotInput>,
): Promise<{ pilotId: string }> {
  authorize(ctx, "pilot:open");
  const nextOn = dateOfDay(dayOfDate(weekOn) + 7);
  if (nextOn > dateInNovosibirsk(ctx.now()))
    throw new AppError(
      "invalid",
      {
        ru: "Эта неделя ещё не кончилась: выберите прошедшую.",
        en: "This week is not over yet: choose one that is.",
      },
      { place: "weekOn" },
    );
  const row = await findModel(ctx, modelId);
  await provePromotable(ctx, row);
  const inForce = await thresholdInForce(ctx.db, modelId);
  invariant(inForce, "a model that was found has a threshold");
  const model = await openArtifact(ctx.home, row.artifactSha256);
  const pool = await poolOf(ctx, weekOn, nextOn);
  const seed = randomInt(2 ** 31 - 1);
  const draw = new Draw(seed);
  const drawn = draw.leads(pool);
  const market = await openMarket(ctx);
  const lists: LeadList[] = [];
  for (const leadId of drawn)
    lists.push(await listOf(ctx, { leadId, market, model, draw, threshold: inForce.threshold }));

  return inTransaction(ctx, async (ctx) => {
    const [pilot] = await ctx.db
      .insert(pilots)
      .values({
        ...{ weekOn, modelId, seed, pool, threshold: inForce.threshold },
        thresholdBasis: { ...inForce.basis },
        openedBy: actorName(ctx.actor),
        openedAt: ctx.now(),
      })
      .onConflictDoNothing()
      .returning({ pilotId: pilots.id });
    if (!pilot) throw drawnBefore();
    const { pilotId } = pilot;
    const kept = await ctx.db
      .insert(pilotLeads)
      .values(lists.map(({ lead }, i) => ({ ...lead, pilotId, place: i + 1 })))
      .onConflictDoNothing()
      .returning({ place: pilotLeads.place });
    if (kept.length < lists.length) throw drawnBefore();
    const cases = lists.flatMap((list, i) => list.cases.map((one) => ({ ...one, pilotId, place: i + 1 })));
    for (let from = 0; from < cases.length; from += BATCH)
      await ctx.db.insert(pilotCases).values(cases.slice(from, from + BATCH));
    await audit(ctx, "pilot:open", `pilot:${pilotId}`, { weekOn, modelId, seed, leads: drawn, cases: cases.length });
    return pilot;
  });
}

function drawnBefore(): AppError {
  return new AppError("conflict", {
    ru: "Для этой недели и этой модели лиды уже выбраны. Второй раз не выбирают: откройте ту проверку.",
    en: "Leads of this week were drawn for this model already. Nobody draws twice: open that pilot.",
  });
}

async function poolOf(ctx: Ctx, fromOn: string, toOn: string): Promise<string[]> {
  const earlier = ctx.db.select({ leadId: pilotLeads.leadId }).from(pilotLeads);
  const rows = await ctx.db
    .select({ id: leads.id })
    .from(leads)
    .where(and(gte(leads.createdOn, fromOn), lt(leads.createdOn, toOn), notInArray(leads.id, earlier)))
    .orderBy(asc(leads.id));
  if (rows.length >= PILOT_LEADS) return rows.map(({ id }) => id);
  throw new AppError(
    "invalid",
    {
      ru: `Нужно ${PILOT_LEADS} лидов, которых ещё не проверяли, а на этой неделе их ${rows.length}. Выберите другую неделю.`,
      en: `${PILOT_LEADS} leads that were in no pilot are needed, this week has ${rows.length}. Choose another week.`,
    },
    { place: "weekOn" },
  );
}

interface LeadList {
  lead: Omit<typeof pilotLeads.$inferInsert, "pilotId" | "place">;
  cases: Omit<typeof pilotCases.$inferInsert, "pilotId" | "place">[];
}

/** What the model keeps and removes of one lead's day, frozen. */
async function listOf(
  ctx: Ctx,
  {
    leadId,
    market,
    model,
    draw,
    threshold,
  }: {
    leadId: string;
    market: Market;
    model: RankingModel;
    draw: Draw;
    threshold: number;
  },
): Promise<LeadList> {
  const { createdOn: asOf, managerId } = await getLead(ctx, { leadId });
  const card = await getLead(ctx, { leadId }, asOf);
  const asOfDay = dayOfDate(asOf);
  const lead = leadFacts(leadId, asOfDay, card);
  const { timeline } = market;
  const suitabilities = await model.suitabilities(timeline, { lead, managerId, asOfDay });
  const drawn = draw.cases(suitabilities, threshold);
  const removed = drawn.filter(({ stratum }) => stratum === "removed").length;
  const candidates = candidatesOn(market, asOfDay);
  const scene = new Scene(timeline, lead, managerId, asOfDay);
  const placeOf = new Map(
    Array.from(scene.standing.free.premises, (index, at) => [timeline.premises[index]!.premisesId, at]),
  );
  const cases = drawn.map((one, position) => {
    const { score, broken } = handRuleScore(pairOf(scene, placeOf.get(one.premisesId)!));
    const facts = tellCandidate(candidates.get(one.premisesId)!);
    return { ...one, position, facts, broken: [...new Set(broken)], closeness: score };
  });
  const kept = suitabilities.size - removed;
  return { lead: { leadId, asOf, managerId, leadFacts: leadFactsToJson(lead), card, kept }, cases };
}
