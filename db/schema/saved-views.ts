import { sql } from "drizzle-orm";
import { boolean, integer, jsonb, pgTable, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { users } from "./users.ts";

/** A search of leads that its owner gave a name. */
export const savedViews = pgTable(
  "saved_views",
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: integer()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    name: text().notNull(),
    /** The filters by name, as the search takes them. */
    filters: jsonb().$type<Record<string, unknown>>().notNull(),
    /** What its owner begins with. */
    isStart: boolean().notNull().default(false),
    createdAt: timestamp({ withTimezone: true }).notNull().default(sql`now()`),
  },
  (t) => [
    uniqueIndex("saved_views_name_idx").on(t.userId, sql`lower(${t.name})`),
    uniqueIndex("saved_views_start_idx").on(t.userId).where(sql`${t.isStart}`),
  ],
);
