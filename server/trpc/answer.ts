import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { openSession } from "../auth/open-session.ts";
import { readEnv } from "../env.ts";
import { AppError } from "../errors.ts";
import { isJson } from "../http/content-type.ts";
import { localeOfScreen } from "../http/locale.ts";
import { parseJson, readText } from "../http/read-body.ts";
import { assertSameOrigin } from "../http/same-origin.ts";
import { MAX_BATCH, type TrpcContext } from "./init.ts";
import { appRouter } from "./root.ts";

/** Ten calls with notes and lists are far below it. */
const BODY_MAX = 256 * 1024;
/** Inputs of queries travel in the address. */
const ADDRESS_MAX = 16 * 1024;

/**
 * Answers `/api/trpc/*`. Before tRPC sees it a request must be a query in the address or a JSON body from our own page:
 * tRPC itself would run a mutation out of a plain form that another site posts.
 */
export async function answerTrpc(
  request: Request,
  open: (headers: Headers) => Promise<TrpcContext> = openSession,
): Promise<Response> {
  const refusal = refusalOf(request, readEnv().publicUrl);
  if (refusal) return refuse(request, ...refusal);
  let checked = request;
  if (request.method === "POST") {
    try {
      const body = await readText(request, BODY_MAX);
      if (body !== "") parseJson(body);
      checked = new Request(request.url, { method: "POST", headers: request.headers, body });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return refuse(request, error.place === "body:size" ? 413 : 400, error);
    }
  }
  return fetchRequestHandler({
    endpoint: "/api/trpc",
    req: checked,
    router: appRouter,
    createContext: () => open(request.headers),
    maxBatchSize: MAX_BATCH,
    responseMeta: () => ({ headers: { "cache-control": "private, no-store" } }),
  });
}

function refusalOf(request: Request, publicUrl: string | undefined): [status: number, why: AppError] | null {
  if (request.url.length > ADDRESS_MAX)
    return [414, new AppError("invalid", { ru: "Запрос слишком длинный.", en: "The request is too long." })];
  if (request.method === "GET") return hasPrototypeKey(request.url) ? [400, unreadable()] : null;
  if (request.method !== "POST")
    return [405, new AppError("invalid", { ru: "Такого метода нет.", en: "There is no such method." })];
  if (!isJson(request.headers))
    return [415, new AppError("invalid", { ru: "Принимается только JSON.", en: "Only JSON is taken." })];
  try {
    assertSameOrigin(request, publicUrl);
    return null;
  } catch (error) {
    if (error instanceof AppError) return [403, error];
    throw error;
  }
}

/** Looks into a query's input before tRPC does; text that is no JSON is left for tRPC to refuse. */
function hasPrototypeKey(url: string): boolean {
  const input = new URL(url).searchParams.get("input");
  if (input === null) return false;
  try {
    parseJson(input);
    return false;
  } catch {
    return true;
  }
}

function unreadable(): AppError {
  return new AppError("invalid", { ru: "Запрос не понят.", en: "The request is not understood." });
}

/** A refusal in tRPC's own shape, which its client turns into an error with this message. */
function refuse(request: Request, httpStatus: number, why: AppError): Response {
  const message = why.words[localeOfScreen(request.headers)];
  return Response.json(
    { error: { json: { message, code: -32600, data: { code: "BAD_REQUEST", httpStatus, path: null } } } },
    { status: httpStatus, headers: { "cache-control": "private, no-store" } },
  );
}
