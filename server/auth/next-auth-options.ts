import type { NextAuthOptions } from "next-auth";
import { encode } from "next-auth/jwt";
import type { CredentialsConfig } from "next-auth/providers/credentials";
import type { Log } from "../log.ts";
import { SESSION_SECONDS, type SessionToken, sessionCookieName } from "./session.ts";
import type { SessionSettings } from "./session-settings.ts";

/** next-auth as we use it: one way to sign in, a cookie that says who and nothing else. `open` throws to refuse. */
export function nextAuthOptions(
  { secret, publicUrl }: SessionSettings,
  log: Log,
  open: (credentials: Record<string, string> | undefined) => Promise<SessionToken | null>,
): NextAuthOptions {
  const secure = publicUrl?.startsWith("https:") ?? false;
  const authorize: CredentialsConfig["authorize"] = async (credentials) => {
    const token = await open(credentials);
    return token && { id: String(token.userId), sessionVersion: token.sessionVersion };
  };
  return {
    secret,
    useSecureCookies: secure,
    cookies: {
      sessionToken: {
        name: sessionCookieName(publicUrl),
        options: { httpOnly: true, sameSite: "lax", path: "/", secure },
      },
    },
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    jwt: {
      maxAge: SESSION_SECONDS,
      // A session that is asked about would be prolonged each time; ours ends when it was meant to.
      encode: ({ token, secret }) => {
        const { userId, sessionVersion, exp } = token ?? {};
        const left = typeof exp === "number" ? exp - Math.floor(Date.now() / 1000) : SESSION_SECONDS;
        return encode({ token: { userId, sessionVersion }, secret, maxAge: left });
      },
    },
    pages: { signIn: "/login", error: "/login", signOut: "/login" },
    providers: [
      { id: "credentials", name: "credentials", type: "credentials", credentials: {}, authorize, options: {} },
    ],
    callbacks: {
      jwt: ({ token, user }) => {
        if (!user) return token;
        return { userId: Number(user.id), sessionVersion: (user as unknown as SessionToken).sessionVersion };
      },
      // Screens ask `me.get`, which asks the database.
      session: ({ session }) => ({ expires: session.expires }),
    },
    logger: {
      error: (code, metadata) =>
        log.error({ code, err: metadata instanceof Error ? metadata : metadata.error }, "next-auth"),
      warn: (code) => log.warn({ code }, "next-auth"),
      debug: () => {},
    },
  };
}
