import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { importUploads } from "#/db/schema/index.ts";
import { type Ctx, inTransaction } from "../context.ts";
import { authorize } from "../permissions.ts";
import { gone, underWay, uploadsOfRuns } from "./request-import.ts";
import { discardUploads } from "./upload-files.ts";

export const removeUploadInput = z.strictObject({ uploadId: z.uuid() });

/** Takes a file away that was sent and is not wanted. Refuses with `conflict` while a run reads it. */
export async function removeUpload(ctx: Ctx, { uploadId }: z.infer<typeof removeUploadInput>): Promise<void> {
  authorize(ctx, "import:run");
  await inTransaction(ctx, async (ctx) => {
    const [upload] = await ctx.db
      .select({ id: importUploads.id })
      .from(importUploads)
      .where(and(eq(importUploads.id, uploadId), isNull(importUploads.removedAt)))
      .for("update");
    if (!upload) throw gone();
    if ((await uploadsOfRuns(ctx)).has(uploadId)) throw underWay();
    await discardUploads(ctx, [uploadId]);
  });
}
