import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { clientAddress } from "./client-address.ts";
import { stampEveryRequest } from "./stamp-every-request.ts";

test("whoever serves a request sees the socket's address, whatever the client wrote", async () => {
  stampEveryRequest(0);
  const server = createServer((request, response) => {
    response.end(clientAddress(new Headers(request.headers as Record<string, string>)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const forged = { "x-ostap-client-address": "6.6.6.6", "x-forwarded-for": "6.6.6.6" };
  expect(await (await fetch(`http://127.0.0.1:${port}/`, { headers: forged })).text()).toBe("127.0.0.1");
  server.close();
});
