import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth from "next-auth";
import { AppError } from "../errors.ts";
import { clientAddress } from "../http/client-address.ts";
import { isJson } from "../http/content-type.ts";
import { parseJson, readText } from "../http/read-body.ts";
import { assertSameOrigin } from "../http/same-origin.ts";
import { TOO_OFTEN } from "../rate-limit.ts";
import { openRuntime, type Runtime } from "../runtime.ts";
import { nextAuthOptions } from "./next-auth-options.ts";
import { sessionSettings } from "./session-settings.ts";
import { signIn, signInInput } from "./sign-in.ts";

// next-auth reads the environment itself: without NEXTAUTH_URL it is to go by the headers that `toPlain` gives it.
process.env.AUTH_TRUST_HOST ??= "true";

/** All of next-auth that we use; the rest (its log endpoint, its own pages) does not answer. */
const open = new Set([
  "GET csrf",
  "GET providers",
  "GET session",
  "GET signin",
  "GET error",
  "POST callback",
  "POST signout",
]);

const BODY_MAX = 8 * 1024;

/**
 * Answers `/api/auth/*` by next-auth, in its form for plain requests and answers, which needs no framework around it.
 * A refused sign-in is 401, one too many 429 with Retry-After and `error=RateLimited.<seconds>`.
 */
export async function answerAuth(request: Request, runtime?: Runtime): Promise<Response> {
  const { env, ctx } = runtime ?? (await openRuntime("web"));
  const url = new URL(request.url);
  const action = url.pathname.split("/").slice(3);
  if (!open.has(`${request.method} ${action[0]}`)) return new Response(null, { status: 404 });

  let body: Record<string, unknown> = {};
  if (request.method === "POST") {
    try {
      assertSameOrigin(request, env.publicUrl);
      body = readFields(request, await readText(request, BODY_MAX));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return new Response(null, { status: error.code === "forbidden" ? 403 : error.place === "body:size" ? 413 : 400 });
    }
  }

  const anonymous = ctx({ kind: "anonymous" });
  let refusal: AppError | undefined;
  let asked = false;
  const options = nextAuthOptions(sessionSettings(env), anonymous.log, async (credentials) => {
    asked = true;
    const input = signInInput.safeParse({ email: credentials?.email, password: credentials?.password });
    if (!input.success) return null;
    try {
      return await signIn(anonymous, input.data, clientAddress(request.headers));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refusal = error;
      if (error.code === "unauthenticated") return null;
      throw new Error(error.place === TOO_OFTEN ? `RateLimited.${error.retryAfterSeconds}` : "Busy");
    }
  });
  const answer = new Answer();
  await NextAuth(toPlain(request, url, action, body), answer as unknown as NextApiResponse, options);
  const response = answer.toResponse();
  // next-auth sends whoever lacks the form's token to the login page, which a program would take for success.
  if (action[0] === "callback" && !asked) return new Response(null, { status: 403 });
  if (refusal?.code !== "unavailable") return response;
  response.headers.set("retry-after", String(refusal.retryAfterSeconds ?? 5));
  return new Response(response.body, { status: refusal.place === TOO_OFTEN ? 429 : 503, headers: response.headers });
}

function readFields(request: Request, text: string): Record<string, unknown> {
  if (text === "") return {};
  const fields = isJson(request.headers) ? parseJson(text) : Object.fromEntries(new URLSearchParams(text));
  return typeof fields === "object" && fields !== null ? { ...fields } : {};
}

/** The request as next-auth reads it. Where it was sent to is what the Host header says; no forwarded header is believed. */
function toPlain(request: Request, url: URL, action: string[], body: Record<string, unknown>): NextApiRequest {
  const cookies: Record<string, string> = {};
  for (const pair of (request.headers.get("cookie") ?? "").split(";")) {
    const [name = "", ...value] = pair.split("=");
    if (name.trim() !== "") cookies[name.trim()] = safelyDecoded(value.join("=").trim());
  }
  const headers = {
    ...Object.fromEntries(request.headers),
    "x-forwarded-host": request.headers.get("host") ?? url.host,
    "x-forwarded-proto": "http",
  };
  const query = { ...Object.fromEntries(url.searchParams), nextauth: action };
  return { method: request.method, headers, cookies, query, body } as unknown as NextApiRequest;
}

function safelyDecoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** Collects what next-auth writes. */
class Answer {
  private code = 200;
  private readonly headers = new Map<string, string | string[]>();
  private body: string | null = null;

  status(code: number): this {
    this.code = code;
    return this;
  }
  getHeader(name: string): string | string[] | undefined {
    return this.headers.get(name.toLowerCase());
  }
  setHeader(name: string, value: string | string[]): this {
    this.headers.set(name.toLowerCase(), value);
    return this;
  }
  json(value: unknown): void {
    this.setHeader("content-type", "application/json").send(value);
  }
  send(value: unknown): void {
    this.body = typeof value === "string" || value === undefined ? (value ?? null) : JSON.stringify(value);
  }
  end(): void {}

  toResponse(): Response {
    const headers = new Headers({ "cache-control": "private, no-store" });
    for (const [name, value] of this.headers) for (const one of [value].flat()) headers.append(name, one);
    return new Response(this.body, { status: this.code, headers });
  }
}
