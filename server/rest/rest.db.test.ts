import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { marks, markWithdrawals } from "#/db/schema/matching.ts";
import { rateLimits } from "#/db/schema/users.ts";
import { castDay, castLeads, castManagers, insertCast } from "#/db/testing/cast.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import { createApiKey } from "../auth/create-api-key.ts";
import type { Scope } from "../permissions.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { useTestHome } from "../testing/test-home.ts";
import { testRuntime } from "../testing/test-runtime.ts";
import { answerHealth } from "./answer-health.ts";
import { answerMark, answerWithdrawal } from "./answer-marks.ts";
import { answerMatch } from "./answer-match.ts";
import { markAnswer, matchAnswer, problem, withdrawnAnswer } from "./views.ts";

const database = useTestDatabase();
const home = useTestHome();
const runtime = () => testRuntime(database, home.path);
const key = async (...scopes: Scope[]) =>
  (await createApiKey(testCtx(database.connection), { name: "CRM", scopes })).secret;
let full: string;

const request = (body: unknown, headers: Record<string, string> = {}, method = "POST") =>
  new Request("http://ostap.example.test/api/v1/x", {
    method,
    headers: { authorization: `Bearer ${full}`, "content-type": "application/json", ...headers },
    ...(method === "POST" ? { body: typeof body === "string" ? body : JSON.stringify(body) } : {}),
  });
const match = (body: unknown, headers?: Record<string, string>) => answerMatch(request(body, headers), runtime());
const mark = (body: unknown, headers?: Record<string, string>) => answerMark(request(body, headers), runtime());
const withdraw = (markId: string, headers?: Record<string, string>) =>
  answerWithdrawal(request(null, headers, "DELETE"), markId, runtime());
const read = async <Schema extends z.ZodType>(schema: Schema, response: Response) =>
  schema.parse(await response.json());
const newMark = (over: Record<string, unknown> = {}) => ({
  leadId: castLeads.coffee.id,
  premisesId: "501",
  managerId: castManagers.anna.id,
  mark: "wrongly_removed",
  idempotencyKey: randomUUID(),
  ...over,
});

beforeAll(async () => {
  await insertCast(database.connection.db);
  full = await key("match", "marks");
});

describe("a flood of marks", () => {
  test("is refused with 429, when to go on, and kind words, and a repetition is still answered", async () => {
    const first = newMark();
    expect((await mark(first)).status).toBe(201);
    await database.connection.db.update(rateLimits).set({ points: 20_000, expire: new Date(Date.now() + 1_800_000) });
    const refused = await mark(newMark(), { "accept-language": "ru" });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(1700);
    expect((await read(problem, refused)).detail).toMatch(/больше 20000 отметок.*продолжить можно через 30 мин/);
    expect((await mark(first)).status).toBe(200);
    expect((await mark(newMark({ managerId: castManagers.boris.id }))).status).toBe(201);
    await database.connection.db.delete(rateLimits);
  });
});

describe("POST /api/v1/match", () => {
  test("judges every premises that was free on the day, each once, in the promised shape", async () => {
    const response = await match({ leadId: castLeads.coffee.id, managerId: castManagers.anna.id, asOf: castDay });
    expect(response.status).toBe(200);
    const answer = await read(matchAnswer, response);
    expect(answer.asOf).toBe(castDay);
    expect(answer.items.map(({ premisesId }) => premisesId).sort()).toEqual(["501", "502", "503"]);
    for (const { decision, rank } of answer.items) expect(rank === null).toBe(decision === "remove");
  });

  test("judges for a lead that comes with the request", async () => {
    const response = await match({ lead: { trades: ["кофейня"], areaToSqm: 80 }, asOf: castDay });
    expect((await read(matchAnswer, response)).items).toHaveLength(3);
  });

  test("words its reasons in the language that is asked for", async () => {
    const texts = async (headers: Record<string, string>) =>
      (await read(matchAnswer, await match({ leadId: "20001", asOf: castDay }, headers))).items
        .flatMap(({ reasons }) => reasons)
        .map(({ text }) => text)
        .join(" ");
    expect(await texts({})).toMatch(/[а-я]/i);
    expect(await texts({ "accept-language": "en" })).toMatch(/[a-z]{3}/i);
  });
});

describe("/api/v1/marks", () => {
  test("a mark is 201, its repetition 200 with the same bytes, another body under its key 409", async () => {
    const body = newMark();
    const [first, again] = [await mark(body), await mark(body)];
    expect([first.status, again.status]).toEqual([201, 200]);
    const text = await first.text();
    expect(await again.text()).toBe(text);
    expect(markAnswer.parse(JSON.parse(text))).toMatchObject({
      managerId: castManagers.anna.id,
      mark: "wrongly_removed",
    });
    const conflict = await mark({ ...body, mark: "wrongly_kept" });
    expect([conflict.status, (await read(problem, conflict)).place]).toEqual([409, "idempotencyKey"]);
  });

  test("twenty at once with one key: one 201, the same mark for all", async () => {
    const body = newMark({ premisesId: "502" });
    const before = await database.connection.db.$count(marks);
    const answers = await Promise.all(Array.from({ length: 20 }, () => mark(body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(19).fill(200), 201]);
    expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1);
    expect(await database.connection.db.$count(marks)).toBe(before + 1);
  });

  test("a mark is taken back once, however often", async () => {
    const { markId } = await read(markAnswer, await mark(newMark()));
    const [first, again] = [await withdraw(markId), await withdraw(markId)];
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(await read(withdrawnAnswer, again)).toEqual(await read(withdrawnAnswer, first));
    expect(await database.connection.db.$count(markWithdrawals)).toBe(1);
  });
});

