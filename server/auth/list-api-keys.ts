import { desc } from "drizzle-orm";
import { apiKeys } from "#/db/schema/users.ts";
import type { Ctx } from "../context.ts";
import { authorize, type Scope } from "../permissions.ts";

export interface ApiKeyLine {
  keyId: number;
  name: string;
  /** How the secret begins: all that anybody can still see of it. */
  prefix: string;
  scopes: Scope[];
  /** `leaving`: another took its place, and it goes on until it expires. */
  state: "active" | "leaving" | "expired" | "revoked";
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
  /** To the minute; null: never used. */
  lastUsedAt: Date | null;
  replacedBy: number | null;
}

/** Every key that was ever made, newest first; secrets are nowhere. */
export async function listApiKeys(ctx: Ctx): Promise<ApiKeyLine[]> {
  authorize(ctx, "key:manage");
  const rows = await ctx.db.select().from(apiKeys).orderBy(desc(apiKeys.id));
  const now = ctx.now();
  return rows.map(({ id, name, prefix, scopes, createdAt, expiresAt, revokedAt, lastUsedAt, replacedBy }) => ({
    ...{ keyId: id, name, prefix, scopes: scopes as Scope[], createdAt, expiresAt, revokedAt, lastUsedAt, replacedBy },
    state: revokedAt
      ? "revoked"
      : expiresAt && expiresAt <= now
        ? "expired"
        : replacedBy !== null
          ? "leaving"
          : "active",
  }));
}
