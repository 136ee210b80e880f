/**
 * How long the pages of owner and administrators take among very much; the promise is 500 ms a page, warm.
 * `node --max-old-space-size=8192 server/reports/reports.bench.ts [home] [word]`: the market is made in `home` (by default
 * <tmp>/ostap-scale, 8 GB, some minutes) unless it is there, and stays for the next time. `word` narrows the procedures by
 * name. Prints of each query that an owner may call and a manager may not: the processor time that a call took, here and in
 * Postgres, which on a machine with nothing else to do is what one waits; then what the first call waited, and the median and
 * the worst of the next ones.
 */
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { finished } from "node:stream/promises";
import { sql } from "drizzle-orm";
import { connect, type Database } from "#/db/client.ts";
import { joinEmbeddedPostgres } from "#/db/embedded.ts";
import { migrate } from "#/db/migrate.ts";
import { exportFiles } from "#/ml/testing/export-market.ts";
import { makeMarket } from "#/ml/testing/synthetic-market.ts";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk, dayOfDate } from "../days.ts";
import { importFiles } from "../imports/import-files.ts";
import { createLog } from "../log.ts";
import { judgeOutcomes } from "../quality/judge-outcomes.ts";
import { rightsMatrix } from "../trpc/rights-matrix.ts";
import { appRouter, createCaller } from "../trpc/root.ts";

const [home = path.join(os.tmpdir(), "ostap-scale"), word = ""] = process.argv.slice(2);
const size = { leads: 1_000_000, premises: 100_000, managers: 1000 };
const TRIES = 5;
const BUDGET_MS = 500;
const APPLICATION = "ostap bench";
/** Of a tick of /proc; Linux has had a hundred a second for decades. */
const MS_A_TICK = 10;

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
  await fillMarket(ctx);
  await fillUse(connection.db);
  await fillOutcomes(ctx);
  // As autovacuum would after a migration: a report that is read from an index alone needs its map of the table.
  await connection.db.execute(sql`vacuum analyze`);
  await timeAll(ctx);
  await connection.close();
} finally {
  await postgres.leave();
}

/** Inputs beyond the matrix's: each is timed by itself, the widest that a screen can ask for among them. */
function inputsOf(name: string, input: object): [string, object][] {
  const scoped = name.startsWith("reports.") || name === "data.fill";
  if (!scoped || name === "reports.inputDrift") return [["", input]];
  const scopes: [string, object][] = [
    ["year", {}],
    ["all", { period: "all" }],
    ["a manager, all", { period: "all", ofManager: "101" }],
    ["a trade, year", { trade: "кофейня" }],
    ["a trade, all", { period: "all", trade: "кофейня" }],
    ["a bank, all", { period: "all", bank: "left" }],
  ];
  if (name !== "reports.manager") return scopes.map(([what, scope]) => [what, { ...input, ...scope }]);
  return scopes.flatMap(([what, scope]) => ("ofManager" in scope ? [] : [[what, { managerId: "101", scope }]]));
}

