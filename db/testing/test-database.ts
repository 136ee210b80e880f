import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, inject } from "vitest";
import { type Connection, connect } from "../client.ts";
import { atDatabase } from "./at-database.ts";

/** A migrated, empty database of this test file alone. Read its fields inside tests and hooks only. */
export interface TestDatabase {
  readonly connection: Connection;
  readonly url: string;
}

/** Registers the hooks that make and drop the database; call it once, at the top of a `*.db.test.ts` file. */
export function useTestDatabase(): TestDatabase {
  const name = `test_${randomBytes(8).toString("hex")}`;
  let connection: Connection | undefined;
  let url: string | undefined;

  beforeAll(async () => {
    await asSuperuser(`create database ${name} template ${inject("testTemplate")}`);
    url = atDatabase(inject("testPostgresUrl"), name);
    connection = connect(url, { max: 5, name });
  });

  afterAll(async () => {
    await connection?.close();
    await asSuperuser(`drop database if exists ${name} with (force)`);
  });

  return {
    get connection() {
      if (!connection) throw new Error("The test database is there only while tests run.");
      return connection;
    },
    get url() {
      if (!url) throw new Error("The test database is there only while tests run.");
      return url;
    },
  };
}

async function asSuperuser(statement: string): Promise<void> {
  const sql = postgres(inject("testPostgresUrl"), { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
