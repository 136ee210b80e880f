import { randomBytes } from "node:crypto";
import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Connection, connect } from "#/db/client.ts";
import { countMigrations, migrate, pendingMigrations } from "#/db/migrate.ts";
import { insertCast } from "#/db/testing/cast.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import { audit } from "../audit.ts";
import { checkChain } from "../audit-log/check-chain.ts";
import { signIn } from "../auth/sign-in.ts";
import type { Actor } from "../context.ts";
import { showSystem } from "../health/show-system.ts";
import { findLeads, findLeadsInput } from "../leads/find-leads.ts";
import { readArtifactBytes, saveArtifact } from "../models/model-store.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { useTestHome } from "../testing/test-home.ts";
import { createUser } from "../users/create-user.ts";
import { restoreBackup } from "./restore-backup.ts";
import { noteForeignBackup, takeBackup } from "./take-backup.ts";

const database = useTestDatabase();
const home = useTestHome();
const elsewhere = useTestHome();
const cli: Actor = { kind: "system", name: "cli" };
const ctx = () => testCtx(database.connection, cli, { home: home.path });
const password = "correct horse battery";

/** An empty database beside the test's own, as a new machine has one. */
const beside: { name: string; url: string; connection: Connection }[] = [];
async function emptyDatabase() {
  const name = `test_${randomBytes(8).toString("hex")}`;
  await database.connection.sql.unsafe(`create database ${name}`);
  const url = Object.assign(new URL(database.url), { pathname: `/${name}` }).href;
  const made = { name, url, connection: connect(url, { max: 3 }) };
  beside.push(made);
  return { ...made, ctx: testCtx(made.connection, cli, { home: elsewhere.path }) };
}

/** Rows and what they come to, by table; what a restoration itself writes is left out. */
async function sums(connection: Connection): Promise<Record<string, string>> {
  const tables = await connection.sql<{ name: string }[]>`
    select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
      and relname not in ('rate_limits', 'worker_beats', 'backups', 'audit_log', 'audit_links', 'audit_checks')`;
  const found: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await connection.sql`
      select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as sum from ${connection.sql(name)} t`;
    found[name] = row!.sum;
  }
  return found;
}

beforeAll(async () => {
  await insertCast(database.connection.db);
  const manager = { email: "anna@example.test", name: 'Анна;\t"Ё"\\n\n', role: "manager", managerId: "101" } as const;
  await createUser(ctx(), { ...manager, password });
  for (let i = 0; i < 20; i++) await audit(ctx(), "setting:change", `setting:${i}`, { text: "\\. \n\t\\N" });
});

afterAll(async () => {
  for (const { name, connection } of beside) {
    await connection.close();
    await database.connection.sql.unsafe(`drop database ${name} with (force)`);
  }
});

