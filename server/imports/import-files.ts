import { z } from "zod";
import type { Ctx } from "../context.ts";
import { authorize } from "../permissions.ts";
import type { ImportProgress } from "./import-file.ts";
import { openRun } from "./run-record.ts";
import { takeUpImports } from "./take-up-imports.ts";
import { type WorkedThrough, workThrough } from "./work-through.ts";

export const importFilesInput = z.strictObject({
  /** `name` is what the report calls the file, `path` is where it lies. */
  files: z.array(z.strictObject({ name: z.string().min(1).max(300), path: z.string().min(1) })).max(1000),
  /** Counts what would be new and what would change; writes nothing but the report. */
  dryRun: z.boolean().default(false),
});

export interface ImportReport extends WorkedThrough {
  runId: number;
  dryRun: boolean;
}

/**
 * Imports exports of CRM and accounting in this process: files in any order and any subset, each recognised by its header or
 * as a person once laid it. See `workThrough`. The same files again change nothing. A failure of the database throws, the run
 * is noted as failed, and nothing of its rows is in.
 */
export async function importFiles(
  ctx: Ctx,
  input: z.input<typeof importFilesInput>,
  onProgress: (progress: ImportProgress) => void = () => {},
  signal?: AbortSignal,
): Promise<ImportReport> {
  authorize(ctx, "import:run");
  const { files, dryRun } = importFilesInput.parse(input);
  await takeUpImports(ctx);
  const run = await openRun(ctx, { dryRun }, signal);
  try {
    return { runId: run.runId, dryRun, ...(await workThrough(ctx, run, { files, dryRun, onProgress })) };
  } catch (error) {
    await run.fail(error);
    // What the abort did to a statement is not the reason.
    run.signal.throwIfAborted();
    throw error;
  } finally {
    await run.release();
  }
}
