import { timingSafeEqual } from "node:crypto";
import { eq } from "drizzle-orm";
import { apiKeys } from "#/db/schema/users.ts";
import type { Actor, Ctx } from "../context.ts";
import { AppError } from "../errors.ts";
import type { Scope } from "../permissions.ts";
import { sha256 } from "./create-api-key.ts";

/** How exact "last used" is: a write with each request would cost more than the request. */
const LAST_USED_MS = 60_000;

const nobody = "0".repeat(64);

/**
 * The key of another system behind `Authorization: Bearer …`. Found by the hash of what was sent, then compared in constant
 * time; absent, unknown, expired and revoked are refused alike.
 */
export async function checkApiKey(ctx: Ctx, headers: Headers): Promise<Actor> {
  const secret = /^Bearer +(\S{1,200})$/i.exec(headers.get("authorization") ?? "")?.[1] ?? "";
  const hash = sha256(secret);
  const [key] = await ctx.db.select().from(apiKeys).where(eq(apiKeys.secretSha256, hash));
  const fits = timingSafeEqual(Buffer.from(hash, "hex"), Buffer.from(key?.secretSha256 ?? nobody, "hex"));
  const now = ctx.now();
  if (!key || !fits || key.revokedAt || (key.expiresAt && key.expiresAt <= now)) throw refused();
  if (!key.lastUsedAt || now.getTime() - key.lastUsedAt.getTime() > LAST_USED_MS)
    await ctx.db.update(apiKeys).set({ lastUsedAt: now }).where(eq(apiKeys.id, key.id));
  return { kind: "apiKey", keyId: key.id, name: key.name, scopes: key.scopes as Scope[] };
}

function refused(): AppError {
  return new AppError("unauthenticated", {
    ru: "Ключ не годится. Передайте действующий ключ в заголовке Authorization: Bearer КЛЮЧ.",
    en: "The key is not valid. Send a valid one as Authorization: Bearer KEY.",
  });
}
