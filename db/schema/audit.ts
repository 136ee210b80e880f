import { sql } from "drizzle-orm";
import { bigserial, index, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";

/** Who did what to what. Written in the transaction of the deed; rows are never changed. */
export const auditLog = pgTable(
  "audit_log",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    at: timestamp({ withTimezone: true }).notNull().default(sql`now()`),
    /** `user:7`, `key:3`, `system:cli`. */
    actor: text().notNull(),
    /** `model:promote`, `mark:create`: the permission's own name. */
    action: text().notNull(),
    /** `model:14`, `lead:20001`. */
    subject: text().notNull(),
    detail: jsonb().$type<Record<string, unknown>>().notNull().default(sql`'{}'`),
  },
  (t) => [index("audit_log_at_idx").on(t.at), index("audit_log_subject_idx").on(t.subject, t.at)],
);
