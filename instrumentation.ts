/**
 * Runs once when the web server starts. Next hands our code headers and no socket, so the one trustworthy source of a
 * client's address is stamped into a header before Next sees the request; so is the number of the request.
 */
export async function register(): Promise<void> {
  // Next cuts what follows out of its other runtime, which has no sockets, only where the condition is written like this.
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { stampEveryRequest } = await import("#/server/http/stamp-every-request.ts");
    const { watchEveryRequest } = await import("#/server/http/watch-every-request.ts");
    const { readEnv } = await import("#/server/env.ts");
    const { createLog } = await import("#/server/log.ts");
    const env = readEnv();
    const log = createLog("web");
    stampEveryRequest(env.trustedProxyHops);
    watchEveryRequest(log);
    if (env.metrics) {
      const { serveMetrics } = await import("#/server/metrics/serve-metrics.ts");
      const { openRuntime } = await import("#/server/runtime.ts");
      const open = async () => (await openRuntime("web")).ctx({ kind: "anonymous" });
      // A port that is taken is no reason not to serve people.
      await serveMetrics(open, env.metrics).catch((err: unknown) => log.error({ err }, "no metrics are served"));
    }
  }
}
