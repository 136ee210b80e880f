import { eq } from "drizzle-orm";
import { z } from "zod";
import { marks, markWithdrawals } from "#/db/schema/matching.ts";
import { audit } from "../audit.ts";
import { actorName, type Ctx, inTransaction } from "../context.ts";
import { AppError, invariant } from "../errors.ts";
import { authorize } from "../permissions.ts";
import { asMarkRow, type MarkRow } from "./mark-row.ts";
import { speaksFor } from "./speaker.ts";

export const withdrawMarkInput = z.strictObject({ markId: z.uuid() });

/** Takes a mark back by an event of its own. Doing it again changes nothing and answers with the first withdrawal's time. */
export async function withdrawMark(
  ctx: Ctx,
  { markId }: z.infer<typeof withdrawMarkInput>,
): Promise<MarkRow & { withdrawnAt: Date }> {
  authorize(ctx, "mark:withdraw");
  return inTransaction(ctx, async (ctx) => {
    const [mark] = await ctx.db.select().from(marks).where(eq(marks.id, markId));
    if (!mark || !speaksFor(ctx, mark.managerId)) throw noSuchMark(markId);
    const [fresh] = await ctx.db
      .insert(markWithdrawals)
      .values({ markId, withdrawnBy: actorName(ctx.actor), withdrawnAt: ctx.now() })
      .onConflictDoNothing()
      .returning();
    if (fresh) await audit(ctx, "mark:withdraw", `mark:${markId}`);
    const [kept] = fresh
      ? [fresh]
      : await ctx.db.select().from(markWithdrawals).where(eq(markWithdrawals.markId, markId));
    invariant(kept, "a withdrawal that conflicts is there");
    return { ...asMarkRow(mark), withdrawnAt: kept.withdrawnAt };
  });
}

function noSuchMark(markId: string): AppError {
  return new AppError(
    "not_found",
    { ru: `Отметки ${markId} нет, или она не ваша.`, en: `There is no mark ${markId}, or it is not yours.` },
    { place: "markId" },
  );
}
