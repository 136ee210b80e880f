import { desc, inArray, isNull } from "drizzle-orm";
import { importRuns, importUploads } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import { isServed } from "../jobs/is-served.ts";
import { authorize, may } from "../permissions.ts";
import { UPLOAD_BYTES_MAX } from "./limits.ts";
import { uploadsOfRuns } from "./request-import.ts";
import { type ImportRow, type ImportUnderWay, runRow, runUnderWay, selectRuns } from "./show-import.ts";

export interface WaitingUpload {
  uploadId: string;
  name: string;
  bytes: number;
  uploadedAt: Date;
  /** A run waits for it or reads it. */
  inUse: boolean;
}

export interface ImportsView {
  /** Files that were sent and not imported yet, oldest first; empty for whoever may not import. */
  uploads: WaitingUpload[];
  underWay: ImportUnderWay[];
  /** Those that are over, newest first. */
  past: ImportRow[];
  workerRuns: boolean;
  mayRun: boolean;
  uploadBytesMax: number;
}

const PAST_MAX = 50;

/** What waits to be imported, what is being imported, and what was. */
export async function listImports(ctx: Ctx): Promise<ImportsView> {
  authorize(ctx, "import:read");
  const mayRun = may(ctx.actor, "import:run");
  const [uploads, inUse, running, past, workerRuns] = await Promise.all([
    mayRun
      ? ctx.db
          .select()
          .from(importUploads)
          .where(isNull(importUploads.removedAt))
          .orderBy(importUploads.uploadedAt, importUploads.id)
      : [],
    uploadsOfRuns(ctx),
    selectRuns(ctx)
      .where(inArray(importRuns.status, ["queued", "running"]))
      .orderBy(importRuns.id),
    selectRuns(ctx)
      .where(inArray(importRuns.status, ["done", "failed", "cancelled"]))
      .orderBy(desc(importRuns.id))
      .limit(PAST_MAX),
    isServed(ctx),
  ]);
  return {
    uploads: uploads.map(({ id, name, bytes, uploadedAt }) => ({
      uploadId: id,
      name,
      bytes,
      uploadedAt,
      inUse: inUse.has(id),
    })),
    underWay: running.map((row) => runUnderWay(ctx, row)),
    past: past.map((row) => runRow(ctx, row)),
    workerRuns,
    mayRun,
    uploadBytesMax: UPLOAD_BYTES_MAX,
  };
}
