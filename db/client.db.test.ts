import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { useTestDatabase } from "./testing/test-database.ts";

const database = useTestDatabase();

test("a test file has the migrated tables and none of another's rows", async () => {
  expect(await database.connection.db.query.managers.findMany()).toEqual([]);
});

test("names sort the Russian way, whatever the cluster's locale", async () => {
  const rows = await database.connection.sql<{ name: string }[]>`
    select name from (values ('яна'), ('Ёлка'), ('анна'), ('Елена')) as t (name) order by name collate "ru-x-icu"`;
  expect(rows.map((row) => row.name)).toEqual(["анна", "Елена", "Ёлка", "яна"]);
});

describe("a transaction whose connection is ended by the server", () => {
  // The driver would throw where nobody catches; the test runner takes any such error for a failure.
  const endOf = async (pid: number) => {
    const { connection } = database;
    await connection.sql`select pg_terminate_backend(${pid})`;
    await expect
      .poll(async () => (await connection.sql`select 1 from pg_stat_activity where pid = ${pid}`).length)
      .toBe(0);
  };
  const pidOf = async (tx: { execute: (typeof database.connection.db)["execute"] }) => {
    const [row] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    return row!.pid;
  };

  test("while it asks, between two questions, at its end or in a savepoint: is refused, and the pool goes on", async () => {
    const { db } = database.connection;
    const asking = db.transaction(async (tx) => {
      const pid = await pidOf(tx);
      await Promise.all([tx.execute(sql`select pg_sleep(30)`), endOf(pid)]);
    });
    await expect(asking).rejects.toThrow();
    const between = db.transaction(async (tx) => {
      await endOf(await pidOf(tx));
      await tx.execute(sql`select 1`);
    });
    await expect(between).rejects.toThrow();
    const atItsEnd = db.transaction(async (tx) => endOf(await pidOf(tx)));
    await expect(atItsEnd).rejects.toThrow();
    const nested = db.transaction((tx) =>
      tx.transaction(async (inner) => {
        await endOf(await pidOf(inner));
        await inner.execute(sql`select 1`);
      }),
    );
    await expect(nested).rejects.toThrow();
    // A connection that died unnoticed tells of it once, to whoever uses it next.
    await expect.poll(() => Promise.all(Array.from({ length: 10 }, () => pidOf(db)))).toHaveLength(10);
  });

  test("a refusal within it still rolls back, and what it returns comes back", async () => {
    const { db } = database.connection;
    await expect(db.transaction(async () => Promise.reject(new Error("mine")))).rejects.toThrow("mine");
    const outer = db.transaction(async (tx) => {
      await tx.transaction(async () => Promise.reject(new Error("inner"))).catch(() => {});
      return pidOf(tx);
    });
    expect(await outer).toBeGreaterThan(0);
  });
});
