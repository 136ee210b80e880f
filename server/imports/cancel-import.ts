import { and, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import { importRuns } from "#/db/schema/index.ts";
import { audit } from "../audit.ts";
import { type Ctx, inTransaction } from "../context.ts";
import { authorize } from "../permissions.ts";
import { noRun } from "./show-import.ts";

export const cancelImportInput = z.strictObject({ runId: z.number().int().positive() });

/**
 * Cancels a run that waits or is under way: its row says so at once and nothing of its rows will be in; whoever runs it sees
 * that within a second. Answers false where it was over, or had written all already. Refuses with `not_found`.
 */
export async function cancelImport(
  ctx: Ctx,
  { runId }: z.infer<typeof cancelImportInput>,
): Promise<{ cancelled: boolean }> {
  authorize(ctx, "import:run");
  return inTransaction(ctx, async (ctx) => {
    const itself = eq(importRuns.id, runId);
    const [row] = await ctx.db
      .update(importRuns)
      .set({ status: "cancelled", finishedAt: sql`now()` })
      .where(and(itself, inArray(importRuns.status, ["queued", "running"]), sql`${importRuns.writtenAt} is null`))
      .returning({ id: importRuns.id });
    if (row) {
      await audit(ctx, "import:run", `import:${runId}`, { cancelled: true });
      return { cancelled: true };
    }
    const [over] = await ctx.db.select({ id: importRuns.id }).from(importRuns).where(itself);
    if (!over) throw noRun(runId);
    return { cancelled: false };
  });
}
