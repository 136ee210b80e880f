import type postgres from "postgres";

type Work = (sql: postgres.TransactionSql) => unknown;

/**
 * A transaction whose connection dies has been refused by the driver already; whatever it would still send, its own
 * `rollback` first of all, makes the driver write to a socket that is gone and throw where nobody can catch it, which ends
 * the process (porsager/postgres issues 1154 and 1208, as of 3.4.9). So nothing more is sent.
 */
export function guardTransactions(sql: postgres.Sql): postgres.Sql {
  const begin = sql.begin.bind(sql) as (options: string, work: Work) => Promise<unknown>;
  const guarded = async (...args: [Work] | [string, Work]) => {
    const [options, work] = args.length === 1 ? ["", args[0]] : args;
    const life = { gone: false };
    const outcome = begin(options, (tx) => untilGone(life, () => work(whileAlive(life, tx))));
    return outcome.catch((error: unknown) => {
      life.gone = true;
      throw error;
    });
  };
  return Object.assign(sql, { begin: guarded as postgres.Sql["begin"] });
}

/** Never ends where the connection is gone: the driver would go on to commit or roll back. It has refused the whole by itself. */
async function untilGone(life: { gone: boolean }, work: () => unknown): Promise<unknown> {
  try {
    const result = await work();
    return life.gone ? await never() : result;
  } catch (error) {
    if (life.gone || (error as { code?: unknown } | null)?.code === "CONNECTION_CLOSED") return await never();
    const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined;
    if (cause?.code === "CONNECTION_CLOSED") return await never();
    throw error;
  }
}

/** A promise of its own each time: one shared by all would keep whoever waits for it in memory. */
function never(): Promise<never> {
  return new Promise(() => {});
}

/** The transaction's own handle, which refuses once the connection is gone; savepoints within it are guarded alike. */
function whileAlive(life: { gone: boolean }, tx: postgres.TransactionSql): postgres.TransactionSql {
  const assertAlive = () => {
    if (life.gone)
      throw Object.assign(new Error("The connection of this transaction is gone."), { code: "CONNECTION_CLOSED" });
  };
  return new Proxy(tx, {
    apply(target, self, args) {
      assertAlive();
      return Reflect.apply(target as never, self, args);
    },
    get(target, name) {
      if (name === "savepoint")
        return (...args: [Work] | [string, Work]) => {
          assertAlive();
          const work = args.at(-1) as Work;
          const within = (sub: postgres.TransactionSql) => untilGone(life, () => work(whileAlive(life, sub)));
          const savepoint = target.savepoint as (...args: unknown[]) => Promise<unknown>;
          return args.length === 1 ? savepoint(within) : savepoint(args[0], within);
        };
      if (name === "unsafe") assertAlive();
      return Reflect.get(target, name);
    },
  });
}
