import { and, desc, isNotNull, isNull } from "drizzle-orm";
import { type FieldWorth, fillings } from "#/db/schema/index.ts";
import type { Ctx } from "../../context.ts";
import { isServed } from "../../jobs/is-served.ts";
import { authorize } from "../../permissions.ts";

export interface ShownFilling {
  /** The latest that came to its end; null: there is none. */
  latest: {
    fillingId: number;
    finishedAt: Date;
    /** YYYY-MM-DD: whose free premises were judged. */
    asOf: string;
    /** null: the hand rules judged. */
    modelId: number | null;
    seed: number;
    premises: number;
    worths: FieldWorth[];
  } | null;
  /** One waits or runs. */
  isUnderWay: boolean;
  /** The last one came to nothing, and no other has been asked for since. */
  failed: boolean;
  /** A worker is there that would take it. */
  isServed: boolean;
}

/** What filled fields change, as last measured. */
export async function showFilling(ctx: Ctx): Promise<ShownFilling> {
  authorize(ctx, "report:read");
  const [[done], [last], served] = await Promise.all([
    ctx.db
      .select()
      .from(fillings)
      .where(and(isNotNull(fillings.finishedAt), isNull(fillings.failure)))
      .orderBy(desc(fillings.id))
      .limit(1),
    ctx.db.select().from(fillings).orderBy(desc(fillings.id)).limit(1),
    isServed(ctx),
  ]);
  return {
    latest: done
      ? {
          fillingId: done.id,
          finishedAt: done.finishedAt!,
          asOf: done.asOf!,
          modelId: done.modelId,
          seed: done.seed,
          premises: done.premises!,
          worths: done.worths!,
        }
      : null,
    isUnderWay: last !== undefined && last.finishedAt === null,
    failed: last?.failure != null,
    isServed: served,
  };
}
