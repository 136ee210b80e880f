import { and, asc, eq, isNull } from "drizzle-orm";
import type { z } from "zod";
import { marks, markWithdrawals } from "#/db/schema/matching.ts";
import type { Ctx } from "../context.ts";
import { getLead, type getLeadInput } from "../leads/get-lead.ts";
import { asMarkRow, type MarkRow } from "./mark-row.ts";

/** The marks on one lead that were not withdrawn, oldest first; to a manager only his own. */
export async function listMarks(ctx: Ctx, { leadId }: z.infer<typeof getLeadInput>): Promise<MarkRow[]> {
  await getLead(ctx, { leadId });
  const { actor } = ctx;
  const own =
    actor.kind === "user" && actor.role === "manager" ? eq(marks.managerId, actor.managerId ?? "") : undefined;
  const rows = await ctx.db
    .select({ mark: marks })
    .from(marks)
    .leftJoin(markWithdrawals, eq(markWithdrawals.markId, marks.id))
    .where(and(eq(marks.leadId, leadId), isNull(markWithdrawals.markId), own))
    .orderBy(asc(marks.createdAt), asc(marks.id));
  return rows.map(({ mark }) => asMarkRow(mark));
}
