import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { importUploads } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import { authorize } from "../permissions.ts";
import { encodings } from "./inspect-file.ts";
import { delimiters } from "./read-csv.ts";
import { gone } from "./request-import.ts";

export const readUploadAsInput = z.strictObject({
  uploadId: z.uuid(),
  /** null: to be found out by looking. */
  encoding: z.enum(encodings).nullable(),
  delimiter: z.enum(delimiters).nullable(),
});

/** Says in which encoding and by which separator a file that waits is to be read. */
export async function readUploadAs(
  ctx: Ctx,
  { uploadId, encoding, delimiter }: z.infer<typeof readUploadAsInput>,
): Promise<void> {
  authorize(ctx, "import:run");
  const [upload] = await ctx.db
    .update(importUploads)
    .set({ encoding, delimiter })
    .where(and(eq(importUploads.id, uploadId), isNull(importUploads.removedAt)))
    .returning({ id: importUploads.id });
  if (!upload) throw gone();
}
