import fc from "fast-check";
import { expect, test } from "vitest";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import { RowCopy } from "./copy-rows.ts";

const database = useTestDatabase();

test("any text and any list come out of the table as they went in", async () => {
  const text = fc
    .string({ unit: "binary", maxLength: 20 })
    .filter((value) => !value.includes("\0") && value.isWellFormed());
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.option(text), fc.array(text, { maxLength: 4 })), { maxLength: 20 }),
      async (rows) => {
        await database.connection.sql.begin(async (tx) => {
          await tx`create temporary table words (n integer, word text, list text[]) on commit drop`;
          const copy = await RowCopy.into(tx, "words", ["n", "word", "list"]);
          for (const [n, [word, list]] of rows.entries()) await copy.add([n, word, list]);
          await copy.end();
          const back = await tx`select word, list from words order by n`;
          expect(back.map((row) => [row.word, row.list])).toEqual(rows);
        });
      },
    ),
    { numRuns: 20 },
  );
});

test("what the server refuses fails the copy, early or at its end, and the connection lives on", async () => {
  const { sql } = database.connection;
  for (const rows of [1, 100_000]) {
    const attempt = sql.begin(async (tx) => {
      await tx`create temporary table numbers (n integer) on commit drop`;
      const copy = await RowCopy.into(tx, "numbers", ["n"]);
      for (let i = 0; i < rows; i++) await copy.add([i === 0 ? "no number" : i]);
      await copy.end();
    });
    await expect(attempt).rejects.toThrow();
    expect(await sql`select 1 as alive`).toEqual([{ alive: 1 }]);
  }
});

test("a copy that is given up leaves a connection that can be used", async () => {
  const { sql } = database.connection;
  const attempt = sql.begin(async (tx) => {
    await tx`create temporary table numbers (n integer) on commit drop`;
    const copy = await RowCopy.into(tx, "numbers", ["n"]);
    await copy.add([1]);
    await copy.abort();
    throw new Error("given up");
  });
  await expect(attempt).rejects.toThrow("given up");
  expect(await sql`select 1 as alive`).toEqual([{ alive: 1 }]);
});
