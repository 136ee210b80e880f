import { createReadStream } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type postgres from "postgres";
import { z } from "zod";
import { appliedMigrations, countMigrations, migrate } from "#/db/migrate.ts";
import { backups } from "#/db/schema/health.ts";
import { audit } from "../audit.ts";
import { type ChainCheck, checkChain } from "../audit-log/check-chain.ts";
import { actorName, type Ctx, inTransaction } from "../context.ts";
import { AppError, invariant } from "../errors.ts";
import { saveArtifact } from "../models/model-store.ts";
import { parseInput } from "../parse-input.ts";
import { authorize } from "../permissions.ts";
import { type BackupManifest, hashFile, readManifest, tableFile } from "./backup-format.ts";

export const restoreBackupInput = z.strictObject({ from: z.string().min(1) });

export interface BackupRestored {
  manifest: BackupManifest;
  rows: number;
  /** Of the audit log as it was read in. */
  chain: ChainCheck;
}

/**
 * Reads a backup into an empty database and home. Every file is proven before the first row is written, all rows are one
 * transaction, and foreign keys hold at each table. A backup of an older build is read into that build's tables, and migrated
 * from there. Refuses a database in which there is something, a backup of a newer build, and a damaged file.
 */
export async function restoreBackup(
  ctx: Ctx,
  databaseUrl: string,
  input: z.input<typeof restoreBackupInput>,
): Promise<BackupRestored> {
  authorize(ctx, "backup:take");
  const folder = path.resolve(parseInput(restoreBackupInput, input).from);
  const manifest = await readManifest(folder);
  if (manifest.migrations > (await countMigrations())) throw ofNewerBuild();
  await proveFiles(folder, manifest);
  await proveEmpty(ctx, databaseUrl, manifest);
  await migrate(databaseUrl, { upTo: manifest.migrations });
  await ctx.sql.begin((tx) => readIn(tx, folder, manifest));
  await migrate(databaseUrl);
  await mkdir(path.join(ctx.home, "models"), { recursive: true });
  for (const { sha256 } of manifest.models)
    await saveArtifact(ctx.home, await readFile(path.join(folder, "models", sha256)));
  await inTransaction(ctx, async (ctx) => {
    await ctx.db.insert(backups).values({ at: manifest.takenAt, by: actorName(ctx.actor), place: folder });
    await audit(ctx, "backup:take", "backup:database", { restored: folder, takenAt: manifest.takenAt });
  });
  const rows = manifest.tables.reduce((sum, one) => sum + one.rows, 0);
  return { manifest, rows, chain: await checkChain(ctx) };
}

async function proveFiles(folder: string, manifest: BackupManifest): Promise<void> {
  const files = [
    ...manifest.tables.map(({ name, sha256 }) => ({ file: tableFile(name), sha256 })),
    ...manifest.models.map(({ sha256 }) => ({ file: path.join("models", sha256), sha256 })),
  ];
  for (const { file, sha256 } of files) {
    const found = await hashFile(path.join(folder, file)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return null;
      throw error;
    });
    if (found !== sha256) throw damaged(file);
  }
}

/** Nothing of anybody's may be there; tables of exactly the backup's build may, since a first start makes them. */
async function proveEmpty(ctx: Ctx, databaseUrl: string, manifest: BackupManifest): Promise<void> {
  const applied = await appliedMigrations(databaseUrl);
  if (applied === 0) return;
  if (applied !== manifest.migrations) throw notEmpty();
  for (const name of ["users", "leads", "premises", "models", "audit_log"]) {
    const [row] = await ctx.sql<{ some: boolean }[]>`select exists (select from ${ctx.sql(name)}) as some`;
    if (row!.some) throw notEmpty();
  }
}

async function readIn(tx: postgres.TransactionSql, folder: string, manifest: BackupManifest): Promise<void> {
  const known = new Map(manifest.tables.map((table) => [table.name, table]));
  const order = (await tablesInOrder(tx)).filter((name) => known.has(name));
  invariant(order.length === known.size, "the tables of a backup are those of its migrations");
  // What guards rows from being changed, and links the audit log, has done its work when they were written.
  for (const name of order) await tx`alter table ${tx(name)} disable trigger user`;
  await tx`truncate ${tx(order)}`;
  for (const name of order) {
    const { columns, rows } = known.get(name)!;
    const writable = await tx`copy ${tx(name)} (${tx(columns)}) from stdin`.writable();
    await pipeline(createReadStream(path.join(folder, tableFile(name))), createGunzip(), writable);
    const [found] = await tx<{ n: number }[]>`select count(*)::float8 as n from ${tx(name)}`;
    invariant(found!.n === rows, `${name} has ${rows} rows in the backup and ${found!.n} read in`);
  }
  for (const name of order) await tx`alter table ${tx(name)} enable trigger user`;
  for (const { name, value } of manifest.sequences)
    await tx`select setval(${`public.${name}`}::regclass, ${Math.max(1, value)}::bigint, ${value > 0})`;
}

/** Each table after those that its foreign keys name. */
async function tablesInOrder(tx: postgres.TransactionSql): Promise<string[]> {
  const tables = await tx<{ name: string; needs: string[] }[]>`
    select c.relname as name,
      coalesce(array_agg(distinct f.relname::text) filter (where f.relname is not null and f.oid <> c.oid), '{}') as needs
    from pg_class c
    left join pg_constraint k on k.conrelid = c.oid and k.contype = 'f'
    left join pg_class f on f.oid = k.confrelid
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace group by c.relname order by c.relname`;
  const order: string[] = [];
  const left = new Map(tables.map(({ name, needs }) => [name, new Set(needs)]));
  while (left.size > 0) {
    const ready = [...left].filter(([, needs]) => [...needs].every((name) => !left.has(name))).map(([name]) => name);
    invariant(ready.length > 0, `foreign keys go round in a circle among ${[...left.keys()].join(", ")}`);
    for (const name of ready) {
      order.push(name);
      left.delete(name);
    }
  }
  return order;
}

function notEmpty(): AppError {
  return new AppError("conflict", {
    ru: "База не пуста. Возьмите пустую: другую OSTAP_HOME или другую DATABASE_URL.",
    en: "The database is not empty. Take an empty one: another OSTAP_HOME, or another DATABASE_URL.",
  });
}

function ofNewerBuild(): AppError {
  return new AppError("conflict", {
    ru: "Копия сделана более новой сборкой. Обновите Остап: git pull && npm ci.",
    en: "The backup is of a newer build. Update Ostap: git pull && npm ci.",
  });
}

function damaged(file: string): AppError {
  return new AppError("invalid", {
    ru: `Файл копии ${file} повреждён или пропал. Возьмите другую копию.`,
    en: `The backup's file ${file} is damaged or missing. Take another backup.`,
  });
}
