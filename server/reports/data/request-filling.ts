import { and, gt, isNull, sql } from "drizzle-orm";
import { fillings } from "#/db/schema/index.ts";
import { audit } from "../../audit.ts";
import { actorName, type Ctx, inTransaction } from "../../context.ts";
import { enqueue } from "../../jobs/queue.ts";
import { authorize } from "../../permissions.ts";

/** A measurement that is older and not finished has died with its worker. */
const DEAD_AFTER_MINUTES = 30;

/** Asks for a measurement of what filled fields change. One that waits or runs already is the answer to whoever asks too. */
export async function requestFilling(ctx: Ctx): Promise<{ fillingId: number }> {
  authorize(ctx, "filling:measure");
  return inTransaction(ctx, async (ctx) => {
    await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended('ostap:filling', 0))`);
    const alive = new Date(ctx.now().getTime() - DEAD_AFTER_MINUTES * 60_000);
    const [underWay] = await ctx.db
      .select({ fillingId: fillings.id })
      .from(fillings)
      .where(and(isNull(fillings.finishedAt), gt(fillings.requestedAt, alive)));
    if (underWay) return underWay;
    await ctx.db
      .update(fillings)
      .set({ finishedAt: ctx.now(), failure: "The worker that measured has died." })
      .where(isNull(fillings.finishedAt));
    const [row] = await ctx.db
      .insert(fillings)
      // A sample of its own each time: what holds again was no accident.
      .values({ requestedBy: actorName(ctx.actor), requestedAt: ctx.now(), seed: sql`(random() * 2000000000)::int` })
      .returning({ fillingId: fillings.id });
    await audit(ctx, "filling:measure", `filling:${row!.fillingId}`);
    await enqueue(ctx, "measure-filling", row!);
    return row!;
  });
}
