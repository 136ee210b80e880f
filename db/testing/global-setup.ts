import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { joinEmbeddedPostgres } from "../embedded.ts";
import { migrate } from "../migrate.ts";
import { atDatabase } from "./at-database.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Superuser's url of the test cluster's `postgres` database. */
    testPostgresUrl: string;
    /** The migrated database that each test file gets a copy of. */
    testTemplate: string;
  }
}

const checkout = fileURLToPath(new URL("../..", import.meta.url));

/** Joins the test cluster of this checkout and makes sure that its template is migrated; several runs may do so at once. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await joinEmbeddedPostgres(path.join(checkout, ".ostap-test"), {
    // Nothing here outlives the run, so nothing need reach the disk.
    settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "400" },
  });
  const url = atDatabase(cluster.url, "postgres");
  const template = await ensureTemplate(url);
  project.provide("testPostgresUrl", url);
  project.provide("testTemplate", template);
  return () => cluster.leave();
}

/** Built once for each state of the migrations; under a lock, and renamed when whole, so that no one copies half of it. */
async function ensureTemplate(url: string): Promise<string> {
  const name = `template_${await hashMigrations()}`;
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql`select pg_advisory_lock(7210442)`;
    await dropLeftovers(sql, name);
    const [found] = await sql`select 1 from pg_database where datname = ${name}`;
    if (found) return name;
    const half = `${name}_half`;
    await sql.unsafe(`drop database if exists ${half} with (force)`);
    await sql.unsafe(`create database ${half}`);
    await migrate(atDatabase(url, half));
    await sql.unsafe(`alter database ${half} rename to ${name}`);
    return name;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** A killed run cannot drop its databases; whoever comes hours later does. */
async function dropLeftovers(sql: postgres.Sql, current: string): Promise<void> {
  const old = await sql<{ name: string }[]>`
    select datname as name from pg_database
    where (datname like 'test\\_%' or datname like 'template\\_%') and datname <> ${current}
      and (pg_stat_file('base/' || oid || '/PG_VERSION', true)).modification < now() - interval '3 hours'`;
  for (const { name } of old) await sql.unsafe(`drop database if exists ${name} with (force)`);
}

async function hashMigrations(): Promise<string> {
  const folder = path.join(checkout, "db", "migrations");
  const files = (await readdir(folder)).filter((file) => file.endsWith(".sql")).sort();
  const hash = createHash("sha256");
  for (const file of files) hash.update(file).update(await readFile(path.join(folder, file)));
  return hash.digest("hex").slice(0, 16);
}
