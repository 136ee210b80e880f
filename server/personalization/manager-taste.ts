import { eq, sql } from "drizzle-orm";
import { marks, markWithdrawals } from "#/db/schema/index.ts";
import { learnTaste } from "#/ml/personalize/learn-taste.ts";
import type { ManagerTaste } from "#/ml/ranked.ts";
import type { Ctx } from "../context.ts";
import { standingMarks } from "../matching/standing-marks.ts";
import { type TasteGround, tasteMarks } from "./taste-marks.ts";
import { tastePrior } from "./taste-prior.ts";

interface Learned {
  /** Which marks and withdrawals it was learned from. */
  stamp: string;
  ground: TasteGround;
  taste: Promise<ManagerTaste | null>;
}

declare global {
  // Next loads a module once per bundle; what is learned once per process must live here. Keyed by the pool.
  var ostapTastes: WeakMap<Ctx["sql"], Map<string, Learned>> | undefined;
}

/**
 * A manager's taste by all his standing marks, whatever day they looked at; null while he has none. A mark or its
 * withdrawal acts on his next list at once and on nobody else's: how widely managers differ is taken as it was known at
 * his own latest deed, so that only what he does himself moves his list.
 */
export async function managerTaste(ctx: Ctx, managerId: string, ground: TasteGround): Promise<ManagerTaste | null> {
  const { stamp, latest } = await latestDeed(ctx, managerId);
  if (latest === null) return null;
  globalThis.ostapTastes ??= new WeakMap();
  const tastes = globalThis.ostapTastes.get(ctx.sql) ?? new Map<string, Learned>();
  globalThis.ostapTastes.set(ctx.sql, tastes);
  const known = tastes.get(managerId);
  if (
    known?.stamp === stamp &&
    known.ground.market === ground.market &&
    known.ground.active.model === ground.active.model
  )
    return known.taste;
  const learned: Learned = { stamp, ground, taste: learn(ctx, managerId, latest, ground) };
  tastes.set(managerId, learned);
  learned.taste.catch(() => {
    if (tastes.get(managerId) === learned) tastes.delete(managerId);
  });
  return learned.taste;
}

async function learn(ctx: Ctx, managerId: string, latest: Date, ground: TasteGround): Promise<ManagerTaste | null> {
  const standing = await standingMarks(ctx.db, eq(marks.managerId, managerId));
  const own = await tasteMarks(ctx, standing, ground);
  return own.length === 0 ? null : learnTaste(own, await tastePrior(ctx, latest, ground));
}

/** When the manager last marked or withdrew, and a stamp that any such deed changes. */
export async function latestDeed(ctx: Ctx, managerId: string): Promise<{ stamp: string; latest: Date | null }> {
  const [row] = await ctx.db
    .select({
      marked: sql<number>`count(*)::int`,
      withdrawn: sql<number>`count(${markWithdrawals.markId})::int`,
      latest: sql<Date | null>`max(greatest(${marks.createdAt}, ${markWithdrawals.withdrawnAt}))`.mapWith(
        marks.createdAt,
      ),
    })
    .from(marks)
    .leftJoin(markWithdrawals, eq(markWithdrawals.markId, marks.id))
    .where(eq(marks.managerId, managerId));
  const { marked, withdrawn, latest } = row!;
  return { stamp: `${marked}-${withdrawn}`, latest };
}
