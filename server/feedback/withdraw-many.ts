import { inArray } from "drizzle-orm";
import { z } from "zod";
import { marks, markWithdrawals } from "#/db/schema/matching.ts";
import { audit } from "../audit.ts";
import { actorName, type Ctx, inTransaction } from "../context.ts";
import { authorize } from "../permissions.ts";
import { MARKS_MAX } from "./mark-many.ts";
import { speaksFor } from "./speaker.ts";

export const withdrawManyInput = z.strictObject({ markIds: z.array(z.uuid()).min(1).max(MARKS_MAX) });

/**
 * Takes several marks back in one transaction, each by an event of its own. Doing it again changes nothing. Answers for each
 * whether it is withdrawn now; false: there is no such mark, or it is another's.
 */
export async function withdrawMany(
  ctx: Ctx,
  { markIds }: z.infer<typeof withdrawManyInput>,
): Promise<{ markId: string; withdrawn: boolean }[]> {
  authorize(ctx, "mark:withdraw");
  return inTransaction(ctx, async (ctx) => {
    const found = await ctx.db
      .select({ id: marks.id, managerId: marks.managerId })
      .from(marks)
      .where(inArray(marks.id, markIds));
    const own = new Set(found.filter(({ managerId }) => speaksFor(ctx, managerId)).map(({ id }) => id));
    if (own.size > 0) {
      const fresh = await ctx.db
        .insert(markWithdrawals)
        .values([...own].map((markId) => ({ markId, withdrawnBy: actorName(ctx.actor), withdrawnAt: ctx.now() })))
        .onConflictDoNothing()
        .returning({ markId: markWithdrawals.markId });
      for (const { markId } of fresh) await audit(ctx, "mark:withdraw", `mark:${markId}`);
    }
    return markIds.map((markId) => ({ markId, withdrawn: own.has(markId) }));
  });
}
