import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { readSessionToken } from "#/server/auth/session.ts";
import { sessionSettings } from "#/server/auth/session-settings.ts";
import { readEnv } from "#/server/env.ts";
import { contentSecurityPolicy, securityHeaders, sharedHeaders } from "#/server/http/security-headers.ts";

const env = readEnv();
const https = env.publicUrl?.startsWith("https:") ?? false;
const dev = process.env.NODE_ENV === "development";

/** Pages that are open to whoever is not signed in. */
const openPages = ["/login", "/p", "/invite"];
/** What a client opens by his link, page and file. */
const sharedPath = /^\/(api\/)?p\//;

/**
 * Runs before every answer: adds the headers that guard the browser, and sends whoever is not signed in from a page to the
 * login. That is a courtesy and no guard: rights are checked in the procedures, and only there.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { pathname, search } = request.nextUrl;
  const shared = sharedPath.test(pathname);
  if (pathname.startsWith("/api/")) return guarded(NextResponse.next(), shared);

  const isOpen = openPages.some((page) => pathname === page || pathname.startsWith(`${page}/`));
  if (!isOpen && !(await readSessionToken(request.headers, sessionSettings(env)))) {
    const login = new URL("/login", request.nextUrl);
    login.searchParams.set("callbackUrl", `${pathname}${search}`);
    const answer = NextResponse.redirect(login);
    answer.headers.set("cache-control", "no-store");
    return guarded(answer);
  }
  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy(nonce, { dev, https });
  const headers = new Headers(request.headers);
  // Next reads the nonce for its own scripts out of the request's policy; the layout reads x-nonce for Mantine's.
  headers.set("content-security-policy", policy);
  headers.set("x-nonce", nonce);
  headers.delete("x-shared");
  if (shared) headers.set("x-shared", "1");
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return guarded(response, shared);
}

function guarded(response: NextResponse, shared = false): NextResponse {
  const headers = { ...securityHeaders(https), ...(shared ? sharedHeaders : {}) };
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

export const config = {
  // Files with a hash in their name carry nothing to guard. A file that is sent to be imported would be kept in memory for us,
  // and cut off at a megabyte: its door adds our headers itself.
  matcher: ["/((?!_next/static|icon.svg|favicon.ico|api/imports/files$).*)"],
};
