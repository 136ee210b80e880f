import { parse } from "csv-parse/sync";
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { auditLog, users } from "#/db/schema/index.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import type { Actor, Ctx } from "../context.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { whereFits } from "./audit-filter.ts";
import { exportAudit } from "./export-audit.ts";
import { listAuditActions, searchAudit } from "./search-audit.ts";

const database = useTestDatabase();
const admin: Actor = { kind: "user", userId: 1, name: "Ада", role: "admin", managerId: null };
const owner: Actor = { ...admin, userId: 2, role: "owner" };
const manager: Actor = { ...admin, userId: 3, role: "manager" };
const as = (actor: Actor): Ctx => testCtx(database.connection, actor);
const ids = async (input: Parameters<typeof searchAudit>[1], actor: Actor = admin) =>
  (await searchAudit(as(actor), input)).lines.map(({ subject }) => subject);

beforeAll(async () => {
  const { db } = database.connection;
  await db.insert(users).values([
    { id: 1, email: "ada@example.test", name: "Ада Ким", role: "admin" },
    { id: 2, email: "olga@example.test", name: "Ольга_Ли", role: "owner" },
  ]);
  const lines = [
    ["2026-11-20T16:59:59.999Z", "user:1", "model:promote", "model:14"],
    ["2026-11-20T17:00:00Z", "user:2", "pilot:open", "pilot:7"],
    ["2026-11-21T10:00:00Z", "key:3", "mark:create", "mark:a"],
    ["2026-11-21T10:00:00Z", "user:1", "user:manage", "user:9"],
    ["2026-11-21T10:00:00Z", "anonymous", "session:open", "user:1"],
    ["2026-11-22T10:00:00Z", "system:cli", "model:promote", "model:141"],
  ] as const;
  for (const [at, actor, action, subject] of lines)
    await db.insert(auditLog).values({ at: new Date(at), actor, action, subject, detail: { note: "=1+1" } });
});

describe("the search", () => {
  test("is for owner and administrators", async () => {
    await expect(searchAudit(as(manager), {})).rejects.toMatchObject({ code: "forbidden" });
    await expect(exportAudit(as(manager), {})).rejects.toMatchObject({ code: "forbidden" });
    await expect(listAuditActions(as(manager))).rejects.toMatchObject({ code: "forbidden" });
  });

  test("goes by actor, by part of a name, by action, by how a subject begins, and by day of the city", async () => {
    expect(await ids({})).toEqual(["model:141", "user:1", "user:9", "mark:a", "pilot:7", "model:14"]);
    expect(await ids({ actor: "user:1" })).toEqual(["user:9", "model:14"]);
    expect(await ids({ actor: "ада" })).toEqual(["user:9", "model:14"]);
    expect(await ids({ actor: "olga@" })).toEqual(["pilot:7"]);
    expect(await ids({ actor: "а_К" })).toEqual([]);
    expect(await ids({ action: "model:promote" })).toEqual(["model:141", "model:14"]);
    expect(await ids({ subject: "model:14" })).toEqual(["model:141", "model:14"]);
    expect(await ids({ subject: "%" })).toEqual([]);
    expect(await ids({ from: "2026-11-21", to: "2026-11-21" })).toEqual(["user:1", "user:9", "mark:a", "pilot:7"]);
    expect(await ids({ to: "2026-11-20" })).toEqual(["model:14"]);
  });

  test("pages by a cursor that no two lines of one moment share", async () => {
    const seen: string[] = [];
    let cursor: Awaited<ReturnType<typeof searchAudit>>["nextCursor"] = null;
    do {
      const page: Awaited<ReturnType<typeof searchAudit>> = await searchAudit(as(admin), { limit: 1, cursor });
      seen.push(...page.lines.map(({ subject }) => subject));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(await ids({}));
  });

  test("names people, and says where a line stands in the chain", async () => {
    const { lines } = await searchAudit(as(admin), { subject: "pilot:" });
    expect(lines).toMatchObject([{ actorName: "Ольга_Ли", place: 2, at: new Date("2026-11-20T17:00:00Z") }]);
    expect((await searchAudit(as(admin), { action: "session:open" })).lines).toMatchObject([
      { actorName: null, named: { name: "Ада Ким" } },
    ]);
  });

  test("shows the owner nothing of users, keys and sessions", async () => {
    expect(await ids({}, owner)).toEqual(["model:141", "mark:a", "pilot:7", "model:14"]);
    expect(await ids({ action: "session:open" }, owner)).toEqual([]);
    expect(await listAuditActions(as(owner))).toEqual(["mark:create", "model:promote", "pilot:open"]);
    expect(await listAuditActions(as(admin))).toContain("user:manage");
  });
});

test("the export holds what the search finds, runs nothing as a formula, and is a line of the log", async () => {
  await database.connection.db.insert(auditLog).values({
    actor: "=cmd|' /C calc'!A0",
    action: "mark:create",
    subject: "@evil",
    at: new Date("2026-11-22T11:00:00Z"),
  });
  let csv = "";
  for await (const piece of await exportAudit(as(admin), { subject: "@" })) csv += piece;
  const [head, ...rows] = parse(csv, { bom: true, delimiter: ";" }) as string[][];
  expect(head).toContain("Место в цепочке");
  expect(rows).toEqual([["7", "2026-11-22T11:00:00.000Z", "'=cmd|' /C calc'!A0", "", "mark:create", "'@evil", "{}"]]);
  expect(await ids({ action: "audit:read" })).toEqual(["user:1"]);
});

describe("among two hundred thousand lines", () => {
  beforeAll(async () => {
    await database.connection.sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`
        insert into audit_log (at, actor, action, subject)
        select timestamptz '2025-01-01' + n * interval '3 minutes', 'user:' || n % 1000, (array['mark:create', 'match:run', 'answer:give'])[n % 3 + 1],
          'lead:' || n % 50000 from generate_series(1, 200000) n`;
    });
    await database.connection.sql`vacuum analyze audit_log`;
  }, 60_000);

  test.each([
    {},
    { actor: "user:7" },
    { action: "match:run" },
    { subject: "lead:777" },
    { from: "2025-03-01", to: "2025-03-02" },
    { actor: "user:8", action: "match:run", from: "2025-02-01" },
  ])("no walk through the whole table: %j", async (filter) => {
    const ctx = as(admin);
    const where = await whereFits(ctx, { actor: "", action: "", subject: "", ...filter });
    const plan = await ctx.db.execute(
      sql`explain select * from audit_log l where ${where} order by l.at desc, l.id desc limit 51`,
    );
    expect(JSON.stringify(plan)).not.toContain("Seq Scan");
  });
});
