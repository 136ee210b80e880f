import { randomUUID } from "node:crypto";
import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { managers } from "#/db/schema/managers.ts";
import { markKind, markReason, marks, matchRuns } from "#/db/schema/matching.ts";
import { premises } from "#/db/schema/premises.ts";
import { audit } from "../audit.ts";
import { actorName, type Ctx, inTransaction } from "../context.ts";
import { dateInNovosibirsk } from "../days.ts";
import { AppError } from "../errors.ts";
import { crmId } from "../leads/get-lead.ts";
import { once } from "../once.ts";
import { authorize } from "../permissions.ts";
import { inOrder, type MarkRow } from "./mark-row.ts";
import { countMarks, speakerOn } from "./speaker.ts";

export const markMistakeInput = z.strictObject({
  leadId: crmId,
  premisesId: crmId,
  mark: z.enum(markKind.enumValues),
  reason: z.enum(markReason.enumValues).nullish(),
  note: z.string().trim().max(2000).nullish(),
  /** The answer the manager had before him; without it the latest for this lead and manager. */
  runId: z.uuid().nullish(),
  /** Made by the client, one a deed: a repetition with the same key and content does nothing new. */
  idempotencyKey: z.string().min(1).max(200),
});

export type MarkMistakeInput = z.infer<typeof markMistakeInput>;

/**
 * A manager says that a verdict was a mistake. Appends, never changes: of several marks on one premises for one lead the
 * latest counts. A manager speaks for himself and on leads that are his or nobody's; an administrator for the lead's manager;
 * another system for the manager it names.
 */
export async function markMistake(
  ctx: Ctx,
  input: MarkMistakeInput & { managerId?: string | undefined },
): Promise<{ mark: MarkRow; isNew: boolean }> {
  authorize(ctx, "mark:create");
  const managerId = await speakerOn(ctx, input);

  return inTransaction(ctx, async (ctx) => {
    await assertKnown(ctx, managerId, input.premisesId);
    const now = ctx.now();
    const { idempotencyKey: key, ...body } = input;
    const fresh = { markId: randomUUID(), ...pick(input), managerId, createdAt: now.toISOString() };
    const { answer, isNew } = await once(
      ctx,
      { verb: "mark:create", key, body: { ...body, managerId } },
      fresh,
      async () => {
        // Counted here, so that a repetition costs nothing and what is refused is not counted.
        await countMarks(ctx, managerId, 1);
        const run = await runBehind(ctx, input, managerId);
        await ctx.db.insert(marks).values({
          id: fresh.markId,
          ...pick(input),
          managerId,
          note: input.note || null,
          runId: run?.runId ?? null,
          modelId: run?.modelId ?? null,
          suitability: run?.suitability ?? null,
          threshold: run?.threshold ?? null,
          asOf: run?.asOf ?? dateInNovosibirsk(now),
          createdBy: actorName(ctx.actor),
          createdAt: now,
        });
        await audit(ctx, "mark:create", `mark:${fresh.markId}`, { ...pick(input), managerId });
      },
    );
    return { mark: inOrder(answer), isNew };
  });
}

function pick({ leadId, premisesId, mark, reason = null }: MarkMistakeInput) {
  return { leadId, premisesId, mark, reason };
}

async function assertKnown(ctx: Ctx, managerId: string, premisesId: string): Promise<void> {
  const [found] = await ctx.db
    .select({
      manager: sql<boolean>`exists (select from ${managers} where ${managers.id} = ${managerId})`,
      premises: sql<boolean>`exists (select from ${premises} where ${premises.id} = ${premisesId})`,
    })
    .from(sql`(select 1) as one`);
  if (!found?.premises)
    throw new AppError(
      "not_found",
      { ru: `Помещения ${premisesId} нет.`, en: `There is no premises ${premisesId}.` },
      { place: "premisesId" },
    );
  if (!found.manager)
    throw new AppError(
      "not_found",
      { ru: `Менеджера ${managerId} нет.`, en: `There is no manager ${managerId}.` },
      { place: "managerId" },
    );
}

/** The answer the mark is about: what it said of this premises, by which model. None: it was never asked, or of other premises. */
async function runBehind(ctx: Ctx, { leadId, premisesId, runId }: MarkMistakeInput, managerId: string) {
  const at = sql`array_position(${matchRuns.premisesIds}, ${premisesId})`;
  const which: SQL | undefined = runId ? eq(matchRuns.id, runId) : eq(matchRuns.managerId, managerId);
  const [run] = await ctx.db
    .select({
      runId: matchRuns.id,
      modelId: matchRuns.modelId,
      threshold: matchRuns.threshold,
      asOf: matchRuns.asOf,
      suitability: sql<number>`${matchRuns.suitabilities}[${at}]`,
    })
    .from(matchRuns)
    .where(and(eq(matchRuns.leadId, leadId), which, sql`${premisesId} = any(${matchRuns.premisesIds})`))
    .orderBy(desc(matchRuns.createdAt))
    .limit(1);
  if (runId && !run)
    throw new AppError(
      "invalid",
      {
        ru: "В этом подборе нет такого помещения для этого лида.",
        en: "That match run has no such premises for this lead.",
      },
      { place: "runId" },
    );
  return run;
}
