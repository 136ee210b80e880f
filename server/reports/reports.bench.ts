/**
 * How long the pages of owner and administrators take among very much; the promise is 500 ms a page, warm.
 * `node --max-old-space-size=8192 server/reports/reports.bench.ts [home] [word]`: the market is made in `home` (by default
 * <tmp>/ostap-scale, 8 GB, some minutes) unless it is there, and stays for the next time. `word` narrows what is timed by
 * name. Prints of each query that an owner may call and a manager may not, and of each page with all that it asks at once: the
 * processor time that a call took, here and in Postgres; what the first call waited, and the median and the worst of the next
 * ones. Late is what took longer by both: a machine that does other things makes one wait, several cores make one wait less.
 */
import { readFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { connect } from "#/db/client.ts";
import { joinEmbeddedPostgres } from "#/db/embedded.ts";
import { migrate } from "#/db/migrate.ts";
import type { Ctx } from "../context.ts";
import { createLog } from "../log.ts";
import { fillScaleMarket } from "../testing/scale-market.ts";
import { rightsMatrix } from "../trpc/rights-matrix.ts";
import { appRouter, createCaller } from "../trpc/root.ts";

const [home = path.join(os.tmpdir(), "ostap-scale"), word = ""] = process.argv.slice(2);
const TRIES = 5;
const BUDGET_MS = 500;
const APPLICATION = "ostap bench";
/** Of a tick of /proc; Linux has had a hundred a second for decades. */
const MS_A_TICK = 10;

/** What a report is narrowed to, the widest that a screen can ask for among it. */
const scopes: Record<string, object> = {
  year: {},
  all: { period: "all" },
  "a manager, all": { period: "all", ofManager: "101" },
  "a trade, year": { trade: "кофейня" },
  "a trade, all": { period: "all", trade: "кофейня" },
  "a bank, all": { period: "all", bank: "left" },
};

const postgres = await joinEmbeddedPostgres(home);
try {
  await migrate(postgres.url);
  const setting = connect(postgres.url, { max: 1 });
  // A worker's time would be counted nowhere.
  await setting.db.execute(sql`alter database ostap set max_parallel_workers_per_gather = 0`);
  await setting.close();
  const connection = connect(postgres.url, { name: APPLICATION });
  const ctx: Ctx = {
    actor: { kind: "user", userId: 1, name: "Bench", role: "admin", managerId: null },
    db: connection.db,
    sql: connection.sql,
    now: () => new Date(),
    home,
    log: createLog("bench", "error"),
    locale: "ru",
  };
  await fillScaleMarket(ctx, console.log);
  // As autovacuum would after a migration: a report that is read from an index alone needs its map of the table.
  await connection.db.execute(sql`vacuum analyze`);
  await timeAll(ctx);
  await connection.close();
} finally {
  await postgres.leave();
}

type Call = (name: string, input?: object) => Promise<unknown>;

/** Rows that stand in this database, in place of those that the matrix names. */
async function inputsHere(ctx: Ctx): Promise<Record<string, object>> {
  const [row] = await ctx.db.execute<{ modelId: number; withId: number; runId: number | null; pilotId: string }>(sql`
    select max(id) as "modelId", (select max(id) from models where id < (select max(id) from models)) as "withId",
      (select max(id)::int from import_runs) as "runId", (select id from pilots limit 1) as "pilotId" from models`);
  const { modelId, withId, runId, pilotId } = row!;
  return {
    "models.show": { modelId },
    "models.compare": { modelId, withId },
    "shadow.show": { modelId },
    ...(runId === null ? {} : { "imports.show": { runId }, "imports.refused": { runId } }),
    "pilot.show": { pilotId },
    "pilot.lead": { pilotId, place: 1 },
    "audit.search": {},
  };
}

/** Inputs beyond the matrix's: each is timed by itself. */
function inputsOf(name: string, input: object): [string, object][] {
  const isScoped = name.startsWith("reports.") || name === "data.fill";
  if (!isScoped || name === "reports.inputDrift") return [["", input]];
  return Object.entries(scopes).flatMap(([what, scope]) => {
    if (name !== "reports.manager") return [[what, { ...input, ...scope }]];
    return "ofManager" in scope ? [] : [[what, { managerId: "101", scope }]];
  });
}

/** What each page asks before it is whole, its cards that ask for themselves among it; all at once, as it does. */
function pagesOf(scope: object, here: Record<string, object>): Record<string, [string, object?][]> {
  const ask = (...names: string[]): [string, object?][] => names.map((name) => [name, here[name]]);
  const narrowed = (...names: string[]): [string, object?][] => names.map((name) => [`reports.${name}`, scope]);
  const { ofManager: _, ...ofAll } = scope as { ofManager?: string };
  const own = { ...scope, ofManager: "101" };
  return {
    overview: [["leads.choices"], ...narrowed("overview")],
    quality: [
      ...narrowed("marksByWeek", "reviewsByWeek", "outcomesByWeek", "dealsMarkedNegative", "removedByWeek"),
      ...narrowed("calibration", "worstMistakes"),
      ...ask("leads.choices", "reports.inputDrift"),
    ],
    conversion: [
      ...narrowed("conversionByMonth", "funnelByStage", "beforeAfterPromotion"),
      ...ask("leads.choices", "experiments.list"),
    ],
    managers: [["leads.choices"], ...narrowed("managers")],
    "managers/101": [
      ["reports.manager", { managerId: "101", scope: ofAll }],
      ["reports.conversionByMonth", own],
      ["reports.funnelByStage", own],
      ["leads.choices"],
    ],
    data: [
      ["data.fill", scope],
      ...ask("leads.choices", "data.premisesFill", "data.checks", "data.filling", "data.imports"),
    ],
    marks: [
      ["feedback.all", { state: "all" }],
      ["feedback.outliers", { days: 30 }],
    ],
    models: ask("models.list"),
    "models/…": ask("models.show", "models.list", "models.compare", "shadow.show"),
    pilot: ask("pilot.list", "pilot.choices"),
    "pilot/…": ask("pilot.show"),
    "pilot/…/1": ask("pilot.lead"),
    trainings: ask("trainings.show"),
    imports: ask("imports.list"),
    "imports/…": ask("imports.show", "imports.refused"),
    users: [["users.list", { query: "" }], ...ask("keys.list", "users.managers")],
    audit: ask("audit.search", "audit.actions", "audit.lastCheck"),
    jobs: ask("health.jobs", "health.system"),
  };
}

async function timeAll(ctx: Ctx): Promise<void> {
  const caller = createCaller({ ...ctx, requestId: "bench" });
  const call: Call = (name, input) => {
    const procedure = name.split(".").reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], caller);
    return (procedure as (input?: object) => Promise<unknown>)(input);
  };
  const here = await inputsHere(ctx);
  const counts = await ctx.db.execute(sql`
    select relname, reltuples::bigint::text as rows from pg_class
    where relname in ('leads', 'premises', 'managers', 'deals', 'leases', 'match_runs', 'marks', 'audit_log') order by 1`);
  console.log(counts.map(({ relname, rows }) => `${relname} ${rows}`).join(", "));
  console.log(
    `${os.cpus().length} cores, load ${os.loadavg()[0]!.toFixed(1)}, Node ${process.version}; ms a call: processor, then waited at first, and median and worst of ${TRIES} more`,
  );
  let late = 0;
  for (const [name, { open, input = {} }] of Object.entries(rightsMatrix)) {
    if (open === "everybody" || open.includes("manager")) continue;
    const procedure = (appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>)[name]!;
    if (procedure._def.type !== "query") continue;
    for (const [what, asked] of inputsOf(name, here[name] ?? input))
      late += Number((await time(ctx, `${name} ${what}`, () => call(name, asked)))?.isLate ?? false);
  }
  for (const [what, scope] of Object.entries(scopes))
    for (const [page, asked] of Object.entries(pagesOf(scope, here))) {
      // A page that nothing narrows is timed once.
      const isScoped = asked.some(([name]) => name === "data.fill" || /^reports[.](?!inputDrift)/.test(name));
      if (!isScoped && what !== "year") continue;
      if (page === "imports/…" && here["imports.show"] === undefined) continue;
      const all = () => Promise.all(asked.map(([name, input]) => call(name, input)));
      late += Number((await time(ctx, `page: ${page} ${isScoped ? what : ""}`, all))?.isLate ?? false);
    }
  console.log(late === 0 ? `all within ${BUDGET_MS} ms` : `${late} over ${BUDGET_MS} ms`);
}

