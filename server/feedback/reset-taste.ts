import { and, asc, eq, isNull } from "drizzle-orm";
import { auditLog } from "#/db/schema/audit.ts";
import { marks, markWithdrawals } from "#/db/schema/matching.ts";
import { actorName, type Ctx, inTransaction } from "../context.ts";
import { authorize } from "../permissions.ts";

/** Rows of one INSERT: Postgres takes 65,534 parameters at most. */
const BATCH = 5000;

/**
 * Forgets one's own taste: every mark of one's own that was not withdrawn is, each by an event of its own. Answers with the
 * marks that were taken back, oldest first, so that they can be repeated.
 */
export async function resetTaste(ctx: Ctx): Promise<{ markIds: string[] }> {
  authorize(ctx, "mark:withdraw");
  const managerId = ctx.actor.kind === "user" ? ctx.actor.managerId : null;
  if (managerId === null) return { markIds: [] };
  return inTransaction(ctx, async (ctx) => {
    const open = await ctx.db
      .select({ markId: marks.id })
      .from(marks)
      .leftJoin(markWithdrawals, eq(markWithdrawals.markId, marks.id))
      .where(and(eq(marks.managerId, managerId), isNull(markWithdrawals.markId)))
      .orderBy(asc(marks.createdAt), asc(marks.id));
    const markIds: string[] = [];
    for (let i = 0; i < open.length; i += BATCH) {
      const taken = await ctx.db
        .insert(markWithdrawals)
        .values(
          open.slice(i, i + BATCH).map(({ markId }) => ({
            ...{ markId, withdrawnBy: actorName(ctx.actor), withdrawnAt: ctx.now() },
          })),
        )
        // Another tab was faster with some of them: those are its own.
        .onConflictDoNothing()
        .returning({ markId: markWithdrawals.markId });
      const fresh = new Set(taken.map(({ markId }) => markId));
      markIds.push(...open.slice(i, i + BATCH).flatMap(({ markId }) => (fresh.has(markId) ? [markId] : [])));
      if (taken.length === 0) continue;
      await ctx.db.insert(auditLog).values(
        taken.map(({ markId }) => ({
          actor: actorName(ctx.actor),
          action: "mark:withdraw",
          subject: `mark:${markId}`,
          detail: { because: "reset" },
          at: ctx.now(),
        })),
      );
    }
    return { markIds };
  });
}
