import { rm } from "node:fs/promises";
import { createInterface } from "node:readline/promises";
import { sql } from "drizzle-orm";
import { migrate } from "#/db/migrate.ts";
import type { MarketOptions } from "#/ml/testing/synthetic-market.ts";
import type { Ctx } from "../context.ts";
import { bringModel } from "../demo/bring-model.ts";
import { claimForDemo, dropDemo } from "../demo/claim-database.ts";
import { fillMarket } from "../demo/fill-market.ts";
import { readEnv } from "../env.ts";
import { AppError } from "../errors.ts";
import { openRuntime } from "../runtime.ts";
import { bringXgboost } from "./bring-xgboost.ts";
import { buildIfNeeded } from "./build-app.ts";
import { readArgs, WrongUsage } from "./command.ts";
import { bringLogins, type DemoLogin, loginsFile } from "./demo-logins.ts";
import { assertPortFree, serve } from "./serve.ts";
import { openTerminal, type Terminal } from "./terminal.ts";

const usage =
  "npm run demo -- [--leads N] [--deals N] [--premises N] [--managers N] [--seed N] [--reset [--yes] [--with-imports]] [--no-serve]";

/** Of eight leads one or so comes to an offer that is recorded. */
const LEADS_PER_DEAL = 8;

/** `npm run demo`: everything from nothing to three logins. Each step does what is missing, so that it may run again. */
async function main(terminal: Terminal): Promise<number> {
  const { values } = readArgs(process.argv.slice(2), {
    leads: { type: "string" },
    deals: { type: "string" },
    premises: { type: "string" },
    managers: { type: "string" },
    seed: { type: "string" },
    reset: { type: "boolean", default: false },
    yes: { type: "boolean", default: false },
    "with-imports": { type: "boolean", default: false },
    "no-serve": { type: "boolean", default: false },
  });
  const market = readMarket(values);
  const env = readEnv();
  const host = process.env.HOST || "127.0.0.1";
  if (!values["no-serve"]) await assertPortFree(env.port, host);
  if (values.reset && !values.yes && !(await confirmReset(terminal))) return 1;
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => stop.abort());

  const step = stepper(terminal, values["no-serve"] ? 5 : 7);
  step({ ru: "Библиотека XGBoost", en: "The XGBoost library" });
  await bringXgboost(terminal, env.xgboostLibrary);
  step({ ru: "База данных", en: "The database" });
  const runtime = await openRuntime("demo", { max: 5 });
  try {
    const ctx = runtime.ctx({ kind: "system", name: "demo" });
    if (values.reset) {
      await dropDemo(ctx, { withImports: values["with-imports"] });
      await rm(loginsFile(ctx.home), { force: true });
    }
    await migrate(runtime.databaseUrl);
    await claimForDemo(ctx);
    step({ ru: "Рынок", en: "The market" });
    await fillMarket(ctx, market, terminal);
    step({ ru: "Модель", en: "The model" });
    await bringModel(ctx, terminal, stop.signal);
    step({ ru: "Люди", en: "The people" });
    const logins = await bringLogins(ctx);
    const links = await deepLinks(ctx);
    if (values["no-serve"]) {
      printLogins(terminal, `http://localhost:${env.port}`, logins, links);
      return 0;
    }
    step({ ru: "Экраны", en: "The screens" });
    await buildIfNeeded(terminal);
    step({ ru: "Сервер", en: "The server" });
    if (stop.signal.aborted) return 0;
    const serving = await serve({ env, databaseUrl: runtime.databaseUrl, host, dev: false });
    stop.signal.addEventListener("abort", serving.stop);
    serving.ready.then(
      () => printLogins(terminal, serving.url, logins, links),
      (error: Error) => stop.signal.aborted || terminal.note(error.message),
    );
    return await serving.ended;
  } finally {
    await runtime.close();
  }
}

function readMarket(values: Partial<Record<"leads" | "deals" | "premises" | "managers" | "seed", string>>) {
  const count = (name: keyof typeof values, min: number) => {
    const text = values[name];
    if (text === undefined) return undefined;
    const value = Number(text);
    if (Number.isSafeInteger(value) && value >= min) return value;
    throw new WrongUsage({
      ru: `--${name}: нужно целое число от ${min}.`,
      en: `--${name}: a whole number from ${min} is needed.`,
    });
  };
  const deals = count("deals", 1);
  const leads = count("leads", 1) ?? (deals === undefined ? undefined : deals * LEADS_PER_DEAL);
  const wanted = { leads, premises: count("premises", 1), managers: count("managers", 2), seed: count("seed", 0) };
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)) as MarketOptions;
}