async function timeAll(ctx: Ctx): Promise<void> {
  const caller = createCaller({ ...ctx, requestId: "bench" });
  const counts = await ctx.db.execute(sql`
    select relname, reltuples::bigint::text as rows from pg_class
    where relname in ('leads', 'premises', 'managers', 'deals', 'leases', 'match_runs', 'marks', 'audit_log') order by 1`);
  console.log(counts.map(({ relname, rows }) => `${relname} ${rows}`).join(", "));
  console.log(
    `${os.cpus().length} cores, load ${os.loadavg()[0]!.toFixed(1)}, Node ${process.version}; ms a call: processor, then waited at first, and median and worst of ${TRIES} more`,
  );
  let late = 0;
  for (const [name, { open, input = {} }] of Object.entries(rightsMatrix)) {
    if (open === "everybody" || open.includes("manager") || !name.includes(word)) continue;
    const procedure = (appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>)[name]!;
    if (procedure._def.type !== "query") continue;
    const call = name.split(".").reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], caller);
    for (const [what, asked] of inputsOf(name, input)) {
      const tries: number[] = [];
      let answer: unknown;
      let busy = 0;
      let first = 0;
      try {
        for (let i = 0; i <= TRIES; i++) {
          if (i === 1) busy = await processorMs(ctx);
          const began = performance.now();
          answer = await (call as (input: unknown) => Promise<unknown>)(asked);
          // The first warms.
          if (i === 0) first = performance.now() - began;
          else tries.push(performance.now() - began);
        }
        busy = ((await processorMs(ctx)) - busy) / TRIES;
      } catch (error) {
        console.log(
          `${name} ${what}`.padEnd(52),
          "refused:",
          error instanceof Error ? error.message.slice(0, 80) : error,
        );
        continue;
      }
      tries.sort((a, b) => a - b);
      const median = tries[TRIES >> 1]!;
      late += Number(busy > BUDGET_MS);
      console.log(
        `${name} ${what}`.padEnd(52),
        busy.toFixed(0).padStart(5),
        `${first.toFixed(0).padStart(5)} ${median.toFixed(0).padStart(5)} ${tries.at(-1)!.toFixed(0).padStart(5)}`,
        `${rowsIn(answer)} rows`,
        busy > BUDGET_MS ? "LATE" : "",
      );
    }
  }
  console.log(late === 0 ? `all within ${BUDGET_MS} ms` : `${late} over ${BUDGET_MS} ms`);
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

async function fillMarket(ctx: Ctx): Promise<void> {
  const [there] = await ctx.db.execute(sql`select 1 from leases limit 1`);
  if (there) return;
  const market = makeMarket({ today: dayOfDate(dateInNovosibirsk(ctx.now())), ...size });
  const folder = path.join(home, "scale-market");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const files: { name: string; path: string }[] = [];
  for (const { name, chunks } of exportFiles(market)) {
    console.log(`writing ${name}`);
    const place = path.join(folder, name);
    const out = createWriteStream(place);
    for (const chunk of chunks) if (!out.write(chunk)) await once(out, "drain");
    out.end();
    await finished(out);
    files.push({ name, path: place });
  }
  await importFiles(ctx, { files }, ({ file, stage }) => {
    if (stage === "writing") console.log(`importing ${file}`);
  });
}

