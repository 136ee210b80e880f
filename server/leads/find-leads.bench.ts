/**
 * How long the search of leads takes among many, by filter and by who asks; the promise is 100 ms at a million.
 * `node server/leads/find-leads.bench.ts [leads]` (1,000,000 by default); its database is thrown away. Prints the median and
 * the worst of the tries, each a whole call of the verb: transaction, words, filters, page.
 */
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { connect, type Database } from "#/db/client.ts";
import { joinEmbeddedPostgres } from "#/db/embedded.ts";
import { migrate } from "#/db/migrate.ts";
import type { Actor, Ctx } from "../context.ts";
import { createLog } from "../log.ts";
import { findLeads, findLeadsInput } from "./find-leads.ts";

const count = Number(process.argv[2] ?? 1_000_000);
const TRIES = 7;
const MANAGERS = 1000;
const home = await mkdtemp(path.join(os.tmpdir(), "ostap-bench-"));
const postgres = await joinEmbeddedPostgres(home);

const inputs: [string, object][] = [
  ["no filter", {}],
  ["oldest first", { sort: "oldest" }],
  ["a period of a month, years ago", { from: "2019-03-01", to: "2019-03-31" }],
  ["a district", { district: "Ленинский" }],
  ["a district that few ask for", { district: "Кольцово" }],
  ["a trade", { trade: "кофейня" }],
  ["a trade that few have", { trade: "планетарий" }],
  ["a manager", { ofManager: "m7" }],
  ["mine", { whose: "mine" }],
  ["unassigned", { whose: "unassigned" }],
  ["no wish filled", { fill: "none" }],
  ["some filled", { fill: "some" }],
  ["all filled", { fill: "full" }],
  ["not looked at, where nearly all were", { seen: "unseen" }],
  ["marked", { seen: "marked" }],
  ["trade, district, fill, period", { trade: "аптека", district: "Октябрьский", fill: "some", from: "2020-01-01" }],
  ["a rare trade among the unseen, oldest first", { trade: "планетарий", seen: "unseen", sort: "oldest" }],
  ["a word", { query: "кофейня" }],
  ["a rare word", { query: "планетарий" }],
  ["a word and a district", { query: "аптека", district: "Кольцово" }],
  ["a typing error", { query: "планитарий" }],
  ["the wrong layout", { query: "gkfytnfhbq" }],
  ["a phone", { query: "8 913 000-77-77" }],
  ["a CRM id", { query: "500000" }],
];

try {
  await migrate(postgres.url);
  const connection = connect(postgres.url);
  const { db } = connection;
  await fill(db);
  const as = (actor: Actor): Ctx => ({
    actor,
    db,
    sql: connection.sql,
    now: () => new Date(),
    home,
    log: createLog("bench", "warn"),
    locale: "en",
  });
  const actors: [string, Ctx][] = [
    ["manager", as({ kind: "user", userId: 1, name: "m", role: "manager", managerId: "m7" })],
    ["admin", as({ kind: "user", userId: 2, name: "a", role: "admin", managerId: null })],
  ];
  console.log(
    `${count} leads, ${MANAGERS} managers, ${os.cpus().length} cores, Node ${process.version}; ms: median, worst`,
  );
  for (const [name, input] of inputs) {
    const times: string[] = [];
    for (const [who, ctx] of actors) {
      const tries: number[] = [];
      let found = 0;
      for (let i = 0; i < TRIES; i++) {
        const began = performance.now();
        found = (await findLeads(ctx, findLeadsInput.parse(input))).leads.length;
        tries.push(performance.now() - began);
      }
      tries.sort((a, b) => a - b);
      times.push(
        `${who} ${tries[TRIES >> 1]!.toFixed(0).padStart(4)} ${tries.at(-1)!.toFixed(0).padStart(4)} (${found})`,
      );
    }
    console.log(`${name.padEnd(46)} ${times.join("   ")}`);
  }
  await connection.close();
} finally {
  await postgres.leave();
  await rm(home, { recursive: true, force: true });
}

/** Two thirds of the wishes empty, half the leads nameless, a few words that are rare, nearly all looked at. */
async function fill(db: Database): Promise<void> {
  await db.execute(
    sql`insert into managers (id, name) select 'm' || i, 'Менеджер ' || i from generate_series(1, ${MANAGERS}::int) i`,
  );
  // Each property by a throw of its own: properties that go together would flatter or blacken a search by two of them.
  await db.execute(sql`create function die(i int, what text) returns int language sql immutable parallel safe
    return abs(hashtextextended(what, i) % 1000000)::int`);
  await db.execute(sql`
    insert into leads (id, created_on, manager_id, brand, phone, trades, network_size, area_from_sqm, area_to_sqm,
      budget_rub_month, bank, districts, looked_at, search_text)
    select id, created_on, manager_id, brand, phone, trades, network_size, area_from, area_to, budget, bank, districts, looked_at,
      lower(concat_ws(' ', id, brand, nullif(array_to_string(trades, ' '), ''), nullif(array_to_string(districts, ' '), ''), phone))
    from (
      select i::text as id, date '2017-01-01' + (i::bigint * 3500 / ${count}::int)::int as created_on,
        case when die(i, 'nobody') % 20 > 0 then 'm' || 1 + die(i, 'manager') % ${MANAGERS} end as manager_id,
        case when die(i, 'brand') % 2 = 0 then 'Бренд ' || md5(i::text) end as brand,
        '7913' || lpad(i::text, 7, '0') as phone,
        case when i % 50000 = 7 then array['планетарий'] when die(i, 'trade') % 3 > 0
          then array[(array['кофейня', 'пекарня', 'аптека', 'офис', 'ремонт и ателье', 'салон красоты', 'цветы'])[1 + die(i, 'which') % 7]]
          else '{}' end as trades,
        case when die(i, 'size') % 3 = 0 then 'few'::network_size end as network_size,
        case when die(i, 'area') % 3 = 1 then 20 + i % 200 end as area_from,
        case when die(i, 'area') % 3 = 1 then 230 + i % 90 end as area_to,
        case when die(i, 'budget') % 4 = 1 then 20500 + i % 70 * 1000 end as budget,
        case when die(i, 'bank') % 5 < 2 then 'right'::bank_wish end as bank,
        case when i % 40000 = 3 then array['Кольцово'] when die(i, 'district') % 3 = 1
          then array[(array['Центральный', 'Ленинский', 'Октябрьский', 'Калининский'])[1 + die(i, 'place') % 4]] else '{}' end as districts,
        case when i % 30000 > 0 then now() end as looked_at
      from generate_series(1, ${count}::int) i
    ) made`);
  await db.execute(sql`insert into premises (id, name) values ('p1', 'Помещение')`);
  await db.execute(sql`
    insert into marks (lead_id, premises_id, manager_id, mark, as_of, created_by)
    select id, 'p1', manager_id, 'wrongly_kept', created_on, 'system:bench' from leads
    where manager_id is not null and id::int % 97 = 0`);
  await db.execute(sql`vacuum analyze`);
}
