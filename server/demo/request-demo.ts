import { inArray } from "drizzle-orm";
import { z } from "zod";
import { importRuns } from "#/db/schema/index.ts";
import { audit } from "../audit.ts";
import { type Ctx, inTransaction } from "../context.ts";
import { AppError } from "../errors.ts";
import { enqueue } from "../jobs/queue.ts";
import { authorize } from "../permissions.ts";
import { hasRecords } from "./claim-database.ts";
import { demoJobState } from "./show-demo.ts";

/** The demo is what it is: there is nothing to choose. */
export const requestDemoInput = z.strictObject({});

/**
 * Asks for the demo's market in an empty database; a worker loads it. Refuses with `conflict` where there are records, where
 * an import waits or runs, and where the demo is being loaded already.
 */
export async function requestDemo(ctx: Ctx): Promise<void> {
  authorize(ctx, "demo:load");
  await inTransaction(ctx, async (ctx) => {
    if (await hasRecords(ctx)) throw holdsRecords();
    const state = await demoJobState(ctx);
    if (state === "waiting" || state === "running") throw underWay();
    const imports = await ctx.db
      .select({ runId: importRuns.id })
      .from(importRuns)
      .where(inArray(importRuns.status, ["queued", "running"]))
      .limit(1);
    if (imports.length > 0) throw importsRun();
    // Two who ask at once: the queue lets one such job wait.
    if ((await enqueue(ctx, "load-demo", {})) === null) throw underWay();
    await audit(ctx, "demo:load", "market:demo", { requested: true });
  });
}

export function holdsRecords(): AppError {
  return new AppError("conflict", {
    ru: "В этой базе уже есть записи: демо загружается только в пустую.",
    en: "There are records in this database: a demo is loaded into an empty one alone.",
  });
}

function underWay(): AppError {
  return new AppError("conflict", { ru: "Демо уже загружается.", en: "The demo is being loaded already." });
}

function importsRun(): AppError {
  return new AppError("conflict", {
    ru: "Сейчас идёт загрузка файлов: дождитесь её или отмените.",
    en: "Files are being imported: wait for that or cancel it.",
  });
}
