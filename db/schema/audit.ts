import { sql } from "drizzle-orm";
import { bigint, bigserial, boolean, index, jsonb, pgTable, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core";

/**
 * Who did what to what. Written in the transaction of the deed; triggers refuse every change of a row, and link it into
 * `audit_links` at the commit.
 */
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
  // Each search of the log is one of these, read backwards from the cursor; a subject is also searched by how it begins.
  (t) => [
    index("audit_log_at_idx").on(t.at, t.id),
    index("audit_log_actor_idx").on(t.actor, t.at, t.id),
    index("audit_log_action_idx").on(t.action, t.at, t.id),
    index("audit_log_subject_idx").on(t.subject.op("text_pattern_ops"), t.at, t.id),
  ],
);

/**
 * The chain over the audit log, in the order of commits: each hash covers the one before it and the row's content. Places
 * have no gaps, so that a row taken out is missed. Only a deferred trigger writes here, as the last act of a transaction.
 */
export const auditLinks = pgTable(
  "audit_links",
  {
    /** 1, 2, 3 …; the primary key is what makes a fork impossible. */
    place: bigint({ mode: "number" }).primaryKey(),
    auditId: bigint({ mode: "number" })
      .notNull()
      .references(() => auditLog.id, { onDelete: "restrict" }),
    /** SHA-256 in hex, see the function `audit_hash`. */
    hash: text().notNull(),
  },
  (t) => [uniqueIndex("audit_links_audit_idx").on(t.auditId)],
);

/** One walk along the chain. Its last hash is what the next walk must find again: a chain rewritten whole is missed by nobody. */
export const auditChecks = pgTable("audit_checks", {
  id: bigserial({ mode: "number" }).primaryKey(),
  at: timestamp({ withTimezone: true }).notNull().default(sql`now()`),
  by: text().notNull(),
  rows: bigint({ mode: "number" }).notNull(),
  /** The chain's end as this walk saw it; NULL: there was no row. */
  headPlace: bigint({ mode: "number" }),
  headHash: text(),
  intact: boolean().notNull(),
  /** Where it broke and how; NULL where it did not. */
  breach: jsonb().$type<{ kind: string; place: number | null; auditId: number | null }>(),
});