/** Prints a line, and says whether one would wait longer than promised on a machine that had nothing else to do. */
async function time(ctx: Ctx, what: string, call: () => Promise<unknown>): Promise<{ isLate: boolean } | undefined> {
  if (!what.includes(word)) return undefined;
  const tries: number[] = [];
  let answer: unknown;
  let busy = 0;
  let first = 0;
  try {
    for (let i = 0; i <= TRIES; i++) {
      if (i === 1) busy = await processorMs(ctx);
      const began = performance.now();
      answer = await call();
      // The first warms.
      if (i === 0) first = performance.now() - began;
      else tries.push(performance.now() - began);
    }
    busy = ((await processorMs(ctx)) - busy) / TRIES;
  } catch (error) {
    console.log(what.padEnd(52), "refused:", error instanceof Error ? error.message.slice(0, 80) : error);
    return undefined;
  }
  tries.sort((a, b) => a - b);
  const median = tries[TRIES >> 1]!;
  const isLate = Math.min(busy, median) > BUDGET_MS;
  console.log(
    what.padEnd(52),
    busy.toFixed(0).padStart(5),
    `${first.toFixed(0).padStart(5)} ${median.toFixed(0).padStart(5)} ${tries.at(-1)!.toFixed(0).padStart(5)}`,
    `${rowsIn(answer)} rows`,
    isLate ? "LATE" : "",
  );
  return { isLate };
}

/** So far spent by this process and by its sessions in Postgres. */
async function processorMs(ctx: Ctx): Promise<number> {
  const sessions = await ctx.db.execute<{ pid: number }>(
    sql`select pid from pg_stat_activity where application_name = ${APPLICATION}`,
  );
  const ticks = await Promise.all(
    sessions.map(async ({ pid }) => {
      // The name, in brackets, may hold blanks: what follows it is counted.
      const [, user, system] = (await readFile(`/proc/${pid}/stat`, "utf8")).match(/\) (?:\S+ ){11}(\d+) (\d+)/)!;
      return Number(user) + Number(system);
    }),
  );
  const { user, system } = process.cpuUsage();
  return ticks.reduce((sum, one) => sum + one, 0) * MS_A_TICK + (user + system) / 1000;
}

/** The longest list of the answer. */
function rowsIn(answer: unknown): number {
  if (Array.isArray(answer)) return answer.length;
  if (answer === null || typeof answer !== "object") return 1;
  return Math.max(1, ...Object.values(answer).map((part) => (Array.isArray(part) ? part.length : 1)));
}
