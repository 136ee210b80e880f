import { desc, eq, getTableColumns, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { type ImportFileReport, importRuns, importUploads } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import { AppError } from "../errors.ts";
import { estimateRemaining } from "../jobs/estimate-remaining.ts";
import { isServed } from "../jobs/is-served.ts";
import { authorize, may } from "../permissions.ts";
import { wordFileRefusal } from "./refusals.ts";

export const showImportInput = z.strictObject({ runId: z.number().int().positive() });

export interface ImportRow {
  runId: number;
  status: (typeof importRuns.status.enumValues)[number];
  dryRun: boolean;
  /** `user:7`, `system:cli`; `startedByName` where it is a person. */
  startedBy: string;
  startedByName: string | null;
  startedAt: Date;
  finishedAt: Date | null;
  attempts: number;
  /** The run whose refused rows this one brings, mended. */
  mendsRunId: number | null;
  /** In the asker's language; null: it did not fail. */
  failure: string | null;
  /** Names of its files, from the first moment on. */
  names: string[];
  /** Of all its files together. */
  totals: Record<"rows" | "inserted" | "changed" | "unchanged" | "refused" | "refusedValues" | "filesRefused", number>;
}

export interface ImportUnderWay extends ImportRow {
  /** null: it waits. */
  stage: string | null;
  stageFile: string | null;
  percent: number;
  elapsedSeconds: number;
  /** null: there is nothing to go by yet. */
  remainingSeconds: number | null;
}

export interface ImportView extends ImportUnderWay {
  files: ImportFileReport[];
  /** Runs that brought rows of this one, mended. */
  mendedBy: number[];
  /** Its files are still there: a dry run can become a real one, a cancelled or failed run be tried again. */
  uploadIds: string[];
  workerRuns: boolean;
  mayRun: boolean;
}

/** Reading tells its pace soon: its bytes are counted. */
const PACE_FROM = { percent: 2, seconds: 2 };

/** One run: where it is, or what it brought. Refuses with `not_found`. */
export async function showImport(ctx: Ctx, { runId }: z.infer<typeof showImportInput>): Promise<ImportView> {
  authorize(ctx, "import:read");
  const [row] = await selectRuns(ctx).where(eq(importRuns.id, runId));
  if (!row) throw noRun(runId);
  const ids = row.sources.map(({ uploadId }) => uploadId);
  const [uploads, mends, workerRuns] = await Promise.all([
    ids.length === 0
      ? []
      : ctx.db
          .select({ id: importUploads.id, removedAt: importUploads.removedAt })
          .from(importUploads)
          .where(inArray(importUploads.id, ids)),
    ctx.db
      .select({ id: importRuns.id })
      .from(importRuns)
      .where(eq(importRuns.mendsRunId, runId))
      .orderBy(desc(importRuns.id)),
    isServed(ctx),
  ]);
  const kept = uploads.length === ids.length && uploads.every(({ removedAt }) => removedAt === null);
  return {
    ...runUnderWay(ctx, row),
    files: row.files.map((file) =>
      file.refusedFor ? { ...file, refusal: wordFileRefusal(file.refusedFor, ctx.locale) } : file,
    ),
    mendedBy: mends.map(({ id }) => id),
    uploadIds: kept ? ids : [],
    workerRuns,
    mayRun: may(ctx.actor, "import:run"),
  };
}

/** Runs with the name of whoever asked; the caller says which. */
export function selectRuns(ctx: Ctx) {
  return ctx.db
    .select({
      ...getTableColumns(importRuns),
      startedByName: sql<string | null>`(select name from users where 'user:' || users.id = ${importRuns.startedBy})`,
      elapsedSeconds: sql<number>`coalesce(extract(epoch from now() - ${importRuns.startedAt}), 0)::float8`,
    })
    .from(importRuns);
}

export type SelectedRun = Awaited<ReturnType<typeof selectRuns>>[number];

/** A run as lists show it. */
export function runRow(ctx: Ctx, row: SelectedRun): ImportRow {
  const sum = (count: (file: ImportFileReport) => number) => row.files.reduce((sum, file) => sum + count(file), 0);
  return {
    runId: row.id,
    status: row.status,
    dryRun: row.dryRun,
    startedBy: row.startedBy,
    startedByName: row.startedByName,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt,
    attempts: row.attempts,
    mendsRunId: row.mendsRunId,
    failure: row.status === "failed" ? (row.failureWords?.[ctx.locale] ?? row.failure) : null,
    names: row.files.length > 0 ? row.files.map(({ file }) => file) : row.sources.map(({ name }) => name),
    totals: {
      rows: sum(({ rows }) => rows),
      inserted: sum(({ inserted }) => inserted),
      changed: sum(({ changed }) => changed),
      unchanged: sum(({ unchanged }) => unchanged),
      refused: sum(({ refused }) => refused),
      refusedValues: sum(({ refusedValues }) => refusedValues),
      filesRefused: sum(({ refusal }) => (refusal === null ? 0 : 1)),
    },
  };
}

/** The same, with where it is. */
export function runUnderWay(ctx: Ctx, row: SelectedRun): ImportUnderWay {
  const running = row.status === "running";
  const at = { percent: row.percent, elapsedSeconds: running ? row.elapsedSeconds : 0 };
  return {
    ...runRow(ctx, row),
    stage: running ? (row.stage ?? "looking") : null,
    stageFile: row.stageFile,
    ...at,
    remainingSeconds: running ? estimateRemaining(at, null, PACE_FROM) : null,
  };
}

export function noRun(runId: number): AppError {
  return new AppError(
    "not_found",
    { ru: `Нет загрузки ${runId}.`, en: `There is no import ${runId}.` },
    { place: "runId" },
  );
}