describe("what is refused", () => {
  const wish = { leadId: castLeads.coffee.id };
  test.each<[string, number, string | undefined, unknown, Record<string, string>]>([
    ["no key", 401, undefined, wish, { authorization: "" }],
    ["a wrong key", 401, undefined, wish, { authorization: "Bearer ostap_x" }],
    [
      "a session cookie instead of a key",
      401,
      undefined,
      wish,
      { authorization: "", cookie: "next-auth.session-token=x" },
    ],
    ["no JSON type", 415, "content-type", wish, { "content-type": "text/plain" }],
    ["a form", 415, "content-type", "leadId=1", { "content-type": "application/x-www-form-urlencoded" }],
    ["broken JSON", 400, "body", "{", {}],
    ["nothing", 400, "body", "", {}],
    ["a key into the prototype", 400, "body", '{"leadId":"20001","__proto__":{"x":1}}', {}],
    ["a list", 400, "body", [], {}],
    ["no lead", 400, "leadId", {}, {}],
    ["two leads", 400, "leadId", { ...wish, lead: {} }, {}],
    ["a number for an id", 400, "leadId", { leadId: 20001 }, {}],
    ["a field that we do not know", 400, undefined, { ...wish, role: "admin" }, {}],
    ["no date", 400, "asOf", { ...wish, asOf: "2026-02-31" }, {}],
    ["a day to come", 400, "asOf", { ...wish, asOf: "2099-01-01" }, {}],
    ["a lead that is not there", 404, "leadId", { leadId: "nope" }, {}],
    ["a manager that is not there", 404, "managerId", { ...wish, managerId: "nope" }, {}],
    ["a long body", 413, "body:size", { leadId: "x".repeat(100_000) }, {}],
  ])("%s", async (_, status, place, body, headers) => {
    const response = await match(body, headers);
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    const answer = await read(problem, response);
    if (place !== undefined) expect(answer.place).toBe(place);
    expect(answer.requestId).toBe(response.headers.get("x-request-id"));
    expect(JSON.stringify(answer)).not.toMatch(/\.ts\b|stack|select /);
    if (status === 401) expect(response.headers.get("www-authenticate")).toMatch(/^Bearer/);
  });

  test("a key without the scope", async () => {
    const [matching, marking] = [await key("match"), await key("marks")];
    expect((await mark(newMark(), { authorization: `Bearer ${matching}` })).status).toBe(403);
    expect((await withdraw(randomUUID(), { authorization: `Bearer ${matching}` })).status).toBe(403);
    expect((await match(wish, { authorization: `Bearer ${marking}` })).status).toBe(403);
    expect((await mark(newMark(), { authorization: `Bearer ${marking}` })).status).toBe(201);
  });

  test("a mark by nobody, on nothing, of no kind", async () => {
    for (const [over, status, place] of [
      [{ managerId: undefined }, 400, "managerId"],
      [{ managerId: "nope" }, 404, "managerId"],
      [{ premisesId: "nope" }, 404, "premisesId"],
      [{ leadId: "nope" }, 404, "leadId"],
      [{ mark: "wrong" }, 400, "mark"],
      [{ idempotencyKey: "" }, 400, "idempotencyKey"],
      [{ createdAt: "2020-01-01" }, 400, "body"],
    ] as const) {
      const response = await mark(newMark(over));
      expect([response.status, (await read(problem, response)).place]).toEqual([status, place]);
    }
    expect((await withdraw("nope")).status).toBe(400);
    expect((await withdraw(randomUUID())).status).toBe(404);
  });

  test("in the language that is asked for", async () => {
    expect((await read(problem, await match({ leadId: "nope" }))).detail).toContain("Лида nope нет");
    const english = await match({ leadId: "nope" }, { "accept-language": "en" });
    expect((await read(problem, english)).detail).toContain("There is no lead nope");
    expect(english.headers.get("content-language")).toBe("en");
  });
});

describe("GET /api/health", () => {
  test("says that it lives and can serve, and nothing more", async () => {
    const response = await answerHealth(new Request("http://x/api/health"), runtime());
    expect([response.status, await response.json()]).toEqual([200, { live: true, ready: true }]);
  });

  test("without a database it lives and cannot serve", async () => {
    const { connect } = await import("#/db/client.ts");
    const connection = connect("postgres://nobody@127.0.0.1:1/nothing", { max: 1 });
    const broken = { ...runtime(), ctx: () => testCtx(connection, { kind: "anonymous" }) };
    const response = await answerHealth(new Request("http://x/api/health"), broken);
    expect([response.status, await response.json()]).toEqual([503, { live: true, ready: false }]);
    await connection.close();
  });
});
