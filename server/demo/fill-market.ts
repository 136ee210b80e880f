import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { finished } from "node:stream/promises";
import { sql } from "drizzle-orm";
import { marketState } from "#/db/schema/index.ts";
import { exportFiles } from "#/ml/testing/export-market.ts";
import { type MarketOptions, makeMarket } from "#/ml/testing/synthetic-market.ts";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk, dayOfDate } from "../days.ts";
import { AppError } from "../errors.ts";
import { importFiles } from "../imports/import-files.ts";
import type { Terminal } from "./terminal.ts";

/** Makes the database the demo's own; refuses one in which somebody works already. */
export async function claimForDemo(ctx: Ctx): Promise<void> {
  if (await isDemo(ctx)) return;
  const [row] = await ctx.db.execute<{ used: boolean }>(sql`
    select exists (select from leads) or exists (select from premises) or exists (select from deals)
      or exists (select from users) or exists (select from models) as used`);
  if (row?.used) throw foreign();
  await ctx.db
    .insert(marketState)
    .values({ isDemo: true })
    .onConflictDoUpdate({ target: marketState.id, set: { isDemo: true } });
}

export async function isDemo(ctx: Ctx): Promise<boolean> {
  const [state] = await ctx.db.select({ isDemo: marketState.isDemo }).from(marketState);
  return state?.isDemo ?? false;
}

/** Throws away the whole demo: every table, so that the migrations can begin anew. Refuses any other database. */
export async function dropDemo(ctx: Ctx): Promise<void> {
  const [tables] = await ctx.db.execute<{ found: string | null }>(sql`select to_regclass('market_state') as found`);
  if (!tables?.found) return;
  if (!(await isDemo(ctx))) await claimForDemo(ctx);
  await ctx.db.execute(sql.raw("drop schema public cascade; create schema public"));
  await ctx.db.execute(sql.raw("drop schema if exists drizzle cascade; drop schema if exists pgboss cascade"));
  for (const folder of ["models", "demo-market"])
    await rm(path.join(ctx.home, folder), { recursive: true, force: true });
}

function foreign(): AppError {
  return new AppError("conflict", {
    ru: "В этой базе уже работают, демо её не тронет. Возьмите другую: OSTAP_HOME=.ostap-demo npm run demo",
    en: "Somebody works in this database and the demo will not touch it. Take another: OSTAP_HOME=.ostap-demo npm run demo",
  });
}

/** Makes up a market that ends today, writes it as its CRM and accounting would export it, and imports those files. */
export async function fillMarket(ctx: Ctx, options: MarketOptions, terminal: Terminal): Promise<void> {
  if (await isFilled(ctx)) return;
  terminal.progress({ ru: "Придумываю рынок…", en: "Making up a market…" });
  const market = makeMarket({ today: dayOfDate(dateInNovosibirsk(ctx.now())), ...options });
  const folder = path.join(ctx.home, "demo-market");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const files: { name: string; path: string }[] = [];
  for (const { name, chunks } of exportFiles(market)) {
    terminal.progress({ ru: `Пишу ${name}…`, en: `Writing ${name}…` });
    const place = path.join(folder, name);
    const out = createWriteStream(place);
    for (const chunk of chunks) if (!out.write(chunk)) await once(out, "drain");
    out.end();
    await finished(out);
    files.push({ name, path: place });
  }
  const report = await importFiles(ctx, { files }, ({ file, rows }) =>
    terminal.progress({ ru: `Загружаю ${file}: ${rows} строк`, en: `Importing ${file}: ${rows} rows` }),
  );
  const refused = report.files.find((file) => file.refusal !== null);
  if (refused) throw new Error(`The demo's own export ${refused.file} was refused: ${refused.refusal}`);
}

/** Leases come last: where they are, all is. An import that was cut short is done again, which changes nothing twice. */
async function isFilled(ctx: Ctx): Promise<boolean> {
  const [row] = await ctx.db.execute<{ filled: boolean }>(sql`
    select exists (
      select from import_runs where status = 'done' and not dry_run and jsonb_array_length(files) >= 7
    ) as filled`);
  return row?.filled ?? false;
}
