import { createServer, type Server } from "node:http";
import { Registry } from "prom-client";
import type { Ctx } from "../context.ts";
import { measureSystem } from "./measure-system.ts";
import { metrics } from "./observe.ts";

/**
 * Serves GET /metrics for Prometheus on a port of its own, which no proxy passes on: whoever reaches it may read it. Where the
 * database does not answer, the process' own figures are told all the same.
 */
export async function serveMetrics(
  open: () => Promise<Ctx>,
  { port, host }: { port: number; host: string },
): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url !== "/metrics" || request.method !== "GET") {
      response.writeHead(404).end();
      return;
    }
    scrape(open).then(
      (text) => response.writeHead(200, { "content-type": metrics().registry.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  // A scraper that hangs must not keep the process from ending.
  server.unref();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return server;
}

async function scrape(open: () => Promise<Ctx>): Promise<string> {
  const own = metrics();
  try {
    const ctx = await open();
    try {
      return await Registry.merge([own.registry, await measureSystem(ctx)]).metrics();
    } catch (error) {
      ctx.log.warn({ err: error }, "the database could not be measured");
      throw error;
    }
  } catch {
    // Logged where there was a log; counted either way.
    own.scrapeFailures.inc();
    return own.registry.metrics();
  }
}
