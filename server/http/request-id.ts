import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

const HEADER = "x-ostap-request-id";

/** Writes the request's number into a header of our own, over whatever the client put there. */
export function stampRequestId(request: IncomingMessage, requestId: string): void {
  request.headers[HEADER] = requestId;
}

/** The number under which the log knows this request; a new one where nothing stamped it. */
export function requestIdOf(headers: Headers): string {
  return headers.get(HEADER) ?? randomUUID();
}
