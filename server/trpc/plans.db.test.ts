import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { beforeAll, describe, expect, test } from "vitest";
import * as schema from "#/db/schema/index.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import type { Ctx } from "../context.ts";
import { TEST_NOW, testCtx } from "../testing/test-ctx.ts";
import { rightsMatrix } from "./rights-matrix.ts";
import { appRouter, createCaller } from "./root.ts";

/** A big one that is read from end to end makes a page wait for years of records. */
const big = new Set(
  "leads lead_ways deals leases match_runs marks standing_marks pilot_cases audit_log proposal_offers outcome_verdicts".split(
    " ",
  ),
);
/** What is asked for most is the last year of eight; so much more than it must lie around it for an index to be worth its price. */
const LEADS = 24_000;
const DAYS = 2920;

const database = useTestDatabase();
let owner: Ctx;
/** What was sent to the database since it was last emptied. */
let sent: { query: string; params: unknown[] }[] = [];

beforeAll(async () => {
  await fill();
  const { connection } = database;
  const db = drizzle(connection.sql, {
    schema,
    casing: "snake_case",
    logger: { logQuery: (query, params) => void sent.push({ query, params }) },
  }) as unknown as Ctx["db"];
  owner = testCtx(connection, { kind: "user", userId: 1, name: "x", role: "admin", managerId: null }, { db });
}, 120_000);

