import { eq } from "drizzle-orm";
import { z } from "zod";
import { importMappings } from "#/db/schema/index.ts";
import { audit } from "../audit.ts";
import { actorName, type Ctx, inTransaction } from "../context.ts";
import { dateInNovosibirsk } from "../days.ts";
import { AppError } from "../errors.ts";
import { authorize } from "../permissions.ts";
import { knownTables } from "./known-tables.ts";
import { COLUMNS_MAX } from "./limits.ts";
import { tableOrder } from "./table.ts";

export const layColumnsInput = z.strictObject({
  /** Of the header, as the preview tells it. */
  signature: z.string().regex(/^[0-9a-f]{64}$/),
  /** null: forget what was laid, and recognise the header by itself again. */
  mapping: z
    .strictObject({
      table: z.enum(tableOrder),
      columns: z.array(z.string().max(64).nullable()).max(COLUMNS_MAX),
    })
    .nullable(),
});

/**
 * Lays the columns of a header into ours, for this file and every later one with the same header, whichever way it comes.
 * A column that the table does not have or that is named twice is refused with `invalid`. What is still missing the preview says.
 */
export async function layColumns(ctx: Ctx, { signature, mapping }: z.infer<typeof layColumnsInput>): Promise<void> {
  authorize(ctx, "import:run");
  if (mapping) refuseUnknown(ctx, mapping);
  await inTransaction(ctx, async (ctx) => {
    if (mapping) {
      const laid = { mapping, savedBy: actorName(ctx.actor), savedAt: ctx.now() };
      await ctx.db
        .insert(importMappings)
        .values({ signature, ...laid })
        .onConflictDoUpdate({ target: importMappings.signature, set: laid });
    } else await ctx.db.delete(importMappings).where(eq(importMappings.signature, signature));
    await audit(ctx, "import:run", `import-header:${signature.slice(0, 12)}`, { mapping });
  });
}

function refuseUnknown(ctx: Ctx, { table, columns }: { table: string; columns: (string | null)[] }): void {
  const known = knownTables(dateInNovosibirsk(ctx.now())).find(({ name }) => name === table);
  const named = columns.filter((name) => name !== null);
  const stranger = named.find((name) => !known?.columns.some((column) => column.name === name));
  const twice = named.find((name, i) => named.indexOf(name) !== i);
  if (stranger === undefined && twice === undefined) return;
  throw new AppError(
    "invalid",
    stranger === undefined
      ? { ru: "Два столбца файла ведут в один наш.", en: "Two columns of the file go into the same one of ours." }
      : { ru: "В этой таблице такого столбца нет.", en: "The table has no such column." },
    { place: "mapping" },
  );
}
