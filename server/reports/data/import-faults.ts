import { sql } from "drizzle-orm";
import type { Ctx } from "../../context.ts";
import type { TableName } from "../../imports/table.ts";
import { authorize } from "../../permissions.ts";

/** What the latest import of a table met in its files. */
export interface ImportFaults {
  table: TableName;
  /** Where its refused rows stand, to be mended and sent again. */
  runId: number;
  finishedAt: Date;
  /** Rows that the files held: what the others are counted of. */
  rows: number;
  /** Rows that were not taken. */
  refusedRows: number;
  /** Values that could not be read and count as missing. */
  refusedValues: number;
  /** Rows whose id came again further down. */
  duplicates: number;
  /** Values put right by a stated rule, by its code. */
  repaired: Record<string, number>;
}

/** Of each table the latest import that wrote it: what it refused and what it put right by itself. */
export async function importFaults(ctx: Ctx): Promise<ImportFaults[]> {
  authorize(ctx, "report:read");
  const rows = await ctx.db.execute<
    Record<string, unknown> & Omit<ImportFaults, "finishedAt"> & { finishedAt: string }
  >(sql`
    with file as (
      select r.id, r.finished_at, f, f ->> 'table' as name,
        rank() over (partition by f ->> 'table' order by r.id desc) as place
      from import_runs r cross join jsonb_array_elements(r.files) f
      where r.status = 'done' and not r.dry_run and f ->> 'table' is not null and f ->> 'refusal' is null
    ), latest as (select * from file where place = 1), mended as (
      select name, jsonb_object_agg(code, n) as repaired from (
        select name, part.key as code, sum(part.value::int)::int as n
        from latest cross join jsonb_each_text(f -> 'repaired') part group by 1, 2
      ) part group by 1
    )
    select name as table, id::int as "runId", finished_at as "finishedAt", sum((f ->> 'rows')::int)::int as rows,
      sum((f ->> 'refused')::int)::int as "refusedRows", sum((f ->> 'refusedValues')::int)::int as "refusedValues",
      sum((f ->> 'duplicates')::int)::int as duplicates, coalesce(mended.repaired, '{}') as repaired
    from latest left join mended using (name) group by 1, id, finished_at, mended.repaired
    order by array_position(array['managers', 'districts', 'premises', 'vacancies', 'leads', 'deals', 'leases'], name)`);
  return rows.map((row) => ({ ...row, finishedAt: new Date(row.finishedAt) }));
}