/** Rows in the order of days, as the years bring them, and as wide as real ones. */
async function fill(): Promise<void> {
  const { db } = database.connection;
  const today = TEST_NOW.toISOString().slice(0, 10);
  await db.execute(
    sql`insert into managers (id, name) select (100 + i)::text, 'Менеджер ' || i from generate_series(1, 40) i`,
  );
  await db.execute(
    sql`insert into premises (id, name, area_sqm, rent_rub_month) select (500 + i)::text, 'Помещение ' || i, 40 + i % 90, 50000 + i from generate_series(1, 1500) i`,
  );
  await db.execute(sql`
    insert into leads (id, created_on, manager_id, brand, phone, trades, area_from_sqm, budget_rub_month, bank, search_text)
    select (20000 + i)::text, ${today}::date - ${DAYS}::int + (i::bigint * ${DAYS}::int / ${LEADS}::int)::int, (101 + i % 40)::text,
      case when i % 2 = 0 then 'Бренд ' || i end, '7913' || lpad(i::text, 7, '0'), (array['кофейня', 'пекарня', 'аптека', 'ателье', 'цветы', 'книги', 'оптика', 'пиво'])[i % 8 + 1:i % 8 + 1], case when i % 3 > 0 then 40 end,
      case when i % 3 = 0 then 90000 end, case when i % 2 = 0 then 'right'::bank_wish end, repeat('слово ' || i || ' ', 12)
    from generate_series(1, ${LEADS}::int) i`);
  await db.execute(sql`
    insert into deals (id, lead_id, premises_id, manager_id, created_on, closed_on, stage)
    select 'd' || id, id, (501 + id::int % 1500)::text, manager_id, created_on + 5, created_on + 40,
      (case when id::int % 4 = 0 then 'won' else 'lost' end)::deal_stage from leads where id::int % 2 = 0`);
  await db.execute(sql`
    insert into leases (id, tenant, lead_id, premises_id, start_on, end_on)
    select 's' || id, brand, id, (501 + id::int % 1500)::text, created_on + 50, created_on + 400 from leads where id::int % 8 = 0`);
  await db.execute(sql`
    insert into models (status, artifact_sha256, artifact_bytes, feature_set_id, as_of, threshold, threshold_basis, snapshot,
      parameters, report, created_by)
    values ('active', repeat('0', 64), 1, 'test', '2020-01-01', 0.3, '{}', '{}', '{}', '{}', 'system:test')`);
  const model = sql`(select max(id) from models)`;
  await db.execute(sql`
    insert into match_runs (model_id, lead_id, lead_facts, manager_id, market_version, as_of, threshold, premises_ids, suitabilities,
      probabilities, kept, features_sha256, duration_ms, requested_by, created_at)
    select ${model}, id, '{}', manager_id, 1, created_on, 0.3, array['501', '502', '503'], array[0.9, 0.2, 0.5], array[0.1, 0.01, 0.05],
      array[true, false, true], repeat('0', 64), 40, 'system:test', created_on + interval '12 hours' from leads`);
  await db.execute(sql`
    insert into marks (model_id, lead_id, premises_id, manager_id, mark, run_id, suitability, threshold, as_of, created_by, created_at)
    select model_id, lead_id, '502', manager_id, 'wrongly_removed', id, 0.2, 0.3, as_of, 'system:test', created_at + interval '1 hour'
    from match_runs where lead_id::int % 2 = 1`);
  const outcome = sql`(kind, outcome_id, lead_id, premises_id, happened_on, basis, model_id, as_of, suitability, probability, threshold,
    kept, judged_at)`;
  await db.execute(sql`
    insert into outcome_verdicts ${outcome}
    select 'deal'::outcome_kind, id, lead_id, premises_id, created_on, 'run'::outcome_basis, ${model}, created_on, 0.2, 0.1, 0.3, id < 'd4', now() from deals
    union all
    select 'lease', id, lead_id, premises_id, start_on, 'run', ${model}, start_on, 0.2, 0.1, 0.3, id < 's4', now() from leases`);
  const open = rightsMatrix["pilot.show"]!.input!.pilotId;
  await db.execute(sql`
    insert into pilots (id, week_on, model_id, seed, pool, threshold, threshold_basis, opened_by, opened_at)
    select case when i = 1 then ${open}::uuid else gen_random_uuid() end, date '2026-06-01' - 7 * i, ${model}, 1, '{}', 0.3, '{}',
      'user:1', now() from generate_series(1, 8) i`);
  await db.execute(sql`
    insert into pilot_leads (pilot_id, place, lead_id, as_of, manager_id, lead_facts, card, kept)
    select p.id, place, l.id, l.created_on, l.manager_id, '{}', '{"trades": []}', 100
    from (select id, row_number() over (order by week_on) as n from pilots) p cross join generate_series(1, 10) place
      join leads l on l.id = (30000 + p.n * 10 + place)::text`);
  await db.execute(sql`
    insert into pilot_cases (pilot_id, place, premises_id, position, stratum, suitability, facts, broken, closeness)
    select pilot_id, place, (500 + i)::text, i, 'removed', 0.1, jsonb_build_object('premisesId', i, 'name', repeat('слово ', 20)), '{}', 0.5
    from pilot_leads cross join generate_series(1, 1000) i`);
  await db.execute(sql`
    update pilots set status = 'abandoned', abandon_reason = 'x', ended_by = 'user:1', ended_at = now() where id <> ${open}::uuid`);
  await db.execute(sql`
    insert into proposals (lead_id, manager_id, created_by, created_at)
    select id, manager_id, 'system:test', created_on from leads where id::int % 4 = 1`);
  await db.execute(sql`
    insert into proposal_offers (proposal_id, premises_id, lead_id, manager_id, sent_on, place)
    select id, '503', lead_id, manager_id, created_at::date, 1 from proposals`);
  await db.execute(sql`
    insert into audit_log (at, actor, action, subject)
    select created_at, 'user:' || 1 + lead_id::int % 40, 'mark:create', 'lead:' || lead_id from marks`);
  await database.connection.sql.unsafe("vacuum analyze");
}

interface Plan {
  "Node Type": string;
  "Relation Name"?: string;
  Plans?: Plan[];
}

