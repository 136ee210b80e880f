import { readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { and, inArray, isNull, sql } from "drizzle-orm";
import { importUploads } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import { invariant } from "../errors.ts";

/** A file that nobody imported within a day goes. */
const KEPT_HOURS = 24;
/** A file that is still being sent is younger than this. */
const PART_MS = 3_600_000;

/** Where files lie that were sent to be imported. */
export function uploadFolder(home: string): string {
  return path.join(home, "imports");
}

/** Where one lies: under a number of ours, never under the name that it came with. */
export function uploadPath(home: string, uploadId: string): string {
  invariant(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uploadId), `"${uploadId}" is an id of an upload`);
  return path.join(uploadFolder(home), uploadId);
}

/** Takes uploads away: their rows say so first, in the transaction of `ctx`, and a file that then stays is swept. */
export async function discardUploads(ctx: Ctx, uploadIds: readonly string[]): Promise<void> {
  if (uploadIds.length === 0) return;
  await ctx.db
    .update(importUploads)
    .set({ removedAt: sql`now()` })
    .where(and(inArray(importUploads.id, [...uploadIds]), isNull(importUploads.removedAt)));
  for (const uploadId of uploadIds) await rm(uploadPath(ctx.home, uploadId), { force: true });
}

/** Takes away what nobody wants any more: uploads of yesterday that no run waits for, and what a process that died had begun to receive. */
export async function sweepUploads(ctx: Ctx): Promise<void> {
  const old = await ctx.db.execute<{ id: string }>(sql`
    select id from import_uploads u
    where removed_at is null and uploaded_at < now() - make_interval(hours => ${KEPT_HOURS})
      and not exists (
        select from import_runs r, jsonb_array_elements(r.sources) s
        where r.status in ('queued', 'running') and s->>'uploadId' = u.id::text
      )`);
  await discardUploads(
    ctx,
    old.map(({ id }) => id),
  );
  const kept = await ctx.db.select({ id: importUploads.id }).from(importUploads).where(isNull(importUploads.removedAt));
  const known = new Set(kept.map(({ id }) => id));
  const folder = uploadFolder(ctx.home);
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  for (const name of names) {
    if (known.has(name)) continue;
    const place = path.join(folder, name);
    const { mtimeMs } = await stat(place).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (mtimeMs < Date.now() - PART_MS) await rm(place, { force: true });
  }
}