/** What people leave behind in two years: phones, boards, marks, sent proposals, the audit log. Triggers of the chain are passed over. */
async function fillUse(db: Database): Promise<void> {
  const [there] = await db.execute(sql`select 1 from match_runs limit 1`);
  if (there) return;
  console.log("filling runs, marks, proposals and the audit log");
  // The made market numbers its premises without gaps.
  const [{ first }] = (await db.execute(sql`select min(id::int) as first from premises`)) as unknown as [
    { first: number },
  ];
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    // One in thirty asks twice.
    await tx.execute(
      sql`update leads set phone = '+7 913 ' || lpad((('x' || substr(md5(id), 1, 7))::bit(28)::int % 9000000)::text, 7, '0')`,
    );
    await tx.execute(sql`
      create temporary table recent on commit drop as
      select id, manager_id, created_on, row_number() over (order by created_on, id) as n from leads
      where created_on > (select max(created_on) from leads) - 730 and manager_id is not null`);
    await tx.execute(sql`analyze recent`);
    await tx.execute(sql`
      insert into match_runs (lead_id, lead_facts, manager_id, market_version, as_of, threshold, premises_ids, suitabilities,
        probabilities, kept, features_sha256, duration_ms, requested_by, created_at)
      select r.id, '{}', r.manager_id, 1, r.created_on, 0.3, list.ids, list.fits, list.chances, list.kept, repeat('0', 64), 40,
        'system:bench', r.created_on + interval '12 hours'
      from recent r cross join lateral (
        select array_agg(f.id) as ids, array_agg(fit) as fits, array_agg(fit / 10) as chances, array_agg(fit >= 0.3) as kept
        from (
          select ((r.n * 7 + i * 13) % 100)::float8 / 100 as fit, (${first} + (r.n * 61 + i * 1009) % ${size.premises}::int)::text as id
          from generate_series(1, 60) i
        ) f
      ) list where r.n % 2 = 0`);
    await tx.execute(sql`
      insert into marks (lead_id, premises_id, manager_id, mark, reason, run_id, suitability, threshold, as_of, created_by, created_at)
      select lead_id, premises_ids[1 + (n % 60)::int], manager_id,
        (case when n % 3 = 0 then 'wrongly_kept' else 'wrongly_removed' end)::mark_kind, 'price', id,
        suitabilities[1 + (n % 60)::int], threshold, as_of, 'system:bench', created_at + interval '1 hour'
      from (select *, row_number() over () as n from match_runs) run where n % 2 = 0`);
    await tx.execute(sql`
      insert into mark_withdrawals (mark_id, withdrawn_by, withdrawn_at)
      select id, created_by, created_at + interval '1 hour' from marks where abs(hashtext(id::text)) % 20 = 0`);
    await tx.execute(sql`
      with made as (
        insert into proposals (lead_id, manager_id, created_by, created_at)
        select id, manager_id, 'system:bench', created_on + interval '1 day' from recent where n % 5 = 0 returning *
      )
      insert into proposal_offers (proposal_id, premises_id, lead_id, manager_id, sent_on, place)
      select id, (${first} + (n * 61 + i * 1009) % ${size.premises}::int)::text, lead_id, manager_id, created_at::date, i
      from (select *, row_number() over () as n from made) m cross join generate_series(1, 4) i`);
    await tx.execute(sql`
      insert into audit_log (at, actor, action, subject)
      select created_at, 'user:' || 1 + n % 1000, (array['mark:create', 'session:open', 'answer:give', 'proposal:send'])[1 + n % 4],
        'lead:' || lead_id
      from (select created_at, lead_id, row_number() over () as n from match_runs) run cross join generate_series(1, 4)`);
    // Told by triggers, were they not passed over.
    await tx.execute(sql`select tell_lead_ways((select array_agg(distinct lead_id) from proposal_offers))`);
  });
}

/** A model that has answered, and what came of its boards: nearly all of these deals were made without one, and half are made to have had one. */
async function fillOutcomes(ctx: Ctx): Promise<void> {
  const { db } = ctx;
  const [there] = await db.execute(sql`select 1 from outcome_verdicts limit 1`);
  if (there) return;
  console.log("filling a model and the outcomes of its boards");
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(sql`
      insert into models (status, artifact_sha256, artifact_bytes, feature_set_id, as_of, threshold, threshold_basis, snapshot,
        parameters, report, created_by)
      values ('retired', repeat('0', 64), 1, 'bench', '2020-01-01', 0.3, '{}', '{}', '{}', '{}', 'system:bench')`);
    await tx.execute(sql`
      update match_runs set model_id = (select max(id) from models), removed_for = '{"area": 20, "rent": 15, "place": 5}'`);
    await tx.execute(sql`update marks set model_id = (select max(id) from models)`);
  });
  const began = performance.now();
  const { judged } = await judgeOutcomes({ ...ctx, actor: { kind: "system", name: "cli" } });
  console.log(`judging ${judged} outcomes for the first time took ${Math.round(performance.now() - began)} ms`);
  await db.execute(sql`
    update outcome_verdicts set basis = 'run', model_id = (select max(id) from models), as_of = happened_on, threshold = 0.3,
      suitability = abs(hashtext(outcome_id) % 100) / 100.0, probability = abs(hashtext(outcome_id) % 50) / 100.0,
      kept = abs(hashtext(outcome_id) % 100) >= 30
    where basis = 'none' and abs(hashtext(outcome_id)) % 2 = 0`);
}
