import type { Connection, Database } from "#/db/client.ts";
import type { Log } from "./log.ts";
import type { Role, Scope } from "./permissions.ts";
import type { Locale } from "./wording.ts";

/** Who asks. Read anew for each request: a role is never remembered in a cookie. */
export type Actor =
  | { kind: "anonymous" }
  | { kind: "user"; userId: number; name: string; role: Role; managerId: string | null }
  | { kind: "apiKey"; keyId: number; name: string; scopes: Scope[] }
  | { kind: "system"; name: "cli" | "worker" | "schedule" | "demo" };

/** The world a verb lives in, passed in whole so that a test can pass another. */
export interface Ctx {
  actor: Actor;
  db: Database;
  /** The driver below `db`, for COPY and LISTEN alone. */
  sql: Connection["sql"];
  now: () => Date;
  /** Absolute path of this installation's home (OSTAP_HOME): models, temporary files. */
  home: string;
  log: Log;
  /** Language of whatever is worded for the asker. */
  locale: Locale;
}

/** The actor's name in the audit log: `user:7`, `key:3`, `system:cli`. */
export function actorName(actor: Actor): string {
  switch (actor.kind) {
    case "anonymous":
      return "anonymous";
    case "user":
      return `user:${actor.userId}`;
    case "apiKey":
      return `key:${actor.keyId}`;
    case "system":
      return `system:${actor.name}`;
  }
}

/** Runs `work` in one transaction: what it writes through its own ctx is all there or not at all. */
export function inTransaction<T>(ctx: Ctx, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  return ctx.db.transaction((tx) => work({ ...ctx, db: tx as unknown as Database }));
}
