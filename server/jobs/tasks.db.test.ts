import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { tasks } from "./tasks.ts";

const database = useTestDatabase();

test.each([
  ["load-demo", {}],
  ["run-import", { runId: 1 }],
  ["train-model", { trainingId: 1 }],
] as const)("%s, refused or cancelled, is over: the queue does not try it again", async (job, payload) => {
  const ctx = testCtx(database.connection, { kind: "system", name: "worker" });
  await ctx.db.execute(sql`insert into managers (id, name) values ('1', 'Чужой') on conflict do nothing`);
  expect(await tasks[job](ctx, payload as never, new AbortController().signal)).toBeNull();
});
