import { randomUUID } from "node:crypto";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Log } from "../log.ts";
import { metrics } from "../metrics/observe.ts";
import { stampRequestId } from "./request-id.ts";
import { pathForLog, routeOf } from "./request-route.ts";

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
}

/**
 * From now on numbers every request that this process receives, before whoever serves it sees it, and when it was answered
 * writes one line into the log and counts it. The answer bears the number, and so does every line that the log has about it.
 */
export function watchEveryRequest(log: Log): void {
  const began = new WeakMap<IncomingMessage, { at: number; requestId: string }>();
  subscribe("http.server.request.start", (message) => {
    const { request, response } = message as Exchange;
    const requestId = randomUUID();
    began.set(request, { at: performance.now(), requestId });
    stampRequestId(request, requestId);
    response.setHeader("x-request-id", requestId);
  });
  subscribe("http.server.response.finish", (message) => {
    const { request, response } = message as Exchange;
    const start = began.get(request);
    if (!start) return;
    const ms = performance.now() - start.at;
    const path = pathForLog(request.url ?? "");
    const route = routeOf(path);
    const method = request.method ?? "";
    const status = response.statusCode;
    metrics().requests.observe(
      { route, method: knownMethods.has(method) ? method : "other", status: `${Math.floor(status / 100)}xx` },
      ms / 1000,
    );
    if (!unlogged.has(route))
      log.info({ requestId: start.requestId, method, path, status, ms: Math.round(ms * 10) / 10 }, "answered");
  });
}

/** Files that browsers keep, and a scrape every few seconds. */
const unlogged = new Set(["static", "metrics"]);
const knownMethods = new Set(["GET", "HEAD", "POST", "DELETE", "OPTIONS"]);
