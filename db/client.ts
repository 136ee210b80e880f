import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { guardTransactions } from "./guard-transactions.ts";
import * as schema from "./schema/index.ts";

export type Database = PostgresJsDatabase<typeof schema>;
/** An open connection pool: `db` asks in drizzle's words, `sql` is the driver below it (COPY, LISTEN, reserved connections). */
export interface Connection {
  db: Database;
  sql: postgres.Sql;
  close(): Promise<void>;
}

export interface ConnectOptions {
  /** Connections of the pool; 10 by default. */
  max?: number;
  /** Shown in pg_stat_activity. */
  name?: string;
}

/** Opens a pool. Nothing is sent before the first query. */
export function connect(url: string, { max = 10, name = "ostap" }: ConnectOptions = {}): Connection {
  const sql = guardTransactions(
    postgres(url, {
      max,
      onnotice: () => {},
      connection: { application_name: name },
    }),
  );
  return {
    db: drizzle(sql, { schema, casing: "snake_case" }),
    sql,
    close: () => sql.end({ timeout: 5 }),
  };
}
