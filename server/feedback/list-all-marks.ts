import { and, desc, eq, isNotNull, isNull, lt, or, type SQL, sql } from "drizzle-orm";
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
  cursor: z.strictObject({ createdAt: z.coerce.date(), markId: z.uuid() }).nullish(),
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
  nextCursor: { createdAt: Date; markId: string } | null;
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
      : sql`(${marks.createdAt} at time zone 'Asia/Novosibirsk')::date = ${input.day}`,
    { standing: isNull(markWithdrawals.markId), withdrawn: isNotNull(markWithdrawals.markId), all: undefined }[state],
  );
  const [rows, total] = await Promise.all([page(ctx, and(fits, after(cursor)), limit + 1), count(ctx, fits)]);
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
    nextCursor: last ? { createdAt: last.createdAt, markId: last.id } : null,
  };
}

/** Postgres counts time finer than a Date does: two marks within a millisecond must not part a page. */
const createdMs = sql`date_trunc('milliseconds', ${marks.createdAt})`;

function after(cursor: z.input<typeof listAllMarksInput>["cursor"]): SQL | undefined {
  if (!cursor) return undefined;
  const at = new Date(cursor.createdAt as Date).toISOString();
  return or(sql`${createdMs} < ${at}`, and(sql`${createdMs} = ${at}`, lt(marks.id, cursor.markId)));
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
    .orderBy(desc(createdMs), desc(marks.id))
    .limit(limit);
}

async function count(ctx: Ctx, where: SQL | undefined): Promise<number> {
  const [row] = await ctx.db
    .select({ n: sql<number>`count(*)::int` })
    .from(marks)
    .leftJoin(markWithdrawals, eq(markWithdrawals.markId, marks.id))
    .where(where);
  return row!.n;
}
