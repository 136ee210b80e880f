import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  index,
  integer,
  pgEnum,
  pgTable,
  serial,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { managers } from "./managers.ts";
import { models } from "./models.ts";

export const role = pgEnum("role", ["manager", "owner", "admin"]);

/** A person who may sign in. A change of role, a new password or a dismissal raises `sessionVersion`, which ends all sessions. */
export const users = pgTable(
  "users",
  {
    id: serial().primaryKey(),
    email: text().notNull(),
    name: text().notNull(),
    role: role().notNull(),
    managerId: text().references(() => managers.id, { onDelete: "set null" }),
    /** NULL: invited, and has not set one yet; nobody signs in without. */
    passwordHash: text(),
    sessionVersion: integer().notNull().default(1),
    createdAt: timestamp({ withTimezone: true }).notNull().default(sql`now()`),
    disabledAt: timestamp({ withTimezone: true }),
    /** When the tour was ended or waved away; NULL: it is still offered. */
    tourEndedAt: timestamp({ withTimezone: true }),
  },
  (t) => [uniqueIndex("users_email_idx").on(sql`lower(${t.email})`), index("users_manager_idx").on(t.managerId)],
);

export const language = pgEnum("language", ["ru", "en"]);
export const theme = pgEnum("theme", ["light", "dark", "auto"]);

/** How a person wants his screens, on whatever device he signs in; NULL: never said, the device's own way holds. */
export const userPreferences = pgTable("user_preferences", {
  userId: integer()
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  language: language(),
  theme: theme(),
  /** Whether keys without Ctrl do anything (WCAG 2.1.4). */
  singleKeys: boolean(),
  /** The active model of which this person was told last; NULL: of none yet. */
  seenModelId: integer().references(() => models.id, { onDelete: "set null" }),
  updatedAt: timestamp({ withTimezone: true }).notNull().default(sql`now()`),
});

/**
 * A link that lets one person set a password, once. Whoever makes a new one for him ends the one before. Only the token's SHA-256
 * is kept.
 */
export const invitations = pgTable(
  "invitations",
  {
    id: serial().primaryKey(),
    userId: integer()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    tokenSha256: text().notNull(),
    createdBy: text().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull().default(sql`now()`),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
    usedAt: timestamp({ withTimezone: true }),
    /** A later link took its place, or the person was dismissed. */
    endedAt: timestamp({ withTimezone: true }),
  },
  (t) => [
    uniqueIndex("invitations_token_idx").on(t.tokenSha256),
    // One open link a person.
    uniqueIndex("invitations_open_idx").on(t.userId).where(sql`${t.usedAt} is null and ${t.endedAt} is null`),
  ],
);

/** A key of another system. Only the SHA-256 of the secret is kept; `prefix` is what people see. */
export const apiKeys = pgTable(
  "api_keys",
  {
    id: serial().primaryKey(),
    name: text().notNull(),
    prefix: text().notNull(),
    secretSha256: text().notNull(),
    scopes: text().array().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull().default(sql`now()`),
    expiresAt: timestamp({ withTimezone: true }),
    revokedAt: timestamp({ withTimezone: true }),
    lastUsedAt: timestamp({ withTimezone: true }),
    /** The key that took this one's place; this one goes on until it expires, so that nobody has to hurry. */
    replacedBy: integer().references((): AnyPgColumn => apiKeys.id, { onDelete: "set null" }),
  },
  (t) => [uniqueIndex("api_keys_secret_idx").on(t.secretSha256)],
);

/** Counters of the rate limiter, in its own format; shared by all processes. */
export const rateLimits = pgTable("rate_limits", {
  key: text().primaryKey(),
  points: integer().notNull(),
  expire: timestamp({ withTimezone: true }),
});
