import { eq, sql } from "drizzle-orm";
import { describe, expect, test, vi } from "vitest";
import { auditLog, importRuns, trainings } from "#/db/schema/index.ts";
import { castManagers } from "#/db/testing/cast.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import type { Actor } from "../context.ts";
import { cancelImport } from "../imports/cancel-import.ts";
import { HandedBack } from "../jobs/handed-back.ts";
import { listModels } from "../models/list-models.ts";
import { emptyMarket } from "../testing/empty-market.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { useTestHome } from "../testing/test-home.ts";
import { dropDemo, hasRecords, isDemo } from "./claim-database.ts";
import { loadDemo } from "./load-demo.ts";
import { requestDemo } from "./request-demo.ts";
import { showDemo } from "./show-demo.ts";

const database = useTestDatabase();
const home = useTestHome();
const user = (role: "manager" | "owner" | "admin"): Actor => ({
  ...{ kind: "user", userId: 1, name: "x", role },
  managerId: role === "manager" ? castManagers.anna.id : null,
});
const as = (actor: Actor) => testCtx(database.connection, actor, { home: home.path });
const admin = () => as(user("admin"));
const worker = () => as({ kind: "system", name: "demo" });
const market = { seed: 5, leads: 4000, premises: 80, managers: 8, years: 4 };
const going = () => new AbortController().signal;

test.each(["manager", "owner"] as const)("not for a %s", async (role) => {
  await expect(requestDemo(as(user(role)))).rejects.toMatchObject({ code: "forbidden" });
  await expect(showDemo(as(user(role)))).rejects.toMatchObject({ code: "forbidden" });
});

describe("in a database with records", () => {
  test("nothing is offered, asked for or written", async () => {
    const ctx = admin();
    await ctx.db.execute(sql`insert into managers (id, name) values ('1', 'Чужой')`);
    expect(await showDemo(ctx)).toMatchObject({ state: "closed" });
    await expect(requestDemo(ctx)).rejects.toMatchObject({ code: "conflict" });
    await expect(loadDemo(worker(), { signal: going(), market })).rejects.toMatchObject({ code: "conflict" });
    expect(await isDemo(ctx)).toBe(false);
    expect(await ctx.db.$count(importRuns)).toBe(0);
    await emptyMarket(ctx);
  });
});

describe("in an empty database", () => {
  test("it waits for a worker once, and the audit log knows who asked", async () => {
    const ctx = admin();
    expect(await showDemo(ctx)).toEqual({ state: "offered", run: null, workerRuns: false });
    const asked = await Promise.allSettled([requestDemo(ctx), requestDemo(ctx)]);
    expect(asked.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(requestDemo(ctx)).rejects.toMatchObject({ code: "conflict" });
    expect(await showDemo(ctx)).toMatchObject({ state: "waiting" });
    expect(await ctx.db.select().from(auditLog).where(eq(auditLog.action, "demo:load"))).toMatchObject([
      { actor: "user:1", subject: "market:demo" },
    ]);
  });

  test("cancelled, it leaves nothing, and the database is nobody's demo", async () => {
    const ctx = admin();
    await ctx.db.execute(sql`update pgboss.job set state = 'active' where name = 'load-demo'`);
    expect(await showDemo(ctx)).toMatchObject({ state: "making" });
    const loading = loadDemo(worker(), { signal: going(), market: { ...market, leads: 30_000 } });
    const refused = expect(loading).rejects.toMatchObject({ code: "conflict" });
    const run = await vi.waitFor(
      async () => {
        const view = await showDemo(ctx);
        expect(view.run?.percent).toBeGreaterThan(5);
        return view.run!;
      },
      { timeout: 60_000, interval: 20 },
    );
    expect(await cancelImport(ctx, { runId: run.runId })).toEqual({ cancelled: true });
    await refused;
    expect(await hasRecords(ctx)).toBe(false);
    expect(await isDemo(ctx)).toBe(false);
    await ctx.db.execute(sql`update pgboss.job set state = 'completed' where name = 'load-demo'`);
    expect(await showDemo(ctx)).toMatchObject({ state: "offered" });
  }, 90_000);

  test("a worker that must go gives it to the next one", async () => {
    const ctx = admin();
    const leaving = new AbortController();
    leaving.abort(new HandedBack("going"));
    await expect(loadDemo(worker(), { signal: leaving.signal, market })).rejects.toBeInstanceOf(HandedBack);
    expect(await hasRecords(ctx)).toBe(false);
    expect(await showDemo(ctx)).toMatchObject({ state: "waiting" });
  });

  test("there is a market and an active model, and another try changes nothing", async () => {
    const ctx = admin();
    await loadDemo(worker(), { signal: going(), market });
    expect(await isDemo(ctx)).toBe(true);
    expect(await showDemo(ctx)).toMatchObject({ state: "closed" });
    const leads = await ctx.db.execute(sql`select count(*)::int as n from leads`);
    expect(leads).toEqual([{ n: market.leads }]);
    expect((await listModels(ctx, { limit: 10 })).map(({ status }) => status)).toEqual(["active"]);
    const [imports, learnt] = [await ctx.db.$count(importRuns), await ctx.db.$count(trainings)];
    await loadDemo(worker(), { signal: going(), market });
    expect([await ctx.db.$count(importRuns), await ctx.db.$count(trainings)]).toEqual([imports, learnt]);
    await expect(requestDemo(ctx)).rejects.toMatchObject({ code: "conflict" });
  }, 180_000);

  test("begun anew, it goes whole, but not with files that somebody imported since, unless these may go, too", async () => {
    const ctx = testCtx(database.connection, { kind: "system", name: "demo" }, { home: home.path });
    await ctx.db.execute(
      sql`insert into import_runs (status, percent, files, started_by) values ('done', 100, '[]', 'user:1')`,
    );
    await expect(dropDemo(ctx, { withImports: false })).rejects.toMatchObject({ code: "conflict" });
    expect(await hasRecords(ctx)).toBe(true);
    await dropDemo(ctx, { withImports: true });
    expect(await ctx.db.execute(sql`select to_regclass('leads') as leads`)).toEqual([{ leads: null }]);
  });
});
