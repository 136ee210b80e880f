import { z } from "zod";
import { type Ctx, inTransaction } from "../context.ts";
import { authorize } from "../permissions.ts";
import type { Encoding } from "./inspect-file.ts";
import { claimRun } from "./run-record.ts";
import { discardUploads, uploadPath } from "./upload-files.ts";
import { type SourceFile, type WorkedThrough, workThrough } from "./work-through.ts";

export const runImportInput = z.strictObject({ runId: z.number().int().positive() });

/**
 * Runs an import that was requested. Its row tells how it went: done, failed with the reason, cancelled by whoever set the row
 * so, or back in the queue where the signal says that the worker must go. The files of a run that wrote go afterwards; those of
 * a dry run stay for the real one. Refuses with `conflict` when it is run, or was, by somebody else.
 */
export async function runImport(
  ctx: Ctx,
  { runId }: z.infer<typeof runImportInput>,
  { signal }: { signal?: AbortSignal } = {},
): Promise<WorkedThrough> {
  authorize(ctx, "import:run");
  const { run, dryRun, sources, written } = await claimRun(ctx, runId, signal);
  try {
    const files = sources.map(
      ({ uploadId, name, encoding, delimiter }): SourceFile => ({
        name,
        path: uploadPath(ctx.home, uploadId),
        reading: { encoding: (encoding ?? undefined) as Encoding | undefined, delimiter: delimiter ?? undefined },
      }),
    );
    const done = await workThrough(ctx, run, { files, dryRun, written });
    if (!dryRun)
      await inTransaction(ctx, (ctx) =>
        discardUploads(
          ctx,
          sources.map(({ uploadId }) => uploadId),
        ),
      );
    return done;
  } catch (error) {
    await run.fail(error);
    // What the abort did to a statement is not the reason.
    run.signal.throwIfAborted();
    throw error;
  } finally {
    await run.release();
  }
}
