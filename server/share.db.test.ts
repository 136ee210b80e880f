import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import { type Difference, differenceOfShares, type Share, share } from "./share.ts";

const database = useTestDatabase();
const n = (value: number) => sql`${value}::int`;

/** Newcombe 1998, Statistics in Medicine 17: the first paper's table I, Wilson without correction for continuity. */
test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])("Wilson's interval of %i of %i is the published one", async (hits, of, low, high) => {
  const [row] = await database.connection.db.execute<{ told: Share }>(sql`select ${share(n(hits), n(of))} as told`);
  expect(row!.told.low).toBeCloseTo(low, 4);
  expect(row!.told.high).toBeCloseTo(high, 4);
});

test("the interval of none begins at zero and that of all ends at one, to the last bit", async () => {
  for (let of = 1; of < 60; of++) {
    const [row] = await database.connection.db.execute<{ none: Share; all: Share }>(
      sql`select ${share(n(0), n(of))} as none, ${share(n(of), n(of))} as all`,
    );
    expect([row!.none.low, row!.all.high]).toEqual([0, 1]);
  }
});

/** The same, the second paper's table II, method 10. */
test.each([
  [56, 70, 48, 80, 0.0524, 0.3339],
  [9, 10, 3, 10, 0.1705, 0.809],
  [6, 7, 2, 7, 0.0582, 0.8062],
  [5, 56, 0, 29, -0.0381, 0.1926],
  [10, 10, 0, 10, 0.6075, 1],
])("Newcombe's interval of %i of %i against %i of %i is the published one", async (a, ofA, b, ofB, low, high) => {
  const [row] = await database.connection.db.execute<{ told: Difference }>(
    sql`select ${differenceOfShares({ hits: n(a), of: n(ofA) }, { hits: n(b), of: n(ofB) })} as told`,
  );
  expect(row!.told.value).toBeCloseTo(a / ofA - b / ofB, 12);
  expect(row!.told.low).toBeCloseTo(low, 4);
  expect(row!.told.high).toBeCloseTo(high, 4);
});

test("a difference from nothing is unknown, not zero", async () => {
  const [row] = await database.connection.db.execute<{ told: Difference }>(
    sql`select ${differenceOfShares({ hits: n(1), of: n(5) }, { hits: n(0), of: n(0) })} as told`,
  );
  expect(row!.told).toEqual({ value: null, low: null, high: null });
});
