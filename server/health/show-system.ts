import { statfs } from "node:fs/promises";
import { desc, eq, sql } from "drizzle-orm";
import { backups, workerBeats } from "#/db/schema/health.ts";
import { modelAliases } from "#/db/schema/models.ts";
import packageInfo from "#/package.json" with { type: "json" };
import type { Ctx } from "../context.ts";
import { invariant } from "../errors.ts";
import { authorize } from "../permissions.ts";

export interface SystemShown {
  database: { bytes: number; largest: { table: string; bytes: number }[]; connections: number; connectionsMax: number };
  /** The disk that OSTAP_HOME is on; null: it could not be looked at. */
  disk: { freeBytes: number; totalBytes: number } | null;
  /** The last backup that reached its end, or that an operator noted; null: none is known. */
  backup: { at: Date; place: string; bytes: number | null } | null;
  versions: {
    app: string;
    node: string;
    postgres: string;
    onnxruntime: string;
    /** As the last worker said; null: no worker found the library. */
    xgboost: string | null;
    /** null: the hand rules answer. */
    activeModelId: number | null;
  };
}

const LARGEST = 5;

/** How large, how full, how old and which versions: what an administrator asks before he asks anybody else. */
export async function showSystem(ctx: Ctx): Promise<SystemShown> {
  authorize(ctx, "health:read");
  const [database, largest, disk, [backup], [worker], [alias]] = await Promise.all([
    readDatabase(ctx),
    readLargest(ctx),
    readDisk(ctx.home),
    ctx.db.select().from(backups).orderBy(desc(backups.at)).limit(1),
    ctx.db.select().from(workerBeats).orderBy(desc(workerBeats.beatAt)).limit(1),
    ctx.db.select({ modelId: modelAliases.modelId }).from(modelAliases).where(eq(modelAliases.name, "active")),
  ]);
  const { version: postgres, ...size } = database;
  return {
    database: { ...size, largest },
    disk,
    backup: backup ? { at: backup.at, place: backup.place, bytes: backup.bytes } : null,
    versions: {
      app: packageInfo.version,
      node: process.versions.node,
      postgres,
      // The lock file keeps exact versions, so that what is asked for is what is there.
      onnxruntime: packageInfo.dependencies["onnxruntime-node"],
      xgboost: worker?.versions.xgboost ?? null,
      activeModelId: alias?.modelId ?? null,
    },
  };
}

async function readDatabase(ctx: Ctx) {
  const [row] = await ctx.db.execute<{
    bytes: number;
    connections: number;
    connectionsMax: number;
    version: string;
  }>(sql`
    select pg_database_size(current_database())::float8 as bytes, current_setting('server_version') as version,
      (select count(*) from pg_stat_activity where datname = current_database())::int as connections,
      current_setting('max_connections')::int as "connectionsMax"`);
  invariant(row, "a select without a table answers one row");
  return row;
}

async function readLargest(ctx: Ctx) {
  return [
    ...(await ctx.db.execute<{ table: string; bytes: number }>(sql`
      select relname as table, pg_total_relation_size(oid)::float8 as bytes from pg_class
      where relkind = 'r' and relnamespace = 'public'::regnamespace order by 2 desc limit ${LARGEST}`)),
  ];
}

async function readDisk(home: string): Promise<SystemShown["disk"]> {
  try {
    const { bavail, blocks, bsize } = await statfs(home);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch (error) {
    // A home that is not there has no disk; anything else is a fault to be seen.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
