import { expect, test } from "vitest";
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
