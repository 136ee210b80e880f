import { rm } from "node:fs/promises";
import path from "node:path";
import { sql } from "drizzle-orm";
import { marketState } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import { AppError } from "../errors.ts";

/** Where the demo's exports are written. */
export const demoFolder = (home: string) => path.join(home, "demo-market");

/** Makes the database the demo's own; refuses one in which somebody works already. */
export async function claimForDemo(ctx: Ctx): Promise<void> {
  if (await isDemo(ctx)) return;
  const [people] = await ctx.db.execute<{ any: boolean }>(sql`select exists (select from users) as any`);
  if (people?.any || (await hasRecords(ctx))) throw foreign();
  await markAsDemo(ctx);
}

/** From now on `npm run demo -- --reset` may throw all of it away. */
export async function markAsDemo(ctx: Ctx): Promise<void> {
  await ctx.db
    .insert(marketState)
    .values({ isDemo: true })
    .onConflictDoUpdate({ target: marketState.id, set: { isDemo: true } });
}

export async function isDemo(ctx: Ctx): Promise<boolean> {
  const [state] = await ctx.db.select({ isDemo: marketState.isDemo }).from(marketState);
  return state?.isDemo ?? false;
}

/** Is there anything that an import or a training has left? People alone are no records. */
export async function hasRecords(ctx: Ctx): Promise<boolean> {
  const [row] = await ctx.db.execute<{ any: boolean }>(sql`
    select exists (select from leads) or exists (select from premises) or exists (select from deals) or exists (select from leases)
      or exists (select from managers) or exists (select from models) as any`);
  return row?.any ?? false;
}

/**
 * Throws away the whole demo: every table, so that the migrations can begin anew. Refuses any other database, and one into which
 * people have imported files since, unless `withImports` says that these may go, too.
 */
export async function dropDemo(ctx: Ctx, { withImports }: { withImports: boolean }): Promise<void> {
  const [tables] = await ctx.db.execute<{ found: string | null }>(sql`select to_regclass('market_state') as found`);
  if (!tables?.found) return;
  if (!(await isDemo(ctx))) await claimForDemo(ctx);
  if (!withImports && (await hasForeignImports(ctx))) throw mixed();
  await ctx.db.execute(sql.raw("drop schema public cascade; create schema public"));
  await ctx.db.execute(sql.raw("drop schema if exists drizzle cascade; drop schema if exists pgboss cascade"));
  for (const folder of [path.join(ctx.home, "models"), demoFolder(ctx.home)])
    await rm(folder, { recursive: true, force: true });
}

async function hasForeignImports(ctx: Ctx): Promise<boolean> {
  const [row] = await ctx.db.execute<{ any: boolean }>(sql`
    select exists (select from import_runs where status = 'done' and not dry_run and started_by <> 'system:demo') as any`);
  return row?.any ?? false;
}

function mixed(): AppError {
  return new AppError("conflict", {
    ru: "После демо сюда загружали файлы. Если в них настоящие данные, возьмите для демо другую базу: OSTAP_HOME=.ostap-demo npm run demo. Если нет, добавьте --with-imports.",
    en: "Files were imported here after the demo. If they hold real data, take another database for the demo: OSTAP_HOME=.ostap-demo npm run demo. If not, add --with-imports.",
  });
}

function foreign(): AppError {
  return new AppError("conflict", {
    ru: "В этой базе уже работают, демо её не тронет. Возьмите другую: OSTAP_HOME=.ostap-demo npm run demo",
    en: "Somebody works in this database and the demo will not touch it. Take another: OSTAP_HOME=.ostap-demo npm run demo",
  });
}
