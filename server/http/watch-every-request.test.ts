import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Writable } from "node:stream";
import pino from "pino";
import { expect, test, vi } from "vitest";
import { logOptions } from "../log.ts";
import { metrics } from "../metrics/observe.ts";
import { requestIdOf } from "./request-id.ts";
import { watchEveryRequest } from "./watch-every-request.ts";

test("each request has one number: in its line, in its answer, and for whoever serves it", async () => {
  const lines: Record<string, unknown>[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(chunk));
      done();
    },
  });
  watchEveryRequest(pino(logOptions("web", "info"), sink));
  const server = createServer((request, response) => {
    response.statusCode = request.url?.startsWith("/leads") ? 200 : 404;
    response.end(requestIdOf(new Headers(request.headers as Record<string, string>)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const forged = { "x-ostap-request-id": "forged", "x-request-id": "forged" };
    const answer = await fetch(`${at}/leads?q=secret`, { headers: forged });
    const served = await answer.text();
    expect(served).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.headers.get("x-request-id")).toBe(served);
    await (await fetch(`${at}/invite/s3cr3t`)).text();
    await (await fetch(`${at}/_next/static/chunk.js`)).text();
    await vi.waitFor(() => expect(lines.length).toBeGreaterThanOrEqual(2));
    expect(lines).toMatchObject([
      { requestId: served, method: "GET", path: "/leads", status: 200, msg: "answered" },
      { path: "/invite/…", status: 404 },
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/secret|s3cr3t|forged/);
    const text = await metrics().registry.metrics();
    expect(text).toContain('ostap_http_request_duration_seconds_count{route="page",method="GET",status="2xx"} 1');
    expect(text).toContain('ostap_http_request_duration_seconds_count{route="static",method="GET",status="4xx"} 1');
  } finally {
    server.close();
  }
});
