import { asc, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { models, pilotCases, pilotLeads, pilotVerdicts } from "#/db/schema/index.ts";
import { actorName, type Ctx } from "../context.ts";
import type { LeadCard } from "../leads/get-lead.ts";
import { authorize } from "../permissions.ts";
import type { PilotVerdict } from "./count-verdict.ts";
import { findPilot, type pilotInput } from "./find-pilot.ts";
import { type Cumulative, withCumulative } from "./list-pilots.ts";
import { closedToAsker } from "./reviewer.ts";

export interface PilotLeadRow {
  place: number;
  leadId: string;
  brand: string | null;
  trades: string[];
  asOf: string;
  answered: number;
  total: number;
  /** Only when the pilot has ended. */
  lost: number | null;
  /** Why the asker may not answer; null: he may. */
  closedBy: "ownMarks" | "another" | null;
}

export interface Pilot {
  pilotId: string;
  status: "open" | "decided" | "abandoned";
  weekOn: string;
  modelId: number;
  /** The model's own last day, YYYY-MM-DD. A week before it was known to the model: it may look better than it is. */
  modelAsOf: string;
  seed: number;
  /** So many leads of the week were drawn from. */
  pool: number;
  threshold: number;
  thresholdBasis: Record<string, unknown>;
  abandonReason: string | null;
  leads: PilotLeadRow[];
  verdict: PilotVerdict | null;
  cumulative: Cumulative | null;
}

/** One pilot: what was drawn, how far the review is, and the verdict when there is one. */
export async function showPilot(ctx: Ctx, { pilotId }: z.infer<typeof pilotInput>): Promise<Pilot> {
  authorize(ctx, "pilot:read");
  const pilot = await findPilot(ctx, pilotId);
  const ended = pilot.status === "decided";
  const [model] = await ctx.db.select({ asOf: models.asOf }).from(models).where(eq(models.id, pilot.modelId));
  const counted = ctx.db
    .select({
      place: pilotCases.place,
      total: sql<number>`count(*)::int`.as("total"),
      answered: sql<number>`count(${pilotCases.answer})::int`.as("answered"),
      lost: sql<number>`(count(*) filter (where ${pilotCases.stratum} = 'removed' and ${pilotCases.answer} = 'suitable'))::int`.as(
        "lost",
      ),
    })
    .from(pilotCases)
    .where(eq(pilotCases.pilotId, pilotId))
    .groupBy(pilotCases.place)
    .as("counted");
  const leads = await ctx.db
    .select({
      place: pilotLeads.place,
      leadId: pilotLeads.leadId,
      card: pilotLeads.card,
      asOf: pilotLeads.asOf,
      reviewer: pilotLeads.reviewer,
      ownMarks: closedToAsker(ctx),
      total: sql<number>`coalesce(${counted.total}, 0)`,
      answered: sql<number>`coalesce(${counted.answered}, 0)`,
      lost: sql<number>`coalesce(${counted.lost}, 0)`,
    })
    .from(pilotLeads)
    .leftJoin(counted, eq(counted.place, pilotLeads.place))
    .where(eq(pilotLeads.pilotId, pilotId))
    .orderBy(asc(pilotLeads.place));
  const [verdict] = await ctx.db.select().from(pilotVerdicts).where(eq(pilotVerdicts.pilotId, pilotId));
  const cumulative = withCumulative(ctx);
  const [sofar] = await ctx.db.select().from(cumulative).where(eq(cumulative.pilotId, pilotId));
  const { status, weekOn, modelId, seed, pool, threshold, thresholdBasis, abandonReason } = pilot;
  return {
    ...{ pilotId, status, weekOn, modelId, seed, threshold, thresholdBasis, abandonReason },
    modelAsOf: model!.asOf,
    pool: pool.length,
    leads: leads.map(({ card, reviewer, ownMarks, lost, ...row }) => {
      const { brand, trades } = card as LeadCard;
      const another = reviewer !== null && reviewer !== actorName(ctx.actor);
      return {
        ...row,
        brand,
        trades,
        lost: ended ? lost : null,
        closedBy: ownMarks ? "ownMarks" : another ? "another" : null,
      };
    }),
    verdict: verdict ?? null,
    cumulative: sofar ?? null,
  };
}
