import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { marks } from "#/db/schema/matching.ts";
import { castManagers, insertCast } from "#/db/testing/cast.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import type { Actor } from "../context.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { answerTrpc } from "./answer.ts";
import { MAX_BATCH } from "./init.ts";

const database = useTestDatabase();
const anna: Actor = { kind: "user", userId: 1, name: "Анна", role: "manager", managerId: castManagers.anna.id };
const host = "ostap.example.test";

let opened = 0;
const ask = (path: string, init: RequestInit = {}) =>
  answerTrpc(
    new Request(`http://${host}/api/trpc/${path}`, { ...init, headers: { host, ...init.headers } }),
    async () => {
      opened++;
      return { ...testCtx(database.connection, anna), requestId: "7e57" };
    },
  );
const post = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
  ask(path, { method: "POST", body, headers });
const json = { "content-type": "application/json" };
const mark = JSON.stringify({
  json: {
    leadId: "20001",
    marks: [{ premisesId: "501", mark: "wrongly_kept" }],
    idempotencyKey: "7b0c9b86-6a35-4d2c-9d3c-2f0d9c2b8f10",
  },
});
const marksKept = () => database.connection.db.$count(marks);

beforeAll(() => insertCast(database.connection.db));
beforeEach(() => {
  opened = 0;
});

describe("a mutation from elsewhere", () => {
  const form = new FormData();
  form.set("leadId", "20001");
  test.each<[string, number, BodyInit, Record<string, string>]>([
    ["a multipart form", 415, form, {}],
    ["a plain form", 415, new URLSearchParams({ leadId: "20001" }), {}],
    ["plain text", 415, mark, { "content-type": "text/plain" }],
    ["JSON that another site posts", 403, mark, { ...json, origin: "https://evil.example" }],
    ["JSON from a page without an origin", 403, mark, { ...json, origin: "null" }],
    ["JSON that the browser calls foreign", 403, mark, { ...json, "sec-fetch-site": "cross-site" }],
    ["JSON of a neighbour under the same domain", 403, mark, { ...json, "sec-fetch-site": "same-site" }],
  ])("%s is refused before anything runs", async (_, status, body, headers) => {
    const answer = await post("feedback.markMany", body, headers);
    expect(answer.status).toBe(status);
    expect((await answer.json()).error.json.data.httpStatus).toBe(status);
    expect(opened).toBe(0);
    expect(await marksKept()).toBe(0);
  });

  test("in the address is refused", async () => {
    const answer = await ask(`feedback.markMany?input=${encodeURIComponent(mark)}`);
    expect(answer.status).toBe(405);
    expect(await marksKept()).toBe(0);
  });

  test("from our own page runs", async () => {
    const own = { ...json, origin: `http://${host}`, "sec-fetch-site": "same-origin" };
    expect((await post("feedback.markMany", mark, own)).status).toBe(200);
    expect(await marksKept()).toBe(1);
  });
});

describe("too much", () => {
  const batch = (n: number) => {
    const input = Object.fromEntries(Array.from({ length: n }, (_, i) => [i, { json: { leadId: "20001" } }]));
    const path = Array.from({ length: n }, () => "leads.get").join(",");
    return ask(`${path}?batch=1&input=${encodeURIComponent(JSON.stringify(input))}`);
  };

  test("a batch of ten is answered and of eleven refused", async () => {
    expect((await batch(MAX_BATCH)).status).toBe(200);
    expect((await batch(MAX_BATCH + 1)).status).toBe(400);
  });

  test("a long body is refused by what arrives, not by what it declares", async () => {
    const long = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(64 * 1024).fill(32));
      },
    });
    const answer = await ask("feedback.markMany", {
      method: "POST",
      body: long,
      headers: json,
      duplex: "half",
    } as RequestInit);
    expect(answer.status).toBe(413);
  });

  test("a long address is refused", async () => {
    expect((await ask(`leads.get?input=${"x".repeat(20_000)}`)).status).toBe(414);
  });
});

describe("keys into the prototype", () => {
  const hostile = '{"json":{"leadId":"20001","\\u005f_proto__":{"admin":true}}}';
  test("are refused in a body and in an address, however they are written", async () => {
    expect((await post("feedback.markMany", hostile, json)).status).toBe(400);
    expect((await ask(`leads.get?input=${encodeURIComponent(hostile)}`)).status).toBe(400);
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });
});

describe("a refusal", () => {
  test("says what is wrong in the reader's words, with the request's number and no stack", async () => {
    const answer = await ask(`leads.get?input=${encodeURIComponent(JSON.stringify({ json: { leadId: "20002" } }))}`);
    expect(answer.status).toBe(404);
    const text = await answer.text();
    expect(text).toContain("Лида 20002 нет");
    expect(text).toContain("7e57");
    expect(text).not.toMatch(/stack|\.ts:\d/);
  });

  test("of a batch mixing own and foreign leads is per lead", async () => {
    const input = { 0: { json: { leadId: "20001" } }, 1: { json: { leadId: "20002" } } };
    const answer = await ask(`leads.get,leads.get?batch=1&input=${encodeURIComponent(JSON.stringify(input))}`);
    const [own, foreign] = await answer.json();
    expect(own.result.data.json.leadId).toBe("20001");
    expect(foreign.error.json.data.httpStatus).toBe(404);
  });
});
