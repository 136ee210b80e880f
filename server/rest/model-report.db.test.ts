import { beforeAll, expect, test } from "vitest";
import { models, users } from "#/db/schema/index.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import { writeSessionToken } from "../auth/session.ts";
import { sessionSettings } from "../auth/session-settings.ts";
import type { Role } from "../permissions.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { useTestHome } from "../testing/test-home.ts";
import { testRuntime } from "../testing/test-runtime.ts";
import { smallMarket, trainOn } from "../testing/train-small-market.ts";
import { answerModelReport } from "./answer-model-report.ts";

const database = useTestDatabase();
const home = useTestHome();
const userIds: Record<Role, number> = { manager: 1, owner: 2, admin: 3 };
let first: number;
/** Of another build: its report is in another form. */
let foreign: number;

beforeAll(async () => {
  const ctx = testCtx(database.connection, undefined, { home: home.path });
  await ctx.db.insert(users).values(
    Object.entries(userIds).map(([role, id]) => ({
      ...{ id, email: `${role}@example.test`, name: role },
      ...{ role: role as Role, passwordHash: "none" },
    })),
  );
  first = (await trainOn(ctx, smallMarket())).modelId;
  const { id: _, ...copy } = (await ctx.db.select().from(models))[0]!;
  const old = { ...copy, report: { rankers: [] } };
  [foreign] = (await ctx.db.insert(models).values(old).returning({ id: models.id })).map(({ id }) => id) as [number];
}, 120_000);

async function fetchReport(role: Role | null, modelId: string, language = "ru"): Promise<Response> {
  const runtime = testRuntime(database, home.path);
  const session = role && { userId: userIds[role], sessionVersion: 1 };
  const token = session ? await writeSessionToken(session, sessionSettings(runtime.env).secret) : "";
  const headers = { cookie: `next-auth.session-token=${token}; NEXT_LOCALE=${language}` };
  return answerModelReport(new Request("http://x/api/models/1/report", { headers }), modelId, runtime);
}

test("the report comes as a page that runs and loads nothing, in the reader's language", async () => {
  const response = await fetchReport("owner", String(first));
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  const policy = response.headers.get("content-security-policy");
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("sandbox");
  const page = await response.text();
  expect(page).toContain(`Модель ${first}`);
  expect(page).not.toContain("<script");
  expect(await (await fetchReport("admin", String(first), "en")).text()).toContain(`Model ${first}`);
});

test("a report is not for a manager or a stranger, and of what is no model there is none", async () => {
  expect((await fetchReport("manager", String(first))).status).toBe(403);
  expect((await fetchReport(null, String(first))).status).toBe(401);
  expect((await fetchReport("owner", "999999")).status).toBe(404);
  expect((await fetchReport("owner", String(foreign))).status).toBe(503);
  for (const id of ["x", "0", "-1", "1e3", "9".repeat(40)]) expect((await fetchReport("owner", id)).status).toBe(400);
});
