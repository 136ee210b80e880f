import { and, desc, eq, gt, isNull, lte, or, type SQL } from "drizzle-orm";
import type { Database } from "#/db/client.ts";
import { marks, markWithdrawals } from "#/db/schema/index.ts";

/**
 * The marks that stand: of each manager's marks on one premises for one lead the latest that was not withdrawn.
 * With `until`, those that stood at that moment. Oldest first.
 */
export function standingMarks(db: Database, where?: SQL, until?: Date) {
  const latest = db
    .selectDistinctOn([marks.leadId, marks.premisesId, marks.managerId], {
      markId: marks.id,
      leadId: marks.leadId,
      premisesId: marks.premisesId,
      managerId: marks.managerId,
      mark: marks.mark,
      reason: marks.reason,
      asOf: marks.asOf,
      createdAt: marks.createdAt,
    })
    .from(marks)
    .leftJoin(markWithdrawals, eq(markWithdrawals.markId, marks.id))
    .where(
      and(
        where,
        until
          ? and(lte(marks.createdAt, until), or(isNull(markWithdrawals.markId), gt(markWithdrawals.withdrawnAt, until)))
          : isNull(markWithdrawals.markId),
      ),
    )
    .orderBy(marks.leadId, marks.premisesId, marks.managerId, desc(marks.createdAt), desc(marks.id))
    .as("latest");
  return db.select().from(latest).orderBy(latest.createdAt, latest.markId);
}
