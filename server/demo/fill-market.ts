import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { finished } from "node:stream/promises";
import { sql } from "drizzle-orm";
import { exportFiles } from "#/ml/testing/export-market.ts";
import { type MarketOptions, makeMarket } from "#/ml/testing/synthetic-market.ts";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk, dayOfDate } from "../days.ts";
import { importFiles } from "../imports/import-files.ts";
import type { Words } from "../wording.ts";
import { demoFolder } from "./claim-database.ts";

/** Whoever watches a demo being made. */
export interface Watcher {
  /** The same work a little further on. */
  progress(words: Words): void;
  note(words: Words): void;
}

/** Makes up a market that ends today, writes it as its CRM and accounting would export it, and imports those files. */
export async function fillMarket(
  ctx: Ctx,
  options: MarketOptions,
  watcher: Watcher,
  signal?: AbortSignal,
): Promise<void> {
  if (await isFilled(ctx)) return;
  watcher.progress({ ru: "Придумываю рынок…", en: "Making up a market…" });
  const market = makeMarket({ today: dayOfDate(dateInNovosibirsk(ctx.now())), ...options });
  const folder = demoFolder(ctx.home);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const files: { name: string; path: string }[] = [];
  for (const { name, chunks } of exportFiles(market)) {
    watcher.progress({ ru: `Пишу ${name}…`, en: `Writing ${name}…` });
    const place = path.join(folder, name);
    const out = createWriteStream(place);
    for (const chunk of chunks) {
      signal?.throwIfAborted();
      if (!out.write(chunk)) await once(out, "drain");
    }
    out.end();
    await finished(out);
    files.push({ name, path: place });
  }
  const report = await importFiles(
    ctx,
    { files },
    ({ file, rows }) =>
      watcher.progress({ ru: `Загружаю ${file}: ${rows} строк`, en: `Importing ${file}: ${rows} rows` }),
    signal,
  );
  const refused = report.files.find((file) => file.refusal !== null);
  if (refused) throw new Error(`The demo's own export ${refused.file} was refused: ${refused.refusal}`);
}

/**
 * Leases come last: where they are, all is. An import that was cut short is done again, which changes nothing twice. `by` asks
 * whether it was that actor who filled it.
 */
export async function isFilled(ctx: Ctx, by?: string): Promise<boolean> {
  const [row] = await ctx.db.execute<{ filled: boolean }>(sql`
    select exists (
      select from import_runs where status = 'done' and not dry_run and jsonb_array_length(files) >= 7
        and started_by = coalesce(${by ?? null}, started_by)
    ) as filled`);
  return row?.filled ?? false;
}
