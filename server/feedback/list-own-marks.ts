import { and, eq, inArray } from "drizzle-orm";
import type { z } from "zod";
import { marks } from "#/db/schema/matching.ts";
import type { Ctx } from "../context.ts";
import { standingMarks } from "../matching/standing-marks.ts";
import { authorize } from "../permissions.ts";
import { type MarkPage, markPage, markPageInput, markState } from "./mark-page.ts";
import { asMarkRow, type MarkRow } from "./mark-row.ts";

export const listOwnMarksInput = markPageInput.extend({ state: markState.default("standing") });

export interface OwnMark extends MarkRow {
  brand: string | null;
  premisesName: string;
  withdrawnAt: Date | null;
  /** A later mark on the same premises for the same lead has taken its place. */
  replaced: boolean;
}

/** One's own marks, newest first; whoever is no manager of the CRM has none. */
export async function listOwnMarks(ctx: Ctx, input: z.infer<typeof listOwnMarksInput>): Promise<MarkPage<OwnMark>> {
  authorize(ctx, "account:keep");
  const managerId = ctx.actor.kind === "user" ? ctx.actor.managerId : null;
  if (managerId === null) return { marks: [], total: 0, nextCursor: null };
  const fits = and(eq(marks.managerId, managerId), input.mark && eq(marks.mark, input.mark));
  const page = await markPage(ctx, fits, input);
  const standing = await standingAmong(
    ctx,
    managerId,
    page.marks.map(({ mark }) => mark.leadId),
  );
  return {
    ...page,
    marks: page.marks.map(({ mark, brand, premisesName, withdrawnAt }) => ({
      ...asMarkRow(mark),
      ...{ brand, premisesName, withdrawnAt },
      replaced: withdrawnAt === null && !standing.has(mark.id),
    })),
  };
}

async function standingAmong(ctx: Ctx, managerId: string, leadIds: string[]): Promise<Set<string>> {
  if (leadIds.length === 0) return new Set();
  const standing = await standingMarks(ctx.db, and(eq(marks.managerId, managerId), inArray(marks.leadId, leadIds)));
  return new Set(standing.map(({ markId }) => markId));
}
