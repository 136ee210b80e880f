import { randomUUID } from "node:crypto";
import { and, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { markKind, markReason, marks, matchRuns } from "#/db/schema/matching.ts";
import { premises } from "#/db/schema/premises.ts";
import { audit } from "../audit.ts";
import { actorName, type Ctx, inTransaction } from "../context.ts";
import { dateInNovosibirsk } from "../days.ts";
import { AppError } from "../errors.ts";
import { crmId } from "../leads/get-lead.ts";
import { once } from "../once.ts";
import { authorize } from "../permissions.ts";
import { countMarks, speakerOn } from "./speaker.ts";

/** Most marks of one deed: a person sees what he marks. */
export const MARKS_MAX = 500;

export const markManyInput = z.strictObject({
  leadId: crmId,
  /** The board that the person had before him; without it the marks stand alone, on today's market. */
  runId: z.uuid().nullish(),
  marks: z
    .array(z.strictObject({ premisesId: crmId, mark: z.enum(markKind.enumValues) }))
    .min(1)
    .max(MARKS_MAX)
    .refine((list) => new Set(list.map((one) => one.premisesId)).size === list.length, "names a premises twice"),
  /** One for all of them. */
  reason: z.enum(markReason.enumValues).nullish(),
  /** Made by the client, one a deed: a repetition with the same key and content does nothing new. */
  idempotencyKey: z.uuid(),
});

/** What became of one mark: its id, or why it was not taken. `unknown`: no such premises; `not_judged`: not on that board. */
export type MarkOutcome =
  | { premisesId: string; markId: string; refused: null }
  | { premisesId: string; markId: null; refused: "unknown" | "not_judged" };

/**
 * Several verdicts of one board were mistakes: one deed, one transaction, one key, and for each premises an outcome of its
 * own. Who may, and in whose name, is as with a single mark.
 */
export async function markMany(ctx: Ctx, input: z.infer<typeof markManyInput>): Promise<MarkOutcome[]> {
  authorize(ctx, "mark:create");
  const managerId = await speakerOn(ctx, input);
  const { leadId, runId = null, reason = null, idempotencyKey: key } = input;

  return inTransaction(ctx, async (ctx) => {
    const run = runId === null ? null : await boardBehind(ctx, leadId, runId);
    const known = await knownAmong(
      ctx,
      input.marks.map(({ premisesId }) => premisesId),
    );
    const suitabilityOf = new Map(run?.premisesIds.map((premisesId, i) => [premisesId, run.suitabilities[i]!]));
    const fresh = input.marks.map(({ premisesId }): MarkOutcome => {
      if (!known.has(premisesId)) return { premisesId, markId: null, refused: "unknown" };
      if (run && !suitabilityOf.has(premisesId)) return { premisesId, markId: null, refused: "not_judged" };
      return { premisesId, markId: randomUUID(), refused: null };
    });
    const body = { leadId, runId, reason, managerId, marks: JSON.stringify(input.marks) };
    const { answer } = await once(ctx, { verb: "mark:many", key, body }, fresh, async () => {
      const taken = fresh.flatMap(({ markId, premisesId }, i) =>
        markId === null ? [] : [{ markId, premisesId, mark: input.marks[i]!.mark }],
      );
      if (taken.length === 0) return;
      // Counted here, so that a repetition costs nothing and what is refused is not counted.
      await countMarks(ctx, managerId, taken.length);
      await ctx.db.insert(marks).values(
        taken.map(({ markId, premisesId, mark }) => ({
          id: markId,
          leadId,
          premisesId,
          managerId,
          mark,
          reason,
          runId,
          modelId: run?.modelId ?? null,
          suitability: suitabilityOf.get(premisesId) ?? null,
          threshold: run?.threshold ?? null,
          asOf: run?.asOf ?? dateInNovosibirsk(ctx.now()),
          createdBy: actorName(ctx.actor),
          createdAt: ctx.now(),
        })),
      );
      for (const { markId, premisesId, mark } of taken)
        await audit(ctx, "mark:create", `mark:${markId}`, {
          leadId,
          premisesId,
          mark,
          reason,
          managerId,
          together: key,
        });
    });
    // jsonb keeps no order of fields, and a repeated answer is to be the same to the last byte.
    return answer.map(({ premisesId, markId, refused }) => ({ premisesId, markId, refused }) as MarkOutcome);
  });
}

async function boardBehind(ctx: Ctx, leadId: string, runId: string) {
  const [run] = await ctx.db
    .select({
      modelId: matchRuns.modelId,
      threshold: matchRuns.threshold,
      asOf: matchRuns.asOf,
      premisesIds: matchRuns.premisesIds,
      suitabilities: matchRuns.suitabilities,
    })
    .from(matchRuns)
    .where(and(eq(matchRuns.id, runId), eq(matchRuns.leadId, leadId)));
  if (run) return run;
  throw new AppError(
    "invalid",
    { ru: "Такого подбора для этого лида не было.", en: "There was no such match run for this lead." },
    { place: "runId" },
  );
}

async function knownAmong(ctx: Ctx, premisesIds: string[]): Promise<Set<string>> {
  const rows = await ctx.db.select({ id: premises.id }).from(premises).where(inArray(premises.id, premisesIds));
  return new Set(rows.map(({ id }) => id));
}
