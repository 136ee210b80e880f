import type { TransactionSql } from "postgres";
import type { Ctx } from "../context.ts";

/**
 * From now on an abort of `signal` cancels what the database does for the transaction: a merge of a million rows is one
 * statement and would else go on for minutes. Await `end` inside the transaction, so that nothing later is hit.
 */
export async function cancelQueriesOn(
  ctx: Ctx,
  tx: TransactionSql,
  signal: AbortSignal,
): Promise<{ end(): Promise<void> }> {
  signal.throwIfAborted();
  const [backend] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`;
  let cancelling: Promise<unknown> = Promise.resolve();
  const cancel = () => {
    cancelling = ctx.sql`select pg_cancel_backend(${backend?.pid ?? null})`.catch((error: unknown) =>
      ctx.log.warn({ err: error }, "a query could not be cancelled"),
    );
  };
  signal.addEventListener("abort", cancel, { once: true });
  return {
    async end() {
      signal.removeEventListener("abort", cancel);
      await cancelling;
    },
  };
}
