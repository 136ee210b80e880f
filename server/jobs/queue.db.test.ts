import { expect, test } from "vitest";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import { inTransaction } from "../context.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { enqueue } from "./queue.ts";

const database = useTestDatabase();

async function waiting(name: string): Promise<unknown[]> {
  const rows = await database.connection.sql<{ data: unknown }[]>`
    select data from pgboss.job where name = ${name} and state = 'created' order by created_on`;
  return rows.map((row) => row.data);
}

test("a job is there when its transaction is, and gone when it is rolled back", async () => {
  const ctx = testCtx(database.connection);
  await expect(
    inTransaction(ctx, async (tx) => {
      await enqueue(tx, "train-model", { trainingId: 1 });
      throw new Error("changed my mind");
    }),
  ).rejects.toThrow("changed my mind");
  await inTransaction(ctx, (tx) => enqueue(tx, "train-model", { trainingId: 2 }));
  expect(await waiting("train-model")).toEqual([{ trainingId: 2 }]);
});

test("of jobs that need be done once, one waits at most", async () => {
  const ctx = testCtx(database.connection);
  expect(await enqueue(ctx, "take-free-snapshot", {})).toBeTypeOf("string");
  expect(await enqueue(ctx, "take-free-snapshot", {})).toBeNull();
  expect(await waiting("take-free-snapshot")).toEqual([{}]);
});

test("a payload that no worker could read is not sent", async () => {
  const ctx = testCtx(database.connection);
  await expect(enqueue(ctx, "train-model", { trainingId: 0.5 })).rejects.toThrow();
});

test("two processes that meet an empty database both get their queue", async () => {
  const { sql } = database.connection;
  await sql`drop schema pgboss cascade`;
  const { connect } = await import("#/db/client.ts");
  const pools = [connect(database.url, { max: 3 }), connect(database.url, { max: 3 })];
  await Promise.all(pools.map((pool, i) => enqueue(testCtx(pool), "train-model", { trainingId: i + 1 })));
  expect(await waiting("train-model")).toHaveLength(2);
  await Promise.all(pools.map((pool) => pool.close()));
});
