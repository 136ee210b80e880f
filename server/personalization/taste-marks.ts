import { inArray } from "drizzle-orm";
import { leads } from "#/db/schema/index.ts";
import type { LeadFacts } from "#/ml/facts.ts";
import type { TasteList, TasteMark } from "#/ml/personalize/taste-mark.ts";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk, dayOfDate } from "../days.ts";
import { leadFacts } from "../matching/facts-from-rows.ts";
import type { Market } from "../matching/market-timeline.ts";
import type { standingMarks } from "../matching/standing-marks.ts";
import type { ActiveModel } from "../models/active-model.ts";

/** What a taste is learned against: the same marks say something else of another model or market. */
export interface TasteGround {
  market: Market;
  active: ActiveModel;
}

export type StandingMark = Awaited<ReturnType<typeof standingMarks>>[number];

/** Lists kept in memory; beyond it the oldest are made again when they are asked for. */
const LISTS_MAX = 2000;

/** What the active model says of a marked day's list, made once: by market and model, then by lead and day. */
const lists = new WeakMap<object, WeakMap<object, Map<string, Promise<MarkedList>>>>();

interface MarkedList {
  list: TasteList;
  /** Where each premises stands in it. */
  indexOf: ReadonlyMap<string, number>;
}

/**
 * Standing marks as `ml/personalize` takes them: each with the list in which the manager found the mistake, judged anew by
 * the model that is active now. A mark on a premises that the records no longer call free on that day teaches nothing.
 */
export async function tasteMarks(
  ctx: Ctx,
  standing: readonly StandingMark[],
  ground: TasteGround,
): Promise<(TasteMark & Pick<StandingMark, "markId">)[]> {
  const facts = await factsOf(ctx, [...new Set(standing.map((mark) => mark.leadId))]);
  const found: (TasteMark & Pick<StandingMark, "markId">)[] = [];
  for (const mark of standing) {
    const lead = facts.get(mark.leadId);
    if (!lead) continue;
    const { list, indexOf } = await listOf(lead, mark, ground);
    const index = indexOf.get(mark.premisesId);
    if (index === undefined) continue;
    const saidDay = dayOfDate(dateInNovosibirsk(mark.createdAt));
    found.push({ markId: mark.markId, list, index, suitable: mark.mark === "wrongly_removed", saidDay });
  }
  return found;
}

function listOf(lead: LeadFacts, mark: StandingMark, { market, active }: TasteGround): Promise<MarkedList> {
  const byModel = lists.get(market) ?? new WeakMap<object, Map<string, Promise<MarkedList>>>();
  lists.set(market, byModel);
  const known = byModel.get(active.model) ?? new Map<string, Promise<MarkedList>>();
  byModel.set(active.model, known);
  const key = `${mark.leadId} ${mark.asOf} ${mark.managerId}`;
  const made = known.get(key) ?? makeList(lead, mark, { market, active });
  known.delete(key);
  known.set(key, made);
  for (const oldest of known.keys()) {
    if (known.size <= LISTS_MAX) break;
    known.delete(oldest);
  }
  made.catch(() => known.delete(key));
  return made;
}

async function makeList(lead: LeadFacts, mark: StandingMark, { market, active }: TasteGround): Promise<MarkedList> {
  const request = { lead, managerId: mark.managerId, asOfDay: dayOfDate(mark.asOf) };
  const { list, premisesIds } = await active.model.tasteList(market.timeline, { ...request, leadId: mark.leadId });
  return { list, indexOf: new Map(premisesIds.map((premisesId, index) => [premisesId, index])) };
}

async function factsOf(ctx: Ctx, leadIds: string[]): Promise<Map<string, LeadFacts>> {
  if (leadIds.length === 0) return new Map();
  const rows = await ctx.db.select().from(leads).where(inArray(leads.id, leadIds));
  return new Map(rows.map((row) => [row.id, leadFacts(row.id, dayOfDate(row.createdOn), row)]));
}
