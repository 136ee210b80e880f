import { sql } from "drizzle-orm";
import type { Ctx } from "../../context.ts";
import { dateInNovosibirsk } from "../../days.ts";
import { knownTables } from "../../imports/known-tables.ts";
import { authorize } from "../../permissions.ts";
import { type CheckName, checks } from "./checks.ts";
import type { DataCheck, Mend } from "./data-check.ts";

export interface CheckCount extends Omit<DataCheck, "found" | "of" | "mend"> {
  check: CheckName;
  found: number;
  of: number;
  mend: {
    /** The wish that is put right here; null: elsewhere. */
    field: Mend["field"];
    /** What the CRM or accounting calls the column. */
    crmField: string;
  };
}

type Counted = Pick<CheckCount, "found" | "of">;

declare global {
  // Next loads a module once per bundle; what is counted once per process must live here. Keyed by the pool.
  var ostapCheckCounts: WeakMap<Ctx["sql"], { state: string; counts: Promise<Map<CheckName, Counted>> }> | undefined;
}

/**
 * Of each check how many rows it finds and how many it looked at, in all that the database holds now. What an answer can put
 * right is counted each time; the rest changes with an import, a sending or a new day alone, and is counted when it has.
 */
export async function countChecks(ctx: Ctx): Promise<CheckCount[]> {
  authorize(ctx, "report:read");
  const today = dateInNovosibirsk(ctx.now());
  const tables = knownTables(today);
  const held = await heldCounts(ctx, today);
  return Promise.all(
    checks.map(async (one) => {
      const { check, group, mend, bounds } = one;
      const counted = held.get(check) ?? (await count(ctx, one, today));
      const column = tables
        .find(({ name }) => name === mend.crm.table)
        ?.columns.find(({ name }) => name === mend.crm.column);
      return { check, group, ...counted, mend: { field: mend.field, crmField: column!.headers[0]! }, bounds };
    }),
  );
}

async function heldCounts(ctx: Ctx, today: string): Promise<Map<CheckName, Counted>> {
  const [row] = await ctx.db.execute<{ state: string }>(sql`
    select concat_ws(' ', ${today}::text, (select version from market_state), (select max(day) from free_snapshots),
      (select count(*) from proposal_sendings), (select count(*) from proposal_withdrawals)) as state`);
  const { state } = row!;
  globalThis.ostapCheckCounts ??= new WeakMap();
  const held = globalThis.ostapCheckCounts.get(ctx.sql);
  if (held?.state === state) return held.counts;
  const counts = countAll(ctx, today);
  globalThis.ostapCheckCounts.set(ctx.sql, { state, counts });
  // What could not be counted is asked for again.
  counts.catch(() => globalThis.ostapCheckCounts?.delete(ctx.sql));
  return counts;
}

async function countAll(ctx: Ctx, today: string): Promise<Map<CheckName, Counted>> {
  const slow = checks.filter(({ mend }) => mend.field === null);
  return new Map(await Promise.all(slow.map(async (one) => [one.check, await count(ctx, one, today)] as const)));
}

async function count(ctx: Ctx, { found, of }: DataCheck, today: string): Promise<Counted> {
  const [row] = await ctx.db.execute<Counted & Record<string, unknown>>(
    sql`select (select count(*)::int from (${found(today)}) found) as found, (${of(today)}) as of`,
  );
  return row!;
}
