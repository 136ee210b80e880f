import { and, eq, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { marks } from "#/db/schema/matching.ts";
import type { Ctx } from "../context.ts";
import { crmId } from "../leads/get-lead.ts";
import { authorize } from "../permissions.ts";
import { type MarkPage, markPage, markPageInput, markState } from "./mark-page.ts";
import { asMarkRow, type MarkRow } from "./mark-row.ts";

export const listAllMarksInput = markPageInput.extend({
  ofManager: crmId.optional(),
  leadId: crmId.optional(),
  state: markState.default("all"),
  /** Those of one day in Novosibirsk. */
  day: z.iso.date().optional(),
});

/** A mark with all that is known of it: who, when, about which answer of which model. */
export interface MarkEvent extends MarkRow {
  brand: string | null;
  premisesName: string;
  managerName: string;
  note: string | null;
  /** The answer it is about; null: the manager had none before him. */
  runId: string | null;
  /** null: the hand rules answered, or nobody. */
  modelId: number | null;
  suitability: number | null;
  threshold: number | null;
  /** YYYY-MM-DD, the day that the answer looked from. */
  asOf: string;
  createdBy: string;
  withdrawnAt: Date | null;
  withdrawnBy: string | null;
}

/** Everybody's marks, newest first: the record as it was appended, withdrawn ones with it. */
export async function listAllMarks(ctx: Ctx, input: z.infer<typeof listAllMarksInput>): Promise<MarkPage<MarkEvent>> {
  authorize(ctx, "mark:review");
  const fits = and(
    input.ofManager === undefined ? undefined : eq(marks.managerId, input.ofManager),
    input.leadId === undefined ? undefined : eq(marks.leadId, input.leadId),
    input.mark && eq(marks.mark, input.mark),
    input.day === undefined
      ? undefined
      : sql`${marks.createdAt} >= ${midnight(input.day)} and ${marks.createdAt} < ${midnight(input.day)} + interval '1 day'`,
  );
  const page = await markPage(ctx, fits, input);
  return {
    ...page,
    marks: page.marks.map(({ mark, ...names }) => ({
      ...asMarkRow(mark),
      ...names,
      note: mark.note,
      runId: mark.runId,
      modelId: mark.modelId,
      suitability: mark.suitability,
      threshold: mark.threshold,
      asOf: mark.asOf,
      createdBy: mark.createdBy,
    })),
  };
}

/** When the day begins where managers live. */
function midnight(day: string): SQL {
  return sql`(${day}::timestamp at time zone 'Asia/Novosibirsk')`;
}
