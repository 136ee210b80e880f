import { sql } from "drizzle-orm";
import { date, index, integer, jsonb, pgTable, serial, text, timestamp } from "drizzle-orm/pg-core";
import { models } from "./models.ts";

/** What knowing one field changed in the lists of the sampled leads. */
export interface FieldWorth {
  of: "lead" | "premises";
  /** A question to a lead (`lead_field`), or a column of `premises`. */
  field: string;
  /** Leads whose lists were judged twice: with the field, and with it hidden. */
  leads: number;
  /** Premises that were removed, and kept, with the field hidden; summed over those leads. */
  removed: number;
  kept: number;
  /** Of the removed: kept once it is known. Of the kept: removed once it is known. */
  turnedKept: number;
  turnedRemoved: number;
}

/**
 * A measurement of what filled fields change: filled fields are hidden and the same lists judged anew. Waits or runs while
 * `finishedAt` is NULL.
 */
export const fillings = pgTable(
  "fillings",
  {
    id: serial().primaryKey(),
    requestedBy: text().notNull(),
    requestedAt: timestamp({ withTimezone: true }).notNull().default(sql`now()`),
    finishedAt: timestamp({ withTimezone: true }),
    /** Why it came to nothing; NULL where it did not. */
    failure: text(),
    asOf: date(),
    /** NULL: the hand rules judged. */
    modelId: integer().references(() => models.id, { onDelete: "set null" }),
    /** What drew the sample. */
    seed: integer().notNull(),
    /** Premises that were free. */
    premises: integer(),
    worths: jsonb().$type<FieldWorth[]>(),
  },
  (t) => [index("fillings_requested_idx").on(t.requestedAt)],
);
