/**
 * Runs once when the web server starts. Next hands our code headers and no socket, so the one trustworthy source of a
 * client's address is stamped into a header before Next sees the request.
 */
export async function register(): Promise<void> {
  // Next cuts what follows out of its other runtime, which has no sockets, only where the condition is written like this.
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { stampEveryRequest } = await import("#/server/http/stamp-every-request.ts");
    const { readEnv } = await import("#/server/env.ts");
    stampEveryRequest(readEnv().trustedProxyHops);
  }
}