/** The big tables that the statements sent would read from end to end. */
async function readWhole(): Promise<string[]> {
  const whole = new Set<string>();
  const visit = (plan: Plan): void => {
    if (plan["Node Type"] === "Seq Scan" && big.has(plan["Relation Name"]!)) whole.add(plan["Relation Name"]!);
    for (const part of plan.Plans ?? []) visit(part);
  };
  for (const { query, params } of sent.filter(({ query }) => /^\s*(select|with)\b/i.test(query))) {
    const rows = await database.connection.sql.unsafe(`explain (format json) ${query}`, params as never[]);
    visit((rows[0] as unknown as { "QUERY PLAN": [{ Plan: Plan }] })["QUERY PLAN"][0].Plan);
  }
  return [...whole].sort();
}

async function ask(name: string, scope: object = {}): Promise<void> {
  const caller = createCaller({ ...owner, requestId: "test" });
  const call = name.split(".").reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], caller);
  const answer = () => (call as (input: unknown) => Promise<unknown>)(narrowed(name, scope));
  // What is counted once an import is no hot path: the second asking is.
  await answer();
  sent = [];
  await answer();
}

/** The input of the matrix, narrowed as a page is by its address. */
function narrowed(name: string, scope: object): object | undefined {
  const input = rightsMatrix[name]!.input;
  if (Object.keys(scope).length === 0) return input;
  return input && "scope" in input ? { ...input, scope } : { ...input, ...scope };
}

/** What is opened with a page of owner and administrators, as it is opened. */
const pages = Object.entries(rightsMatrix)
  .filter(([name, { open }]) => {
    const isQuery =
      (appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>)[name]!._def.type === "query";
    return (
      isQuery &&
      open !== "everybody" &&
      !open.includes("manager") &&
      /^(data|reports|feedback|audit|pilot)\./.test(name)
    );
  })
  .map(([name]) => name);

/** Where nearly all of a table is wanted, an index would be a detour. */
const joined = new Map<string, readonly string[]>([
  // How many marks there are: over an index or not, all of them are counted.
  ["feedback.all", ["marks"]],
  // How the deals of a span have ended by now.
  ...["overview", "dealsMarkedNegative", "calibration", "worstMistakes"].map(
    (name) => [`reports.${name}`, ["deals"]] as const,
  ),
]);

/** Whose the leads of a narrowed report are, is asked of the narrow tables beside `leads`: at a million leads one is hashed in 30 ms, and thousands of them looked up in more. */
const besideLeads = ["lead_ways", "standing_marks"];
const hashed = ["overview", "outcomesByWeek", "dealsMarkedNegative", "calibration", "worstMistakes", "managers"].map(
  (name) => `reports.${name}`,
);

/** Rows behind a number of all years: found by walking them, once somebody asks. */
const walked = ["data.found"];

describe.each(pages.filter((name) => !walked.includes(name)))("%s", (name) => {
  const isNarrowed = name.startsWith("reports.") && rightsMatrix[name]!.input !== undefined;
  const scopes = isNarrowed ? [{}, { trade: "кофейня" }, { bank: "right" }] : [{}];
  test.each(scopes)("reads no big table from end to end, narrowed to %j", async (scope) => {
    await ask(name, scope);
    expect(sent.length).toBeGreaterThan(0);
    const isHashed = hashed.includes(name) && Object.keys(scope).length > 0;
    const allowed = [...(joined.get(name) ?? []), ...(isHashed ? besideLeads : [])];
    expect((await readWhole()).filter((table) => !allowed.includes(table))).toEqual([]);
  });
});

test("without its index a report is seen to read a whole table", async () => {
  await ask("data.fill");
  const indexes = await database.connection.sql<{ name: string; definition: string }[]>`
    select indexname as name, indexdef as definition from pg_indexes
    where tablename = 'leads' and indexdef ~ '[(](manager_id, |fill, )?created_on'`;
  expect(indexes.length).toBeGreaterThan(1);
  for (const { name } of indexes) await database.connection.sql.unsafe(`drop index ${name}`);
  try {
    expect(await readWhole()).toEqual(["leads"]);
  } finally {
    for (const { definition } of indexes) await database.connection.sql.unsafe(definition);
  }
});
