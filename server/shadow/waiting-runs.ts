import { and, asc, eq, gt, gte, lte, notExists, sql } from "drizzle-orm";
import { matchRuns, shadowRuns } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import type { RunningShadow } from "./running-shadow.ts";

type Shadow = Pick<RunningShadow, "shadowId" | "startedAt"> & { endedAt?: Date | null };

/** A run is written with the time of its request; one that was slow may come after others that are settled. */
const lateBy = sql`interval '1 minute'`;

/**
 * Requests of their own day since the shadow began that have no row in it yet: the log of runs is the queue. A look into the
 * past is no live request. Only what is newer than all that is settled is looked through, however long the shadow runs. Of one that is over: those whose turn
 * never came.
 */
function isWaiting(ctx: Ctx, { shadowId, startedAt, endedAt }: Shadow) {
  const settled = ctx.db
    .select({ at: sql`max(${shadowRuns.askedAt}) - ${lateBy}` })
    .from(shadowRuns)
    .where(eq(shadowRuns.shadowId, shadowId));
  return and(
    gte(matchRuns.createdAt, startedAt),
    endedAt ? lte(matchRuns.createdAt, endedAt) : undefined,
    gt(matchRuns.createdAt, sql`coalesce((${settled}), '-infinity'::timestamptz)`),
    sql`${matchRuns.asOf} = (${matchRuns.createdAt} at time zone 'Asia/Novosibirsk')::date`,
    notExists(
      ctx.db
        .select({ one: sql`1` })
        .from(shadowRuns)
        .where(and(eq(shadowRuns.shadowId, shadowId), eq(shadowRuns.runId, matchRuns.id))),
    ),
  );
}

export async function countWaiting(ctx: Ctx, shadow: Shadow): Promise<number> {
  const [row] = await ctx.db.select({ n: sql<number>`count(*)::int` }).from(matchRuns).where(isWaiting(ctx, shadow));
  return row!.n;
}

/** The oldest first, with all that the candidate needs to answer the same question. */
export function waiting(ctx: Ctx, shadow: Shadow, limit: number) {
  return ctx.db
    .select()
    .from(matchRuns)
    .where(isWaiting(ctx, shadow))
    .orderBy(asc(matchRuns.createdAt), asc(matchRuns.id))
    .limit(limit);
}

/** The oldest so many, without their lists. */
export function overflowing(ctx: Ctx, shadow: Shadow, count: number) {
  const { id, leadId, createdAt, leadFacts } = matchRuns;
  return ctx.db
    .select({ id, leadId, createdAt, leadFacts })
    .from(matchRuns)
    .where(isWaiting(ctx, shadow))
    .orderBy(asc(createdAt), asc(id))
    .limit(count);
}
