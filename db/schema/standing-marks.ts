import { date, doublePrecision, index, integer, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { bankWish, leads } from "./leads.ts";
import { markKind } from "./matching.ts";

/**
 * The marks that stand: of a manager's on a pair the last that he did not withdraw, one row each, beside what its board and its
 * lead are asked for, so that a report counts years of marks and joins nothing; those of one manager or of a past moment
 * `server/matching/standing-marks.ts` finds by the same rule, and a test holds the two together. Derived whole: triggers on `marks` and
 * `mark_withdrawals` tell it in the statement that changes them (`tell_standing_marks`), and one on `leads` follows the lead.
 */
export const standingMarks = pgTable(
  "standing_marks",
  {
    leadId: text()
      .notNull()
      .references(() => leads.id, { onDelete: "cascade" }),
    premisesId: text().notNull(),
    /** Who marked. */
    markedBy: text().notNull(),
    markId: uuid().notNull(),
    mark: markKind().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    /** Its day in Novosibirsk. */
    markedOn: date().notNull(),
    asOf: date().notNull(),
    /** As in `marks`. */
    modelId: integer(),
    suitability: doublePrecision(),
    threshold: doublePrecision(),
    /** So many premises its board kept; NULL: there was no board. */
    boardKept: integer(),
    /** As in `leads`, by the same names: what a report is narrowed to is asked of either table in the same words. */
    managerId: text(),
    bank: bankWish(),
    trades: text().array().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.leadId, t.premisesId, t.markedBy] }),
    index("standing_marks_day_idx").on(t.markedOn),
  ],
);
