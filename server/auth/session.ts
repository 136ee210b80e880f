import { and, eq, isNull } from "drizzle-orm";
import { decode, encode } from "next-auth/jwt";
import { users } from "#/db/schema/users.ts";
import type { Actor, Ctx } from "../context.ts";
import { readCookie } from "../http/cookies.ts";
import type { SessionSettings } from "./session-settings.ts";

/** A working week: the session ends after it whatever happens, and its end does not move. */
export const SESSION_SECONDS = 7 * 24 * 3600;

/** All that a session cookie says. Role and name are not in it: they are read anew for each request. */
export interface SessionToken {
  userId: number;
  sessionVersion: number;
}

/** Name of the session cookie; `__Secure-` makes the browser itself refuse it over plain http. */
export function sessionCookieName(publicUrl: string | undefined): string {
  return publicUrl?.startsWith("https:") ? "__Secure-next-auth.session-token" : "next-auth.session-token";
}

/** Decrypts the session cookie; null where there is none, it was tampered with, or it is past its end. Asks no database. */
export async function readSessionToken(
  headers: Headers,
  { secret, publicUrl }: SessionSettings,
): Promise<SessionToken | null> {
  const token = readCookie(headers, sessionCookieName(publicUrl));
  if (!token) return null;
  const claims = await decode({ token, secret }).catch(() => null);
  if (typeof claims?.userId !== "number" || typeof claims.sessionVersion !== "number") return null;
  return { userId: claims.userId, sessionVersion: claims.sessionVersion };
}

/** Encrypts a session token as next-auth does: for tests and for tools that sign in without a browser. */
export function writeSessionToken(token: SessionToken, secret: string): Promise<string> {
  return encode({ token: { ...token }, secret, maxAge: SESSION_SECONDS });
}

/**
 * Who stands behind a session token now. A demotion, a dismissal, a new password or a raised session version
 * takes hold with the very next request.
 */
export async function readActor(ctx: Ctx, token: SessionToken | null): Promise<Actor> {
  if (!token) return { kind: "anonymous" };
  const [user] = await ctx.db
    .select({ userId: users.id, name: users.name, role: users.role, managerId: users.managerId })
    .from(users)
    .where(and(eq(users.id, token.userId), eq(users.sessionVersion, token.sessionVersion), isNull(users.disabledAt)));
  return user ? { kind: "user", ...user } : { kind: "anonymous" };
}
