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

/** Of each check how many rows it finds and how many it looked at: all that the database holds now, whatever the period. */
export async function countChecks(ctx: Ctx): Promise<CheckCount[]> {
  authorize(ctx, "report:read");
  const tables = knownTables(dateInNovosibirsk(ctx.now()));
  return Promise.all(
    checks.map(async ({ check, group, found, of, mend, bounds }) => {
      const [row] = await ctx.db.execute<{ found: number; of: number }>(
        sql`select (select count(*)::int from (${found}) found) as found, (${of}) as of`,
      );
      const { crm } = mend;
      const column = tables.find(({ name }) => name === crm.table)?.columns.find(({ name }) => name === crm.column);
      return { check, group, ...row!, mend: { field: mend.field, crmField: column!.headers[0]! }, bounds };
    }),
  );
}