test("is for administrators alone", async () => {
  const owner = testCtx(database.connection, { kind: "user", userId: 1, name: "О", role: "owner", managerId: null });
  const { url, ctx: empty } = await emptyDatabase();
  await expect(takeBackup(owner)).rejects.toMatchObject({ code: "forbidden" });
  await expect(restoreBackup({ ...empty, actor: owner.actor }, url, { from: "/" })).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("a backup read in elsewhere is the same to the last byte; people sign in, and a search finds", async () => {
  const model = await saveArtifact(home.path, randomBytes(5000));
  const before = await sums(database.connection);
  const { folder, manifest, rows } = await takeBackup(ctx());
  expect(manifest.tables.map(({ name }) => name)).not.toContain("rate_limits");
  expect(rows).toBeGreaterThan(40);
  expect(await showSystem(ctx())).toMatchObject({ backup: { place: folder } });

  const { url, connection, ctx: restored } = await emptyDatabase();
  const { chain } = await restoreBackup(restored, url, { from: folder });
  expect(chain).toMatchObject({ intact: true, rows: 22 });
  expect(await sums(connection)).toEqual(before);
  expect(Buffer.from(await readArtifactBytes(elsewhere.path, model.sha256)).byteLength).toBe(5000);
  const session = await signIn(
    { ...restored, actor: { kind: "anonymous" } },
    { email: "anna@example.test", password },
    "::1",
  );
  const anna: Actor = { kind: "user", userId: session.userId, name: "Анна", role: "manager", managerId: "101" };
  const found = await findLeads({ ...restored, actor: anna }, findLeadsInput.parse({ query: "кофе" }));
  expect(found.leads.length).toBeGreaterThan(0);
  // What was numbered goes on where it stopped, and the guards are on again.
  const { userId } = await createUser(restored, { email: "b@example.test", name: "Б", role: "owner", password });
  expect(userId).toBe(session.userId + 1);
  await expect(connection.sql`delete from audit_log`).rejects.toThrow("never changed or deleted");
  expect(await checkChain(restored)).toMatchObject({ intact: true });
});

test("it is read into nothing but an empty database", async () => {
  const { folder } = await takeBackup(ctx(), { out: path.join(home.path, "second") });
  await expect(restoreBackup(ctx(), database.url, { from: folder })).rejects.toMatchObject({ code: "conflict" });
  await expect(takeBackup(ctx(), { out: folder })).rejects.toMatchObject({ code: "conflict" });
  // Made by a first start, and nobody's yet.
  const { url, ctx: fresh } = await emptyDatabase();
  await migrate(url);
  expect((await restoreBackup(fresh, url, { from: folder })).chain.intact).toBe(true);
});

test("a damaged file is found before the first row is written; half a backup is none", async () => {
  const { folder } = await takeBackup(ctx(), { out: path.join(home.path, "third") });
  const { url, connection, ctx: empty } = await emptyDatabase();
  await appendFile(path.join(folder, "tables", "leads.copy.gz"), "x");
  await expect(restoreBackup(empty, url, { from: folder })).rejects.toThrow("leads.copy.gz is damaged");
  const [row] = await connection.sql`select to_regclass('public.leads') as leads`;
  expect(row).toEqual({ leads: null });
  await rm(path.join(folder, "manifest.json"));
  await expect(restoreBackup(empty, url, { from: folder })).rejects.toThrow("is no backup of Ostap");
});

test("what was logged before there was a chain is chained by the migration", async () => {
  const { url, connection, ctx: old } = await emptyDatabase();
  await migrate(url, { upTo: 10 });
  await connection.sql`
    insert into audit_log (actor, action, subject) select 'user:1', 'mark:create', 'mark:' || n from generate_series(1, 5) n`;
  await migrate(url);
  expect(await checkChain(old)).toMatchObject({ intact: true, rows: 5 });
});

test("a backup of an older build is read into its own tables and migrated from there", async () => {
  const { url: oldUrl, connection, ctx: old } = await emptyDatabase();
  await migrate(oldUrl, { upTo: 11 });
  await connection.sql`insert into districts (name, bank) values ('Центральный', 'right')`;
  const { folder, manifest } = await takeBackup(old, { out: path.join(home.path, "older") });
  expect(manifest.migrations).toBe(11);
  const { url, connection: fresh, ctx: empty } = await emptyDatabase();
  expect((await restoreBackup(empty, url, { from: folder })).chain.intact).toBe(true);
  expect([...(await fresh.sql`select name from districts`)]).toEqual([{ name: "Центральный" }]);
  expect(await pendingMigrations(url)).toBe(0);
  expect(await countMigrations()).toBeGreaterThan(11);
});

test("one that was taken by other means is noted, and its age is known", async () => {
  await noteForeignBackup(ctx(), { place: "s3://copies/ostap.dump" });
  expect(await showSystem(ctx())).toMatchObject({ backup: { place: "s3://copies/ostap.dump", bytes: null } });
});

test("what was begun and failed leaves nothing behind", async () => {
  const folder = path.join(await mkdtemp(path.join(os.tmpdir(), "ostap-backup-")), "out");
  const broken = { ...ctx(), home: path.join(home.path, "secrets-file") };
  await appendFile(broken.home, "a file where a folder should be");
  await expect(takeBackup(broken, { out: folder })).rejects.toThrow("ENOTDIR");
  await expect(readFile(path.join(folder, "manifest.json"))).rejects.toThrow("ENOENT");
  await expect(readFile(path.join(`${folder}.part`, "manifest.json"))).rejects.toThrow("ENOENT");
});
