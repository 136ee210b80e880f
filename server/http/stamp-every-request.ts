import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { stampClientAddress } from "./client-address.ts";

/** From now on stamps every request that this process receives, before whoever serves it sees it. */
export function stampEveryRequest(trustedHops: number): void {
  subscribe("http.server.request.start", (message) => {
    stampClientAddress((message as { request: IncomingMessage }).request, trustedHops);
  });
}
