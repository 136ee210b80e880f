import { and, desc, eq, inArray, isNotNull, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { leads } from "#/db/schema/leads.ts";
import { markKind, marks, markWithdrawals } from "#/db/schema/matching.ts";
import { premises } from "#/db/schema/premises.ts";
import type { Ctx } from "../context.ts";
import { standingMarks } from "../matching/standing-marks.ts";
import { authorize } from "../permissions.ts";
import { asMarkRow, type MarkRow } from "./mark-row.ts";

export const listOwnMarksInput = z.strictObject({
  mark: z.enum(markKind.enumValues).optional(),
  state: z.enum(["standing", "withdrawn", "all"]).default("standing"),
  limit: z.number().int().min(1).max(100).default(30),
  /** Of the page before. */
  cursor: z.strictObject({ createdAt: z.coerce.date(), markId: z.uuid() }).nullish(),
});

export interface OwnMark extends MarkRow {
  brand: string | null;
  premisesName: string;
  withdrawnAt: Date | null;
  /** A later mark on the same premises for the same lead has taken its place. */
  replaced: boolean;
}

export interface OwnMarkPage {
  marks: OwnMark[];
  /** All that fit the filter. */
  total: number;
  nextCursor: { createdAt: Date; markId: string } | null;
}

/** One's own marks, newest first; whoever is no manager of the CRM has none. */
export async function listOwnMarks(ctx: Ctx, input: z.infer<typeof listOwnMarksInput>): Promise<OwnMarkPage> {
  authorize(ctx, "account:keep");
  const managerId = ctx.actor.kind === "user" ? ctx.actor.managerId : null;
  if (managerId === null) return { marks: [], total: 0, nextCursor: null };
  const { limit, cursor } = input;
  const fits = and(
    eq(marks.managerId, managerId),
    input.mark && eq(marks.mark, input.mark),
    { standing: isNull(markWithdrawals.markId), withdrawn: isNotNull(markWithdrawals.markId), all: undefined }[
      input.state
    ],
  );
  const [rows, total] = await Promise.all([page(ctx, and(fits, after(cursor)), limit + 1), count(ctx, fits)]);
  const shown = rows.slice(0, limit);
  const standing = await standingAmong(
    ctx,
    managerId,
    shown.map(({ mark }) => mark.leadId),
  );
  const last = rows.length > limit ? shown.at(-1)!.mark : undefined;
  return {
    marks: shown.map(({ mark, brand, premisesName, withdrawnAt }) => ({
      ...asMarkRow(mark),
      ...{ brand, premisesName, withdrawnAt },
      replaced: withdrawnAt === null && !standing.has(mark.id),
    })),
    total,
    nextCursor: last ? { createdAt: last.createdAt, markId: last.id } : null,
  };
}

/** Postgres counts time finer than a Date does: two marks within a millisecond must not part a page. */
const createdMs = sql`date_trunc('milliseconds', ${marks.createdAt})`;

function after(cursor: z.infer<typeof listOwnMarksInput>["cursor"]): SQL | undefined {
  if (!cursor) return undefined;
  const at = cursor.createdAt.toISOString();
  return or(sql`${createdMs} < ${at}`, and(sql`${createdMs} = ${at}`, lt(marks.id, cursor.markId)));
}

function page(ctx: Ctx, where: SQL | undefined, limit: number) {
  return ctx.db
    .select({
      mark: marks,
      brand: leads.brand,
      premisesName: premises.name,
      withdrawnAt: markWithdrawals.withdrawnAt,
    })
    .from(marks)
    .innerJoin(leads, eq(leads.id, marks.leadId))
    .innerJoin(premises, eq(premises.id, marks.premisesId))
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

async function standingAmong(ctx: Ctx, managerId: string, leadIds: string[]): Promise<Set<string>> {
  if (leadIds.length === 0) return new Set();
  const standing = await standingMarks(ctx.db, and(eq(marks.managerId, managerId), inArray(marks.leadId, leadIds)));
  return new Set(standing.map(({ markId }) => markId));
}
