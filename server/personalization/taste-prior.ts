import { asc, sql } from "drizzle-orm";
import { marks } from "#/db/schema/index.ts";
import { defaultTastePrior, learnPrior, type TastePrior } from "#/ml/personalize/learn-taste.ts";
import type { Ctx } from "../context.ts";
import { standingMarks } from "../matching/standing-marks.ts";
import { type StandingMark, type TasteGround, tasteMarks } from "./taste-marks.ts";

/** The prior is learned anew each time the marks have grown by half: sooner it would hardly move. */
const FIRST_STEP = 40;
const GROWTH = 1.5;
/** Of each manager the latest so many marked lists teach it: he counts once, however much he marked. */
const LISTS_PER_MANAGER = 12;

const learned = new WeakMap<object, WeakMap<object, Map<number, Promise<TastePrior>>>>();

/**
 * How widely managers differ, as it was known at a moment: from the first so many marks ever made that had been made by
 * then, in steps, and as they stood at the last of them. Marks of other managers after that moment have no say.
 */
export async function tastePrior(ctx: Ctx, at: Date, ground: TasteGround): Promise<TastePrior> {
  const [row] = await ctx.db
    .select({ made: sql<number>`count(*)::int` })
    .from(marks)
    .where(sql`${marks.createdAt} <= ${at.toISOString()}`);
  const step = stepBelow(row!.made);
  if (step === 0) return defaultTastePrior;
  const byModel = learned.get(ground.market) ?? new WeakMap<object, Map<number, Promise<TastePrior>>>();
  learned.set(ground.market, byModel);
  const known = byModel.get(ground.active.model) ?? new Map<number, Promise<TastePrior>>();
  byModel.set(ground.active.model, known);
  const prior = known.get(step) ?? learn(ctx, step, ground);
  known.set(step, prior);
  prior.catch(() => known.delete(step));
  return prior;
}

/** The largest step that so many marks have reached; 0 below the first. */
export function stepBelow(made: number): number {
  let step = 0;
  for (let next = FIRST_STEP; next <= made; next = Math.ceil(next * GROWTH)) step = next;
  return step;
}

async function learn(ctx: Ctx, step: number, ground: TasteGround): Promise<TastePrior> {
  const [last] = await ctx.db
    .select({ at: marks.createdAt })
    .from(marks)
    .orderBy(asc(marks.createdAt), asc(marks.id))
    .offset(step - 1)
    .limit(1);
  const standing = await standingMarks(ctx.db, undefined, last!.at);
  const byManager = new Map<string, Awaited<ReturnType<typeof tasteMarks>>>();
  for (const [managerId, own] of Map.groupBy(standing, (mark) => mark.managerId))
    byManager.set(managerId, await tasteMarks(ctx, latestLists(own), ground));
  return learnPrior(byManager);
}

/** The marks on the latest lists of a manager, given oldest first. */
function latestLists(own: readonly StandingMark[]): StandingMark[] {
  const byList = Map.groupBy(own, (mark) => `${mark.leadId} ${mark.asOf}`);
  return [...byList.values()].slice(-LISTS_PER_MANAGER).flat();
}
