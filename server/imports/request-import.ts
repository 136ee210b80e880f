import { and, inArray, isNull } from "drizzle-orm";
import { z } from "zod";
import { type ImportSource, importRuns, importUploads } from "#/db/schema/index.ts";
import { audit } from "../audit.ts";
import { actorName, type Ctx, inTransaction } from "../context.ts";
import { AppError } from "../errors.ts";
import { enqueue } from "../jobs/queue.ts";
import { authorize } from "../permissions.ts";
import { UPLOADS_MAX } from "./limits.ts";

export const requestImportInput = z.strictObject({
  uploadIds: z.array(z.uuid()).min(1).max(UPLOADS_MAX),
  /** Counts what would be new and what would change, with examples; writes nothing but the report. */
  dryRun: z.boolean(),
});

/**
 * Asks for an import of files that were sent; a worker runs it, one after another. Refuses with `not_found` where one of the
 * files is gone, and with `conflict` where another run is about to write it.
 */
export async function requestImport(
  ctx: Ctx,
  { uploadIds, dryRun }: z.infer<typeof requestImportInput>,
): Promise<{ runId: number }> {
  authorize(ctx, "import:run");
  return inTransaction(ctx, async (ctx) => {
    const wanted = [...new Set(uploadIds)];
    const uploads = await ctx.db
      .select()
      .from(importUploads)
      .where(and(inArray(importUploads.id, wanted), isNull(importUploads.removedAt)))
      .orderBy(importUploads.uploadedAt, importUploads.id)
      .for("update");
    if (uploads.length < wanted.length) throw gone();
    const waiting = await uploadsOfRuns(ctx);
    if (!dryRun && wanted.some((uploadId) => waiting.has(uploadId))) throw underWay();
    const names = new Set<string>();
    const sources: ImportSource[] = uploads.map(({ id, name, encoding, delimiter }) => ({
      uploadId: id,
      name: uniqueName(name, names),
      encoding,
      delimiter,
    }));
    const [run] = await ctx.db
      .insert(importRuns)
      .values({
        status: "queued",
        by: "queue",
        dryRun,
        sources,
        startedBy: actorName(ctx.actor),
      })
      .returning({ runId: importRuns.id });
    const { runId } = run!;
    await enqueue(ctx, "run-import", { runId });
    await audit(ctx, "import:run", `import:${runId}`, {
      requested: true,
      dryRun,
      files: sources.map(({ name }) => name),
    });
    return { runId };
  });
}

/** Uploads that a run waits for or reads. */
export async function uploadsOfRuns(ctx: Ctx): Promise<Set<string>> {
  const runs = await ctx.db
    .select({ sources: importRuns.sources })
    .from(importRuns)
    .where(inArray(importRuns.status, ["queued", "running"]));
  return new Set(runs.flatMap(({ sources }) => sources.map(({ uploadId }) => uploadId)));
}

/** The report tells files apart by their names. */
function uniqueName(name: string, taken: Set<string>): string {
  let unique = name;
  for (let n = 2; taken.has(unique); n++) unique = `${name} (${n})`;
  taken.add(unique);
  return unique;
}

export function gone(): AppError {
  return new AppError("not_found", {
    ru: "Файла уже нет: его загрузили, убрали или прошли сутки. Пришлите его ещё раз.",
    en: "The file is gone: imported, removed, or a day is over. Send it again.",
  });
}

export function underWay(): AppError {
  return new AppError("conflict", {
    ru: "Этот файл сейчас читает загрузка: дождитесь её или отмените.",
    en: "An import is reading this file: wait for it or cancel it.",
  });
}