async function confirmReset(terminal: Terminal): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new WrongUsage({
      ru: "Спросить некого: добавьте --yes, если демо и правда надо стереть.",
      en: "There is nobody to ask: add --yes if the demo shall really be thrown away.",
    });
  const question = {
    ru: "Стереть демо-рынок, его модели, отметки и людей? (да/нет) ",
    en: "Throw away the demo market, its models, marks and people? (yes/no) ",
  };
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await reader.question(question[terminal.locale]);
  reader.close();
  return /^(да|д|yes|y)$/i.test(answer.trim());
}

/** Numbers the steps, and says how long the demo has been at it. */
function stepper(terminal: Terminal, steps: number) {
  const began = performance.now();
  let done = 0;
  return (name: { ru: string; en: string }) => {
    done += 1;
    const at = `[${done}/${steps}, ${((performance.now() - began) / 1000).toFixed(0)} s]`;
    terminal.note({ ru: `${at} ${name.ru}`, en: `${at} ${name.en}` });
  };
}

/** Five places worth a look that the demo's manager may see: boards of his leads among them. */
async function deepLinks(ctx: Ctx): Promise<{ ru: string; en: string; path: string }[]> {
  const latest = sql`from leads l join users u on u.manager_id = l.manager_id and u.role = 'manager'
    where l.created_on > (select max(created_on) from leads) - 60`;
  const filled = sql`(area_to_sqm is not null)::int + (budget_rub_month is not null)::int + (bank is not null)::int
    + (cardinality(districts) > 0)::int + (brand is not null)::int`;
  const [full] = await ctx.db.execute<{ id: string; trade: string | null }>(
    sql`select l.id, trades[1] as trade ${latest} order by ${filled} desc, created_on desc, l.id limit 1`,
  );
  const [bare] = await ctx.db.execute<{ id: string }>(
    sql`select l.id ${latest} order by ${filled}, created_on desc, l.id limit 1`,
  );
  if (!full || !bare) throw new Error("The demo market has no leads.");
  const monthAgo = new Date(ctx.now().getTime() - 30 * 86_400_000).toISOString().slice(0, 10);
  return [
    { ru: "лиды", en: "leads", path: "/leads" },
    {
      ru: "поиск по занятию",
      en: "search by trade",
      path: `/leads?q=${encodeURIComponent(full.trade ?? "кофейня")}`,
    },
    { ru: "подбор для подробного лида", en: "board of a lead with many wishes", path: `/leads/${full.id}` },
    { ru: "подбор для скупого лида", en: "board of a lead with few wishes", path: `/leads/${bare.id}` },
    { ru: "тот же подбор месяц назад", en: "that board a month ago", path: `/leads/${full.id}?asOf=${monthAgo}` },
  ];
}

function printLogins(
  terminal: Terminal,
  url: string,
  logins: DemoLogin[],
  links: { ru: string; en: string; path: string }[],
): void {
  const words = {
    ru: { manager: "менеджер", owner: "владелец продукта", admin: "администратор" },
    en: { manager: "manager", owner: "product owner", admin: "admin" },
  }[terminal.locale];
  terminal.print(`\n  ${url}\n`);
  for (const { role, email, password } of logins) {
    terminal.print(`  ${words[role].padEnd(20)}${email.padEnd(24)}${password}`);
  }
  terminal.print("");
  for (const link of links) terminal.print(`  ${link[terminal.locale].padEnd(36)}${url}${link.path}`);
  terminal.print("");
}

const terminal = openTerminal(process.env.LANG?.toLowerCase().startsWith("en") ? "en" : "ru");
try {
  process.exitCode = await main(terminal);
} catch (error) {
  if (error instanceof WrongUsage) {
    terminal.note(error.words);
    terminal.note(usage);
    process.exitCode = 2;
  } else {
    if (error instanceof AppError) terminal.note(error.words);
    else terminal.note(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = 1;
  }
}
