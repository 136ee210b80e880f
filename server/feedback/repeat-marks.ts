import { randomUUID } from "node:crypto";
import { and, asc, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { z } from "zod";
import { auditLog } from "#/db/schema/audit.ts";
import { marks, markWithdrawals } from "#/db/schema/matching.ts";
import { actorName, type Ctx, inTransaction } from "../context.ts";
import { standingMarks } from "../matching/standing-marks.ts";
import { authorize } from "../permissions.ts";

export const repeatMarksInput = z.strictObject({ markIds: z.array(z.uuid()).min(1).max(5000) });

/** Rows of one INSERT: a mark has sixteen columns, Postgres takes 65,534 parameters at most. */
const BATCH = 1000;

/**
 * Takes withdrawals of one's own back: nothing is unsaid, each mark is said anew with the answer it was about. Marks that
 * stand, were replaced since, or are another's are passed over, so that doing it twice does no more than once.
 */
export async function repeatMarks(ctx: Ctx, input: z.infer<typeof repeatMarksInput>): Promise<{ repeated: number }> {
  authorize(ctx, "mark:create");
  const managerId = ctx.actor.kind === "user" ? ctx.actor.managerId : null;
  if (managerId === null) return { repeated: 0 };
  return inTransaction(ctx, async (ctx) => {
    // Two tabs that undo at once do it one after the other.
    await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`ostap:repeat-marks:${managerId}`}, 0))`);
    const withdrawn = await ctx.db
      .select({ mark: marks })
      .from(marks)
      .innerJoin(markWithdrawals, eq(markWithdrawals.markId, marks.id))
      .where(and(inArray(marks.id, input.markIds), eq(marks.managerId, managerId), isNotNull(markWithdrawals.markId)))
      .orderBy(asc(marks.createdAt), asc(marks.id));
    const standing = await standingMarks(ctx.db, eq(marks.managerId, managerId));
    const taken = new Set(standing.map(placeOf));
    // Of several on one premises for one lead the last is what was said.
    const wanted = new Map(withdrawn.map(({ mark }) => [placeOf(mark), mark]));
    const now = ctx.now();
    const fresh = [...wanted]
      .filter(([place]) => !taken.has(place))
      .map(([, mark]) => ({
        repeats: mark.id,
        row: { ...mark, id: randomUUID(), createdBy: actorName(ctx.actor), createdAt: now },
      }));
    for (let i = 0; i < fresh.length; i += BATCH) {
      const batch = fresh.slice(i, i + BATCH);
      await ctx.db.insert(marks).values(batch.map(({ row }) => row));
      await ctx.db.insert(auditLog).values(
        batch.map(({ repeats, row: { id, leadId, premisesId, mark, reason } }) => ({
          actor: actorName(ctx.actor),
          action: "mark:create",
          subject: `mark:${id}`,
          detail: { leadId, premisesId, mark, reason, managerId, repeats },
          at: now,
        })),
      );
    }
    return { repeated: fresh.length };
  });
}

function placeOf({ leadId, premisesId }: { leadId: string; premisesId: string }): string {
  return JSON.stringify([leadId, premisesId]);
}
