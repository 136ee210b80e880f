import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";

const migrationsFolder = fileURLToPath(new URL("./migrations", import.meta.url));

/** Any number that all of Ostap's processes agree on and no other program is likely to take. */
const lockKey = 7_210_441;

/** Brings the database to this build's tables. Two at once: the second waits and then finds nothing to do. */
export async function migrate(url: string): Promise<{ applied: number }> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: "ostap migrate" } });
  try {
    await sql`select pg_advisory_lock(${lockKey})`;
    const before = await countApplied(sql);
    await applyMigrations(drizzle(sql), { migrationsFolder });
    return { applied: (await countApplied(sql)) - before };
  } finally {
    // Ends the session and with it the lock.
    await sql.end({ timeout: 5 });
  }
}

/** How many of this build's migrations the database has not seen; it is only looked at. */
export async function pendingMigrations(url: string): Promise<number> {
  const journal: { entries: unknown[] } = JSON.parse(
    await readFile(path.join(migrationsFolder, "meta", "_journal.json"), "utf8"),
  );
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return journal.entries.length - (await countApplied(sql));
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function countApplied(sql: postgres.Sql): Promise<number> {
  const [ledger] = await sql<{ found: string | null }[]>`select to_regclass('drizzle.__drizzle_migrations') as found`;
  if (!ledger?.found) return 0;
  const [row] = await sql<{ n: number }[]>`select count(*)::int as n from drizzle.__drizzle_migrations`;
  return row?.n ?? 0;
}
