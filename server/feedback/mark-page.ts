import { and, desc, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { leads } from "#/db/schema/leads.ts";
import { managers } from "#/db/schema/managers.ts";
import { markKind, marks, markWithdrawals } from "#/db/schema/matching.ts";
import { premises } from "#/db/schema/premises.ts";
import type { Ctx } from "../context.ts";

/** What every list of marks may be asked for; a list has a `state` of its own, too. */
export const markPageInput = z.strictObject({
  mark: z.enum(markKind.enumValues).optional(),
  limit: z.number().int().min(1).max(100).default(30),
  /** Of the page before. */
  cursor: z.strictObject({ markId: z.uuid() }).nullish(),
});

export const markState = z.enum(["standing", "withdrawn", "all"]);

export interface MarkPage<Row> {
  marks: Row[];
  /** All that fit the filter. */
  total: number;
  nextCursor: { markId: string } | null;
}

/** The page of marks that fit and are in the state, newest first, with the names that a list shows. Who may see them is its caller's question. */
export async function markPage(
  ctx: Ctx,
  wanted: SQL | undefined,
  { state, limit, cursor }: z.infer<typeof markPageInput> & { state: z.infer<typeof markState> },
): Promise<MarkPage<NamedMark>> {
  const fits = and(wanted, inState(state));
  const [rows, total] = await Promise.all([
    read(ctx, and(fits, after(cursor)), limit + 1),
    count(ctx, fits, state !== "all"),
  ]);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1)!.mark : undefined;
  return { marks: shown, total, nextCursor: last ? { markId: last.id } : null };
}

/** The condition for marks that stand, were withdrawn, or either. */
function inState(state: z.infer<typeof markState>): SQL | undefined {
  return { standing: isNull(markWithdrawals.markId), withdrawn: isNotNull(markWithdrawals.markId), all: undefined }[
    state
  ];
}

/** After the mark that the page before ended with, by its time as Postgres has it: finer than a Date. */
function after(cursor: z.infer<typeof markPageInput>["cursor"]): SQL | undefined {
  if (!cursor) return undefined;
  return sql`(${marks.createdAt}, ${marks.id}) < (select last.created_at, last.id from ${marks} last where last.id = ${cursor.markId})`;
}

type NamedMark = Awaited<ReturnType<typeof read>>[number];

function read(ctx: Ctx, where: SQL | undefined, limit: number) {
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
