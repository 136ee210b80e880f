import { readdir } from "node:fs/promises";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { users } from "#/db/schema/users.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import { writeSessionToken } from "../auth/session.ts";
import { sessionSettings } from "../auth/session-settings.ts";
import { workbookAround, zipOf } from "../imports/xlsx/testing-zip.ts";
import type { Role } from "../permissions.ts";
import { useTestHome } from "../testing/test-home.ts";
import { testRuntime } from "../testing/test-runtime.ts";
import { answerImportUpload } from "./answer-import-upload.ts";

const database = useTestDatabase();
const home = useTestHome();
const userIds: Record<Role, number> = { manager: 1, owner: 2, admin: 3 };

beforeAll(async () => {
  await database.connection.db.insert(users).values(
    Object.entries(userIds).map(([role, id]) => ({
      id,
      email: `${role}@example.test`,
      name: role,
      role: role as Role,
      passwordHash: "none",
    })),
  );
});

async function send(role: Role | null, body: BodyInit, more: { name?: string; headers?: Record<string, string> } = {}) {
  const runtime = testRuntime(database, home.path);
  const session = role && { userId: userIds[role], sessionVersion: 1 };
  const token = session ? await writeSessionToken(session, sessionSettings(runtime.env).secret) : "";
  const headers = {
    cookie: `next-auth.session-token=${token}`,
    host: "ostap.example.test",
    origin: "http://ostap.example.test",
    "content-type": "application/octet-stream",
    ...more.headers,
  };
  const name = encodeURIComponent(more.name ?? "leads.csv");
  const request = new Request(`http://ostap.example.test/api/imports/files?name=${name}`, {
    method: "POST",
    headers,
    body,
    duplex: "half",
  } as RequestInit);
  return answerImportUpload(request, runtime);
}

const leads = "ID;Дата создания;Бренд\r\n1;01.09.2026;Ёлка\r\n";
const kept = async () => (await readdir(path.join(home.path, "imports")).catch(() => [])).length;

test("an administrator's file is kept, and the answer carries the headers that the proxy would have added", async () => {
  const answer = await send("admin", leads, { name: "Лиды за неделю.csv" });
  expect(answer.status).toBe(201);
  expect((await answer.json()).uploadId).toMatch(/^[0-9a-f-]{36}$/);
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  expect(answer.headers.get("referrer-policy")).toBe("same-origin");
  expect(await database.connection.sql`select name from import_uploads`).toEqual([{ name: "Лиды за неделю.csv" }]);
});

test.each<[string, Parameters<typeof send>, number]>([
  ["a stranger", [null, leads], 401],
  ["a manager", ["manager", leads], 403],
  ["an owner", ["owner", leads], 403],
  ["a page of another site", ["admin", leads, { headers: { origin: "https://evil.example" } }], 403],
  ["a page that says so", ["admin", leads, { headers: { "sec-fetch-site": "cross-site" } }], 403],
  ["a form", ["admin", leads, { headers: { "content-type": "multipart/form-data; boundary=x" } }], 415],
  ["a file without a name", ["admin", leads, { name: " " }], 400],
  ["a name that climbs out", ["admin", leads, { name: "../../etc/passwd" }], 400],
  ["more than may come", ["admin", leads, { headers: { "content-length": String(101 * 1024 ** 2) } }], 413],
  ["a length that is none", ["admin", leads, { headers: { "content-length": "-1" } }], 400],
  ["no table", ["admin", "\u0001\u0002\u0003".repeat(100)], 400],
])("%s is refused, and nothing stays on the disk", async (_, args, status) => {
  const before = await kept();
  const answer = await send(...args);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([status, "application/problem+json"]);
  expect(await kept()).toBe(before);
});

test("a workbook that unpacks to a bomb is refused by its directory: fast, in words, and nothing stays", async () => {
  const bombs = [
    zipOf(workbookAround("", [{ name: "xl/media/x", data: Buffer.alloc(60_000_000) }])),
    zipOf(workbookAround("", [{ name: "x", data: Buffer.alloc(1000), declaredBytes: 2 ** 31 }])),
    zipOf(Array.from({ length: 10_000 }, (_, i) => ({ name: `part${i}`, data: "x" }))),
    zipOf([{ name: "../../etc/passwd", data: "x" }]),
  ];
  const before = await kept();
  for (const bomb of bombs) {
    const [began, memory] = [performance.now(), process.memoryUsage().rss];
    const answer = await send("admin", new Uint8Array(bomb), { name: "bomb.xlsx" });
    expect(answer.status).toBe(400);
    expect((await answer.json()).detail).toContain("XLSX");
    expect(performance.now() - began).toBeLessThan(2000);
    expect(process.memoryUsage().rss - memory).toBeLessThan(200 * 1024 ** 2);
  }
  expect(await kept()).toBe(before);
});
