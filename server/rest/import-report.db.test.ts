import { beforeAll, expect, test } from "vitest";
import { importRuns } from "#/db/schema/imports.ts";
import { users } from "#/db/schema/users.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import { writeSessionToken } from "../auth/session.ts";
import { sessionSettings } from "../auth/session-settings.ts";
import type { Role } from "../permissions.ts";
import { useTestHome } from "../testing/test-home.ts";
import { testRuntime } from "../testing/test-runtime.ts";
import { answerImportReport } from "./answer-import-report.ts";

const database = useTestDatabase();
const home = useTestHome();
const userIds: Record<Role, number> = { manager: 1, owner: 2, admin: 3 };

async function fetchReport(role: Role | null, runId: string, language = "ru"): Promise<Response> {
  const runtime = testRuntime(database, home.path);
  const session = role && { userId: userIds[role], sessionVersion: 1 };
  const token = session ? await writeSessionToken(session, sessionSettings(runtime.env).secret) : "";
  const headers = { cookie: `next-auth.session-token=${token}; NEXT_LOCALE=${language}` };
  return answerImportReport(new Request("http://x/api/imports/1/report", { headers }), runId, runtime);
}

beforeAll(async () => {
  const { db } = database.connection;
  await db.insert(users).values(
    Object.entries(userIds).map(([role, id]) => ({
      id,
      email: `${role}@example.test`,
      name: role,
      role: role as Role,
      passwordHash: "none",
    })),
  );
  await db.insert(importRuns).values({ id: 1, status: "done", startedBy: "system:cli" });
});

test("an owner and an administrator get the file, in the language of their screen", async () => {
  for (const role of ["owner", "admin"] as const) {
    const response = await fetchReport(role, "1");
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/csv; charset=utf-8"]);
    expect(response.headers.get("content-disposition")).toContain("import-1.csv");
    expect(await response.text()).toContain("Причина");
  }
  expect(await (await fetchReport("admin", "1", "en")).text()).toContain("Reason");
});

test("a manager and a stranger get a problem and no file", async () => {
  for (const [role, status] of [
    ["manager", 403],
    [null, 401],
  ] as const) {
    const response = await fetchReport(role, "1");
    expect([response.status, response.headers.get("content-type")]).toEqual([status, "application/problem+json"]);
  }
});

test("what is no run or not there is refused", async () => {
  expect((await fetchReport("admin", "2")).status).toBe(404);
  for (const runId of ["x", "1; drop table users", "-1", "1e3", "9".repeat(40)])
    expect((await fetchReport("admin", runId)).status).toBe(400);
});
