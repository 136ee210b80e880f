import { createWriteStream } from "node:fs";
import { copyFile, mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type postgres from "postgres";
import { z } from "zod";
import { backups } from "#/db/schema/health.ts";
import packageInfo from "#/package.json" with { type: "json" };
import { audit } from "../audit.ts";
import { actorName, type Ctx, inTransaction } from "../context.ts";
import { AppError } from "../errors.ts";
import { parseInput } from "../parse-input.ts";
import { authorize } from "../permissions.ts";
import { type BackupManifest, fleeting, hashFile, MANIFEST, tableFile } from "./backup-format.ts";

export const takeBackupInput = z.strictObject({
  /** A folder that is not there yet; by default one of this moment under `home`/backups. */
  out: z.string().min(1).optional(),
});

export interface BackupTaken {
  folder: string;
  bytes: number;
  rows: number;
  manifest: BackupManifest;
}

/**
 * Writes everything into one folder: each table as one moment saw it, and the models' files. Nobody need stop working. The
 * folder has its name only when it is whole; it holds what clients told and what passwords hash to, so only its owner reads it.
 * The queue is not in it (a training that was under way is found and taken up), nor is the secret of sessions: after reading it
 * in, everybody signs in again.
 */
export async function takeBackup(ctx: Ctx, input: z.input<typeof takeBackupInput> = {}): Promise<BackupTaken> {
  authorize(ctx, "backup:take");
  const begun = performance.now();
  const { out } = parseInput(takeBackupInput, input);
  const takenAt = ctx.now();
  const named = takenAt.toISOString().slice(0, 19).replaceAll(":", "-");
  const folder = path.resolve(out ?? path.join(ctx.home, "backups", named));
  if (await exists(folder)) throw occupied(folder);
  const half = `${folder}.part`;
  await rm(half, { recursive: true, force: true });
  await mkdir(path.join(half, "tables"), { recursive: true, mode: 0o700 });
  try {
    const manifest: BackupManifest = {
      ...{ format: 1, takenAt, app: packageInfo.version },
      ...(await ctx.sql.begin("isolation level repeatable read read only", (tx) => dump(tx, half))),
      models: await copyModels(ctx.home, half),
    };
    await writeFile(path.join(half, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
    await rename(half, folder);
    const bytes = [...manifest.tables, ...manifest.models].reduce((sum, one) => sum + one.bytes, 0);
    const rows = manifest.tables.reduce((sum, one) => sum + one.rows, 0);
    const seconds = Math.round((performance.now() - begun) / 1000);
    await noteBackup(ctx, { at: takenAt, place: folder, bytes, rows, seconds });
    return { folder, bytes, rows, manifest };
  } catch (error) {
    await rm(half, { recursive: true, force: true });
    throw error;
  }
}

export const noteBackupInput = z.strictObject({
  /** What whoever reads "the last backup" is told of where it is. */
  place: z.string().trim().min(1).max(300),
});

/** Notes a backup that was taken by other means, as by pg_dump: so its age is known here, too. */
export async function noteForeignBackup(ctx: Ctx, input: z.input<typeof noteBackupInput>): Promise<void> {
  authorize(ctx, "backup:take");
  const { place } = parseInput(noteBackupInput, input);
  await noteBackup(ctx, { at: ctx.now(), place, bytes: null, rows: null, seconds: null });
}

function noteBackup(ctx: Ctx, note: Omit<typeof backups.$inferInsert, "by">): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    await ctx.db.insert(backups).values({ ...note, by: actorName(ctx.actor) });
    await audit(ctx, "backup:take", "backup:database", { place: note.place, bytes: note.bytes, rows: note.rows });
  });
}

/** All tables as the transaction sees them. */
async function dump(tx: postgres.TransactionSql, folder: string) {
  const [head] = await tx<{ postgres: string; migrations: number }[]>`
    select current_setting('server_version') as postgres,
      (select count(*)::int from drizzle.__drizzle_migrations) as migrations`;
  const tables = await tx<{ name: string; columns: string[] }[]>`
    select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname not in ${tx(fleeting)}
    group by c.relname order by c.relname`;
  const sequences = await tx<{ name: string; value: number }[]>`
    select sequencename as name, coalesce(last_value, 0)::float8 as value from pg_sequences where schemaname = 'public' order by 1`;
  const dumped: BackupManifest["tables"] = [];
  for (const { name, columns } of tables) {
    const file = path.join(folder, tableFile(name));
    const rows = await copyOut(tx, name, columns, file);
    dumped.push({ name, columns, rows, sha256: await hashFile(file), bytes: (await stat(file)).size });
  }
  return { ...head!, tables: dumped, sequences: [...sequences] };
}

/** One line a row: the text format of COPY writes a line's end within a value as two characters. */
async function copyOut(tx: postgres.TransactionSql, name: string, columns: string[], file: string): Promise<number> {
  let rows = 0;
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      for (const byte of chunk) if (byte === 10) rows++;
      done(null, chunk);
    },
  });
  const readable = await tx`copy ${tx(name)} (${tx(columns)}) to stdout`.readable();
  await pipeline(readable, counting, createGzip({ level: 6 }), createWriteStream(file, { mode: 0o600 }));
  return rows;
}

/** The models' files, which lie under their own hash: one that is not what its name says is not worth keeping. */
async function copyModels(home: string, folder: string): Promise<BackupManifest["models"]> {
  const from = path.join(home, "models");
  const names = await readdir(from).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  await mkdir(path.join(folder, "models"), { mode: 0o700 });
  const kept: BackupManifest["models"] = [];
  for (const sha256 of names.filter((name) => /^[0-9a-f]{64}$/.test(name)).sort()) {
    const to = path.join(folder, "models", sha256);
    await copyFile(path.join(from, sha256), to);
    if ((await hashFile(to)) === sha256) kept.push({ sha256, bytes: (await stat(to)).size });
    else await rm(to);
  }
  return kept;
}

async function exists(folder: string): Promise<boolean> {
  return stat(folder).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return false;
      throw error;
    },
  );
}

function occupied(folder: string): AppError {
  return new AppError("conflict", {
    ru: `${folder} уже есть. Назовите другую папку: прежняя копия не затирается.`,
    en: `${folder} is there already. Name another folder: an earlier backup is never written over.`,
  });
}
