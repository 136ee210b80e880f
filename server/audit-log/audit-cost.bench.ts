import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { connect } from "#/db/client.ts";
import { joinEmbeddedPostgres } from "#/db/embedded.ts";
import { migrate } from "#/db/migrate.ts";

/**
 * What a row of the audit log costs with the chain and the indexes of the search, over what it cost with neither. A deed is one
 * transaction that updates a row of its own and audits it, on a database that waits for its disk (fsync on), by one writer and
 * by twenty at once. Rounds alternate, so that a busy machine slows both alike.
 */
const DEEDS = 400;
const ROUNDS = 5;

const home = await mkdtemp(path.join(os.tmpdir(), "ostap-audit-bench-"));
const postgres = await joinEmbeddedPostgres(home);
try {
  await migrate(postgres.url);
  const { sql, close } = connect(postgres.url, { max: 20 });
  await sql`create table deeds (id int primary key, n int not null)`;
  await sql`insert into deeds select n, 0 from generate_series(0, 19) n`;
  // As the log was before: no trigger, two indexes.
  await sql`create table audit_plain (like audit_log including defaults including identity)`;
  await sql`alter table audit_plain add primary key (id)`;
  await sql`create index on audit_plain (at)`;
  await sql`create index on audit_plain (subject, at)`;

  const deed = (table: string, writer: number) =>
    sql.begin(async (tx) => {
      await tx`update deeds set n = n + 1 where id = ${writer}`;
      await tx`insert into ${tx(table)} (actor, action, subject, detail)
        values (${`user:${writer}`}, 'mark:create', ${`mark:${writer}`}, '{"leadId": "20001", "mark": "wrongly_kept"}')`;
    });
  const time = async (table: string, writers: number) => {
    const began = performance.now();
    await Promise.all(
      Array.from({ length: writers }, async (_, writer) => {
        for (let i = 0; i < DEEDS / writers; i++) await deed(table, writer);
      }),
    );
    return performance.now() - began;
  };

  for (const writers of [1, 20]) {
    await time("audit_plain", writers);
    await time("audit_log", writers);
    const ratios: number[] = [];
    let perSecond = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const plain = await time("audit_plain", writers);
      const chained = await time("audit_log", writers);
      ratios.push(chained / plain);
      perSecond = Math.max(perSecond, (DEEDS / chained) * 1000);
    }
    ratios.sort((a, b) => a - b);
    console.log(
      `${writers} writers: a deed with a chained row takes ${ratios[ROUNDS >> 1]!.toFixed(2)} times one with a plain row` +
        ` (${ratios[0]!.toFixed(2)} to ${ratios.at(-1)!.toFixed(2)}); at best ${Math.round(perSecond)} deeds a second`,
    );
  }
  const [walk] = await sql`select count(*)::int as n from audit_links`;
  const began = performance.now();
  await sql`
    select count(*) from (select k.hash <> audit_hash(lag(k.hash) over (order by k.place), l) as changed
      from audit_links k left join audit_log l on l.id = k.audit_id) w where changed`;
  console.log(
    `the walk along ${walk!.n} rows: ${Math.round(walk!.n / ((performance.now() - began) / 1000))} rows a second`,
  );
  await close();
} finally {
  await postgres.leave();
  await rm(home, { recursive: true, force: true });
}
