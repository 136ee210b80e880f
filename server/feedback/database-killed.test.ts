import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Connection, connect } from "#/db/client.ts";
import { type EmbeddedPostgres, joinEmbeddedPostgres } from "#/db/embedded.ts";
import { migrate } from "#/db/migrate.ts";
import { castLeads, castManagers, castPremises, insertCast } from "#/db/testing/cast.ts";
import type { Actor } from "../context.ts";
import { recordFaults } from "../testing/fault-recorder.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { useTestHome } from "../testing/test-home.ts";
import { type MarkMistakeInput, markMistake } from "./mark-mistake.ts";

/** A database of its own: this story kills it. */
const home = useTestHome();
let postgres: EmbeddedPostgres;
let connection: Connection;
const crm: Actor = { kind: "apiKey", keyId: 1, name: "CRM", scopes: ["marks"] };
const CLIENTS = 4;

beforeAll(async () => {
  postgres = await joinEmbeddedPostgres(home.path);
  await migrate(postgres.url);
  connection = connect(postgres.url, { max: CLIENTS });
  await insertCast(connection.db);
}, 90_000);

afterAll(async () => {
  await connection.close();
  await postgres.leave();
}, 60_000);

/** What one client was answered, kept on its own side: `sent` without an answer may be there or not. */
interface Journal {
  sent: MarkMistakeInput[];
  acknowledged: Map<string, string>;
}

function mark(): MarkMistakeInput {
  const premises = Object.values(castPremises);
  const premisesId = premises[Math.floor(Math.random() * premises.length)]!.id;
  return { leadId: castLeads.coffee.id, premisesId, mark: "wrongly_kept", idempotencyKey: randomUUID() };
}

async function send(journal: Journal, input: MarkMistakeInput): Promise<void> {
  const answer = await markMistake(testCtx(connection, crm), { ...input, managerId: castManagers.anna.id });
  journal.acknowledged.set(input.idempotencyKey, answer.mark.markId);
}

/** Marks one after the other until the database is gone. */
async function markUntilItDies(journal: Journal): Promise<unknown> {
  for (;;) {
    const input = mark();
    journal.sent.push(input);
    try {
      await send(journal, input);
    } catch (error) {
      return error;
    }
  }
}

/** A connection of before the death tells of it when it is used next: whoever hears that asks again, as a client does. */
async function untilAnswered<T>(work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await wait(20);
    }
  }
}

/** Each key's mark, audit lines and marks of that id, as the database has them. */
async function kept(): Promise<Map<string, { markId: string; marks: number; audited: number }>> {
  const rows = await connection.sql<{ key: string; markId: string; marks: number; audited: number }[]>`
    select k.key, k.answer ->> 'markId' as "markId",
      (select count(*)::int from marks m where m.id::text = k.answer ->> 'markId') as marks,
      (select count(*)::int from audit_log a where a.subject = 'mark:' || (k.answer ->> 'markId')) as audited
    from idempotency_keys k`;
  return new Map(rows.map(({ key, ...row }) => [key, row]));
}

async function totals() {
  const [row] = await connection.sql`
    select (select count(*)::int from marks) as marks,
      (select count(*)::int from audit_log where action = 'mark:create') as audited,
      (select count(*)::int from idempotency_keys) as keys`;
  return row!;
}

test("a database killed under marks keeps every acknowledged one, once, and none by halves", {
  timeout: 1_800_000,
}, async () => {
  const faults = recordFaults("database killed under marks", 2);
  for (const setting of ["fsync", "synchronous_commit", "full_page_writes"])
    expect((await connection.sql.unsafe(`show ${setting}`))[0]![setting]).toBe("on");
  const pidFile = path.join(home.path, "pg18", "data", "postmaster.pid");
  const all: Journal = { sent: [], acknowledged: new Map() };
  for (let round = 0; round < faults.rounds; round++) {
    const afterMs = Math.round(50 + faults.random() * 1500);
    const journal: Journal = { sent: [], acknowledged: new Map() };
    await faults.round(`after ${afterMs} ms`, async () => {
      const clients = Array.from({ length: CLIENTS }, () => markUntilItDies(journal));
      await wait(afterMs);
      process.kill(Number((await readFile(pidFile, "utf8")).split("\n")[0]), "SIGKILL");
      for (const death of await Promise.all(clients)) expect(death).not.toMatchObject({ name: "AppError" });
      // Joins again, which starts the database and waits for its recovery; the same pool finds it by itself.
      await (await joinEmbeddedPostgres(home.path)).leave();

      const found = await untilAnswered(kept);
      for (const [key, markId] of journal.acknowledged)
        expect(found.get(key), "an acknowledged mark").toEqual({ markId, marks: 1, audited: 1 });
      for (const row of found.values()) expect(row).toMatchObject({ marks: 1, audited: 1 });

      // Whoever got no answer asks again, with the same key.
      for (const input of journal.sent) await untilAnswered(() => send(journal, input));
      const after = await untilAnswered(kept);
      for (const { idempotencyKey: key } of journal.sent)
        expect(after.get(key)).toEqual({ markId: journal.acknowledged.get(key), marks: 1, audited: 1 });
      all.sent.push(...journal.sent);
      const n = all.sent.length;
      expect(await untilAnswered(totals)).toEqual({ marks: n, audited: n, keys: n });
    });
    const lost = journal.sent.length - CLIENTS;
    process.stderr.write(
      `  marks answered before the death at least ${lost}, all of ${journal.sent.length} there once\n`,
    );
  }
});
