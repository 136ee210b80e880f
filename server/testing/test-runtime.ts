import type { TestDatabase } from "#/db/testing/test-database.ts";
import { readEnv } from "../env.ts";
import type { Runtime } from "../runtime.ts";
import { testCtx } from "./test-ctx.ts";

/** What a door opens, over the database of a test; its clock is the real one, since limits and tokens live by it. */
export function testRuntime(database: TestDatabase, home: string, environment: Record<string, string> = {}): Runtime {
  const env = readEnv({ ...environment, OSTAP_HOME: home });
  return {
    env,
    connection: database.connection,
    databaseUrl: database.url,
    ctx: (actor, locale = "ru") => testCtx(database.connection, actor, { home, locale, now: () => new Date() }),
    close: async () => {},
  };
}
