import { type Connection, connect } from "#/db/client.ts";
import { joinEmbeddedPostgres } from "#/db/embedded.ts";
import type { Actor, Ctx } from "./context.ts";
import { type Env, readEnv } from "./env.ts";
import { createLog } from "./log.ts";
import type { Locale } from "./wording.ts";

/** What a process has open for as long as it lives; doors, command line and worker make their ctx of it alike. */
export interface Runtime {
  env: Env;
  connection: Connection;
  /** Holds the password: never log it. */
  databaseUrl: string;
  /** The world for one request; words in the language of `locale`, by default the installation's. */
  ctx(actor: Actor, locale?: Locale): Ctx;
  /** Ends the pool and leaves the embedded Postgres; the next `openRuntime` opens anew. */
  close(): Promise<void>;
}

export interface RuntimeOptions {
  /** Connections of the pool; 10 by default. */
  max?: number;
}

/** `next dev` loads modules again at each change; what is open must outlive them. */
const kept = globalThis as typeof globalThis & { ostapRuntime?: Promise<Runtime> | undefined };

/** Opens what this process needs, once; `name` shows in logs and in pg_stat_activity. A failed opening may be tried again. */
export function openRuntime(name: string, options: RuntimeOptions = {}): Promise<Runtime> {
  kept.ostapRuntime ??= open(name, options).catch((error: unknown) => {
    kept.ostapRuntime = undefined;
    throw error;
  });
  return kept.ostapRuntime;
}

async function open(name: string, { max }: RuntimeOptions): Promise<Runtime> {
  const env = readEnv();
  const log = createLog(name);
  const embedded = env.databaseUrl ? null : await joinEmbeddedPostgres(env.home);
  const databaseUrl = env.databaseUrl ?? embedded?.url;
  if (!databaseUrl) throw new Error("Neither DATABASE_URL nor the embedded Postgres gave a url.");
  const connection = connect(databaseUrl, { name: `ostap ${name}`, ...(max === undefined ? {} : { max }) });
  return {
    env,
    connection,
    databaseUrl,
    ctx: (actor, locale = env.locale) => ({
      actor,
      db: connection.db,
      sql: connection.sql,
      now: () => new Date(),
      home: env.home,
      log,
      locale,
    }),
    async close() {
      kept.ostapRuntime = undefined;
      try {
        await connection.close();
      } finally {
        await embedded?.leave();
      }
    },
  };
}
