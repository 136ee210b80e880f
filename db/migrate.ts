import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";

const migrationsFolder = fileURLToPath(new URL("./migrations", import.meta.url));

/** Any number that all of Ostap's processes agree on and no other program is likely to take. */
const lockKey = 7_210_441;

export interface MigrateOptions {
  /** Only so many of this build's migrations, the oldest first: to read in what an older build wrote. All by default. */
  upTo?: number;
}

/** Brings the database to this build's tables. Two at once: the second waits and then finds nothing to do. */
export async function migrate(url: string, { upTo }: MigrateOptions = {}): Promise<{ applied: number }> {
  const folder = upTo === undefined ? null : await firstMigrations(upTo);
  const sql = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: "ostap migrate" } });
  try {
    await sql`select pg_advisory_lock(${lockKey})`;
    const before = await countApplied(sql);
    await applyMigrations(drizzle(sql), { migrationsFolder: folder ?? migrationsFolder });
    return { applied: (await countApplied(sql)) - before };
  } finally {
    // Ends the session and with it the lock.
    await sql.end({ timeout: 5 });
    if (folder !== null) await rm(folder, { recursive: true, force: true });
  }
}

/** How many migrations this build knows. */
export async function countMigrations(): Promise<number> {
  return (await readJournal()).entries.length;
}

/** How many migrations a database has seen; it is only looked at. */
export async function appliedMigrations(url: string): Promise<number> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await countApplied(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** A folder that holds the oldest `count` migrations and a journal that says so. */
async function firstMigrations(count: number): Promise<string> {
  const journal = await readJournal();
  const folder = await mkdtemp(path.join(os.tmpdir(), "ostap-migrations-"));
  const entries = journal.entries.slice(0, count);
  await mkdir(path.join(folder, "meta"));
  await writeFile(path.join(folder, "meta", "_journal.json"), JSON.stringify({ ...journal, entries }));
  for (const { tag } of entries)
    await copyFile(path.join(migrationsFolder, `${tag}.sql`), path.join(folder, `${tag}.sql`));
  return folder;
}

async function readJournal(): Promise<{ entries: { tag: string }[] }> {
  return JSON.parse(await readFile(path.join(migrationsFolder, "meta", "_journal.json"), "utf8"));
}

/** How many of this build's migrations the database has not seen; it is only looked at. */
export async function pendingMigrations(url: string): Promise<number> {
  return (await countMigrations()) - (await appliedMigrations(url));
}

async function countApplied(sql: postgres.Sql): Promise<number> {
  const [ledger] = await sql<{ found: string | null }[]>`select to_regclass('drizzle.__drizzle_migrations') as found`;
  if (!ledger?.found) return 0;
  const [row] = await sql<{ n: number }[]>`select count(*)::int as n from drizzle.__drizzle_migrations`;
  return row?.n ?? 0;
}
