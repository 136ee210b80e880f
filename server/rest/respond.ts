import { AppError, type ErrorCode } from "../errors.ts";
import { isJson } from "../http/content-type.ts";
import { parseJson, readText } from "../http/read-body.ts";
import { TOO_OFTEN } from "../rate-limit.ts";
import type { Runtime } from "../runtime.ts";
import { authenticate, openAnonymous, type RestContext } from "./authenticate.ts";
import type { Problem } from "./views.ts";

/** A lead with all its wishes, or a mark with a long note, is a few KiB. */
export const BODY_MAX = 64 * 1024;

const statuses: Record<ErrorCode, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  unavailable: 503,
};

export interface Reply {
  status: number;
  body: unknown;
}

/**
 * Answers one REST request: who asks is known before the body is read, and the body is JSON and small.
 */
export function respond(
  request: Request,
  work: (ctx: RestContext, body: unknown) => Promise<Reply>,
  runtime?: Runtime,
): Promise<Response> {
  return withProblems(
    () => openAnonymous(request.headers, runtime),
    async (anonymous) => {
      const ctx = await authenticate(anonymous, request.headers);
      const body = request.method === "POST" ? await readJson(request) : undefined;
      const reply = await work(ctx, body);
      return Response.json(reply.body, { status: reply.status, headers: commonHeaders(ctx) });
    },
  );
}

/** Whatever goes wrong becomes a problem (RFC 9457) with the number of the request, never a stack trace. */
export async function withProblems(
  open: () => Promise<RestContext>,
  work: (ctx: RestContext) => Promise<Response>,
): Promise<Response> {
  let ctx: RestContext | undefined;
  try {
    ctx = await open();
    return await work(ctx);
  } catch (error) {
    return problem(ctx, error);
  }
}

async function readJson(request: Request): Promise<unknown> {
  if (!isJson(request.headers))
    throw new AppError(
      "invalid",
      { ru: "Передайте Content-Type: application/json.", en: "Send Content-Type: application/json." },
      { place: "content-type" },
    );
  return parseJson(await readText(request, BODY_MAX));
}

/** An error as problem JSON. What is not a refusal of ours is logged whole and told as nothing but its number. */
function problem(ctx: RestContext | undefined, error: unknown): Response {
  const requestId = ctx?.requestId ?? crypto.randomUUID();
  const refusal = error instanceof AppError ? error : broken(requestId);
  const status = error instanceof AppError ? statusOf(error) : ctx ? 500 : 503;
  if (refusal !== error) ctx?.log.error({ err: error }, "a REST request broke");
  else ctx?.log.info({ refused: refusal.code, status }, refusal.message);
  const body: Problem = {
    type: `urn:ostap:problem:${error instanceof AppError ? refusal.code : "broken"}`,
    title: titles[status] ?? "Error",
    status,
    detail: refusal.words[ctx?.locale ?? "ru"],
    instance: `urn:uuid:${requestId}`,
    requestId,
    ...(refusal.place === undefined ? {} : { place: refusal.place }),
  };
  const headers = new Headers({ ...commonHeaders(ctx, requestId), "content-type": "application/problem+json" });
  if (status === 401) headers.set("www-authenticate", 'Bearer realm="ostap"');
  if (status === 429 || status === 503) headers.set("retry-after", String(refusal.retryAfterSeconds ?? 5));
  return new Response(JSON.stringify(body), { status, headers });
}

const titles: Record<number, string> = {
  400: "Bad request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not found",
  409: "Conflict",
  413: "Content too large",
  415: "Unsupported media type",
  429: "Too many requests",
  500: "Internal error",
  503: "Service unavailable",
};

function statusOf({ code, place }: AppError): number {
  if (place === "body:size") return 413;
  if (place === "content-type") return 415;
  if (place === TOO_OFTEN) return 429;
  return statuses[code];
}

function broken(requestId: string): AppError {
  return new AppError("unavailable", {
    ru: `У нас что-то сломалось. Повторите; если не поможет, назовите номер ${requestId}.`,
    en: `Something broke on our side. Try again; if it does not help, quote ${requestId}.`,
  });
}

export function commonHeaders(ctx: RestContext | undefined, requestId = ctx?.requestId ?? ""): Record<string, string> {
  return {
    "cache-control": "private, no-store",
    "content-language": ctx?.locale ?? "ru",
    "x-content-type-options": "nosniff",
    "x-request-id": requestId,
  };
}
