import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

/**
 * Runs once when the web server starts. Next hands our code headers and no socket, so the one trustworthy source of a
 * client's address is stamped into a header before Next sees the request.
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { stampClientAddress } = await import("#/server/http/client-address.ts");
  const { readEnv } = await import("#/server/env.ts");
  const { trustedProxyHops } = readEnv();
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    stampClientAddress(request, trustedProxyHops);
  });
}
