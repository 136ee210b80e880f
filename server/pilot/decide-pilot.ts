import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { pilotLeads, pilots } from "#/db/schema/index.ts";
import { audit } from "../audit.ts";
import { actorName, type Ctx, inTransaction } from "../context.ts";
import { AppError } from "../errors.ts";
import { readActiveAlias } from "../models/active-alias.ts";
import { type Recalibration, recalibrateThreshold } from "../models/recalibrate-threshold.ts";
import { authorize } from "../permissions.ts";
import { countVerdict, type PilotVerdict } from "./count-verdict.ts";
import { assertOpen, findPilot, type pilotInput } from "./find-pilot.ts";

export interface Decided {
  verdict: PilotVerdict;
  /** What the reviews made of the thresholds of this model and of the active one; null: it failed, and the log says why. */
  recalibrations: Recalibration[] | null;
}

/**
 * Ends a pilot by its verdict, which is counted in SQL and never changes. Refuses with `conflict` while a premises has no
 * answer, and once it has ended; with `invalid` where a reviewer marked his lead meanwhile. The reviews then move the thresholds
 * at once.
 */
export async function decidePilot(ctx: Ctx, { pilotId }: z.infer<typeof pilotInput>): Promise<Decided> {
  authorize(ctx, "pilot:decide");
  const pilot = await findPilot(ctx, pilotId);
  const verdict = await inTransaction(ctx, async (ctx) => {
    const [held] = await ctx.db.select().from(pilots).where(eq(pilots.id, pilotId)).for("update");
    assertOpen(held!);
    await assertAllAnswered(ctx, pilotId);
    await assertNoOwnMarks(ctx, pilotId);
    const verdict = await countVerdict(ctx, pilotId);
    await ctx.db
      .update(pilots)
      .set({ status: "decided", endedBy: actorName(ctx.actor), endedAt: ctx.now() })
      .where(eq(pilots.id, pilotId));
    await audit(ctx, "pilot:decide", `pilot:${pilotId}`, { ...verdict });
    return verdict;
  });
  return { verdict, recalibrations: await recalibrate(ctx, pilot.modelId) };
}

/** The verdict stands whatever becomes of this: the next one recalibrates from all reviews again. */
async function recalibrate(ctx: Ctx, modelId: number): Promise<Recalibration[] | null> {
  try {
    const active = await readActiveAlias(ctx);
    const done: Recalibration[] = [];
    for (const id of new Set([modelId, ...(active ? [active.modelId] : [])]))
      done.push(await recalibrateThreshold(ctx, { modelId: id }));
    return done;
  } catch (error) {
    ctx.log.error({ err: error, modelId }, "the reviews of a pilot did not reach the threshold");
    return null;
  }
}

async function assertAllAnswered(ctx: Ctx, pilotId: string): Promise<void> {
  const [row] = await ctx.db.execute<{ open: number }>(
    sql`select count(*)::int as open from pilot_cases where pilot_id = ${pilotId} and answer is null`,
  );
  if (row!.open === 0) return;
  throw new AppError("conflict", {
    ru: `Ответа ещё ждут ${row!.open} помещений. Вердикт считается по всем.`,
    en: `${row!.open} premises have no answer yet. The verdict counts all of them.`,
  });
}

/** A mark that came after the answers taints them as much. */
async function assertNoOwnMarks(ctx: Ctx, pilotId: string): Promise<void> {
  const rows = await ctx.db.execute<{ place: number }>(sql`
    select place from ${pilotLeads} where ${pilotLeads.pilotId} = ${pilotId} and exists (
      select from marks m
      where m.lead_id = ${pilotLeads.leadId} and (m.created_by = ${pilotLeads.reviewer}
        or m.manager_id = (select r.manager_id from users r where 'user:' || r.id = ${pilotLeads.reviewer})))
    order by place`);
  if (rows.length === 0) return;
  const places = rows.map(({ place }) => place).join(", ");
  throw new AppError("invalid", {
    ru: `Проверявший сам ставил отметки на лиды ${places}. Вердикта по ним нет: прекратите проверку и возьмите другую неделю.`,
    en: `The reviewer marked leads ${places} himself. They give no verdict: abandon the pilot and take another week.`,
  });
}
