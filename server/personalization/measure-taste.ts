import { and, desc, eq, isNotNull, isNull, or, sql } from "drizzle-orm";
import { leads, matchRuns } from "#/db/schema/index.ts";
import { movedByTaste } from "#/ml/personalize/moved-by-taste.ts";
import type { Ctx } from "../context.ts";
import { dayOfDate } from "../days.ts";
import { leadFactsFromJson } from "../matching/facts-from-rows.ts";
import { openMarket } from "../matching/market-timeline.ts";
import { activeModel } from "../models/active-model.ts";
import { authorize } from "../permissions.ts";
import { managerTaste } from "./manager-taste.ts";

/** A verdict that one's own marks turned. */
interface TurnedVerdict {
  leadId: string;
  brand: string | null;
  premisesId: string;
  premisesName: string;
  asOf: string;
  /** How it stands with the taste; without it, it is the other. */
  decision: "keep" | "remove";
}

export interface TasteEffect {
  /** `no-boards`: there is a taste, and no board yet to measure it on. */
  state: "measured" | "no-taste" | "no-boards";
  /** Marks behind the taste. */
  marks: number;
  /** Latest boards, one a lead, that were judged twice. */
  boards: number;
  /** Of them, those on which at least one verdict turned. */
  changedBoards: number;
  rescued: number;
  removed: number;
  /** The first few, newest boards first. */
  examples: TurnedVerdict[];
}

const boardsMax = 20;
/** Premises judged in one measurement: about two seconds. Where ten thousand are free, fewer boards are measured. */
const judgedMax = 60_000;
const examplesMax = 8;
/** Of one board at most so many: eight of the same lead would show less. */
const examplesPerBoard = 2;

/**
 * What one's own marks changed, measured: his latest boards as they were asked for, judged by the active model with his
 * taste of now and without any.
 */
export async function measureTaste(ctx: Ctx): Promise<TasteEffect> {
  authorize(ctx, "account:keep");
  const managerId = ctx.actor.kind === "user" ? ctx.actor.managerId : null;
  const effect: TasteEffect = {
    ...{ state: "no-taste", marks: 0, boards: 0, changedBoards: 0, rescued: 0, removed: 0, examples: [] },
  };
  if (managerId === null) return effect;
  const [market, active] = await Promise.all([openMarket(ctx), activeModel(ctx)]);
  const taste = active && (await managerTaste(ctx, managerId, { market, active }));
  if (!active || !taste) return effect;
  effect.marks = taste.marks;
  effect.state = "no-boards";
  let judged = 0;
  for (const board of await latestBoards(ctx, managerId)) {
    const { list, premisesIds } = await active.model.tasteList(market.timeline, {
      leadId: board.leadId,
      lead: leadFactsFromJson(board.leadFacts),
      managerId,
      asOfDay: dayOfDate(board.asOf),
    });
    const { rescued, removed } = movedByTaste(list, taste);
    effect.state = "measured";
    effect.boards += 1;
    effect.changedBoards += Number(rescued.length + removed.length > 0);
    effect.rescued += rescued.length;
    effect.removed += removed.length;
    const turned = [...rescued.map((at) => ["keep", at] as const), ...removed.map((at) => ["remove", at] as const)];
    for (const [decision, at] of turned.slice(0, Math.min(examplesPerBoard, examplesMax - effect.examples.length))) {
      const premisesId = premisesIds[at]!;
      const premisesName = market.names.get(premisesId)?.name ?? premisesId;
      const { leadId, brand, asOf } = board;
      effect.examples.push({ leadId, brand, premisesId, premisesName, asOf, decision });
    }
    judged += premisesIds.length;
    if (judged >= judgedMax) break;
  }
  return effect;
}

/** The latest board of each lead that is still the manager's or nobody's; replays of past days do not count. */
function latestBoards(ctx: Ctx, managerId: string) {
  const latest = ctx.db
    .selectDistinctOn([matchRuns.leadId], {
      leadId: leads.id,
      brand: leads.brand,
      leadFacts: matchRuns.leadFacts,
      asOf: matchRuns.asOf,
      createdAt: matchRuns.createdAt,
    })
    .from(recentRuns(ctx, managerId))
    .innerJoin(matchRuns, sql`${matchRuns.id} = recent.id`)
    .innerJoin(leads, eq(leads.id, matchRuns.leadId))
    .where(or(eq(leads.managerId, managerId), isNull(leads.managerId)))
    .orderBy(matchRuns.leadId, desc(matchRuns.createdAt))
    .as("latest");
  return ctx.db.select().from(latest).orderBy(desc(latest.createdAt)).limit(boardsMax);
}

/** So many of the latest runs are looked through: a board is opened again and again in a day. */
const runsMax = 400;

function recentRuns(ctx: Ctx, managerId: string) {
  return ctx.db
    .select({ id: matchRuns.id })
    .from(matchRuns)
    .where(
      and(
        eq(matchRuns.managerId, managerId),
        isNotNull(matchRuns.leadId),
        sql`${matchRuns.asOf} = (${matchRuns.createdAt} at time zone 'Asia/Novosibirsk')::date`,
      ),
    )
    .orderBy(desc(matchRuns.createdAt))
    .limit(runsMax)
    .as("recent");
}
