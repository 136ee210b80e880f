import { sql } from "drizzle-orm";
import { date, index, pgTable, text } from "drizzle-orm/pg-core";

/** A rental manager as the CRM knows him. Without a dismissal date he is active. */
export const managers = pgTable(
  "managers",
  {
    id: text().primaryKey(),
    name: text().notNull(),
    hiredOn: date(),
    dismissedOn: date(),
  },
  (t) => [index("managers_name_idx").on(sql`lower(${t.name})`)],
);
