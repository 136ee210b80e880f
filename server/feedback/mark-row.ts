import type { marks } from "#/db/schema/matching.ts";

/** A mark as its callers see it. */
export interface MarkRow {
  markId: string;
  leadId: string;
  premisesId: string;
  managerId: string;
  mark: (typeof marks.mark.enumValues)[number];
  reason: (typeof marks.reason.enumValues)[number] | null;
  createdAt: Date;
}

export function asMarkRow({ id, ...row }: typeof marks.$inferSelect): MarkRow {
  return inOrder({ ...row, markId: id });
}

/** The fields of a mark in one order: jsonb keeps none, and a repeated answer is to be the same to the last byte. */
export function inOrder(row: Omit<MarkRow, "createdAt"> & { createdAt: Date | string }): MarkRow {
  const { markId, leadId, premisesId, managerId, mark, reason, createdAt } = row;
  return { markId, leadId, premisesId, managerId, mark, reason, createdAt: new Date(createdAt) };
}
