import { and, desc, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { leads } from "#/db/schema/leads.ts";
import { managers } from "#/db/schema/managers.ts";
import { markKind, marks, markWithdrawals } from "#/db/schema/matching.ts";
import { premises } from "#/db/schema/premises.ts";
import type { Ctx } from "../context.ts";
import { crmId } from "../leads/get-lead.ts";
import { authorize } from "../permissions.ts";
import { asMarkRow, type MarkRow } from "./mark-row.ts";

export const listAllMarksInput = z.strictObject({
  ofManager: crmId.optional(),
  leadId: crmId.optional(),
  mark: z.enum(markKind.enumValues).optional(),
  state: z.enum(["standing", "withdrawn", "all"]).default("all"),
  /** Those of one day in Novosibirsk. */
  day: z.iso.date().optional(),
  limit: z.number().int().min(1).max(100).default(30),
  /** Of the page before. */
  cursor: z.strictObject({ markId: z.uuid() }).nullish(),
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

export interface MarkEventPage {
  marks: MarkEvent[];
  /** All that fit the filter. */
  total: number;
  nextCursor: { markId: string } | null;
}

/** Everybody's marks, newest first: the record as it was appended, withdrawn ones with it. */
export async function listAllMarks(ctx: Ctx, input: z.input<typeof listAllMarksInput>): Promise<MarkEventPage> {
  authorize(ctx, "mark:review");
  const { limit = 30, cursor, state = "all" } = input;
  const fits = and(
    input.ofManager === undefined ? undefined : eq(marks.managerId, input.ofManager),
    input.leadId === undefined ? undefined : eq(marks.leadId, input.leadId),
    input.mark && eq(marks.mark, input.mark),
    input.day === undefined
      ? undefined
      : sql`${marks.createdAt} >= ${midnight(input.day)} and ${marks.createdAt} < ${midnight(input.day)} + interval '1 day'`,
    { standing: isNull(markWithdrawals.markId), withdrawn: isNotNull(markWithdrawals.markId), all: undefined }[state],
  );
  const [rows, total] = await Promise.all([
    page(ctx, and(fits, after(cursor)), limit + 1),
    count(ctx, fits, state !== "all"),
  ]);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1)!.mark : undefined;
  return {
    marks: shown.map(({ mark, ...names }) => ({
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
    total,
    nextCursor: last ? { markId: last.id } : null,
  };
}

/** When the day begins where managers live. */
function midnight(day: string): SQL {
  return sql`(${day}::timestamp at time zone 'Asia/Novosibirsk')`;
}

/** After the mark that the page before ended with, by its time as Postgres has it: finer than a Date. */
function after(cursor: z.input<typeof listAllMarksInput>["cursor"]): SQL | undefined {
  if (!cursor) return undefined;
  return sql`(${marks.createdAt}, ${marks.id}) < (select last.created_at, last.id from ${marks} last where last.id = ${cursor.markId})`;
}

function page(ctx: Ctx, where: SQL | undefined, limit: number) {
  return ctx.db
    .select({
      mark: marks,
      brand: leads.brand,
      premisesName: premises.name,
      managerName: managers.name,
      withdrawnAt: markWithdrawals.withdrawnAt,
      withdrawnBy: markWithdrawals.withdrawnBy,
    })
    .from(marks)
    .innerJoin(leads, eq(leads.id, marks.leadId))
    .innerJoin(premises, eq(premises.id, marks.premisesId))
    .innerJoin(managers, eq(managers.id, marks.managerId))
    .leftJoin(markWithdrawals, eq(markWithdrawals.markId, marks.id))
    .where(where)
    .orderBy(desc(marks.createdAt), desc(marks.id))
    .limit(limit);
}

async function count(ctx: Ctx, where: SQL | undefined, byState: boolean): Promise<number> {
  const counted = ctx.db.select({ n: sql<number>`count(*)::int` }).from(marks).$dynamic();
  if (byState) counted.leftJoin(markWithdrawals, eq(markWithdrawals.markId, marks.id));
  const [row] = await counted.where(where);
  return row!.n;
}
