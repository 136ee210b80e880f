import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";

/**
 * Writes the vacancies of premises for which no export states any: free is what is not leased, from the first day that the leases
 * speak of. Exported spans win: where they arrive, derived ones go. Set-based; running it again changes nothing.
 *
 * - A lease takes [start, end). One that is said to be active takes its premises beyond an end that has passed (`today`);
 *   one that has ended on a day nobody wrote down takes nothing.
 * - A premises that its own row calls let has no open span, whatever the leases say: accounting may be late.
 * - Without any lease in the records, only premises whose row calls them free have a span, from the day we first saw them so.
 * - The rent of the open span is today's asking rent; of a past one nobody knows what was asked.
 *
 * Call it inside a transaction. Returns how many spans were written or removed.
 */
export async function deriveVacancies(ctx: Ctx, today: string): Promise<number> {
  const [row] = await ctx.db.execute<{ n: number }>(sql`
    with beginning as (
      select min(start_on) as on_day from leases
    ), taken as (
      select premises_id, range_agg(daterange(start_on, case
        when end_on is null and status = 'ended' then start_on
        when status = 'active' and end_on <= ${today}::date then null
        else end_on
      end)) as days
      from leases group by premises_id
    ), first_seen as (
      select premises_id, min(from_on) as on_day from vacancies
      where source = 'leases' and to_on is null group by premises_id
    ), span as (
      select p.id as premises_id, p.status, p.rent_rub_month, unnest(
        datemultirange(daterange(coalesce(b.on_day, f.on_day, ${today}::date), null))
        - coalesce(t.days, '{}'::datemultirange)
      ) as days
      from premises p
      cross join beginning b
      left join taken t on t.premises_id = p.id
      left join first_seen f on f.premises_id = p.id
      where not exists (select from vacancies v where v.premises_id = p.id and v.source = 'export')
        and (b.on_day is not null or p.status = 'free')
    ), derived as (
      select premises_id, lower(days) as from_on, upper(days) as to_on,
        case when upper_inf(days) then rent_rub_month end as rent_rub_month
      from span
      where not (upper_inf(days) and status is not distinct from 'let')
    ), removed as (
      delete from vacancies v
      where v.source = 'leases'
        and not exists (select from derived d where d.premises_id = v.premises_id and d.from_on = v.from_on)
      returning 1
    ), written as (
      insert into vacancies (premises_id, from_on, to_on, rent_rub_month, source)
      select premises_id, from_on, to_on, rent_rub_month, 'leases' from derived
      on conflict (premises_id, from_on, source) do update
      set to_on = excluded.to_on, rent_rub_month = excluded.rent_rub_month
      where row(vacancies.to_on, vacancies.rent_rub_month) is distinct from row(excluded.to_on, excluded.rent_rub_month)
      returning 1
    )
    select ((select count(*) from removed) + (select count(*) from written))::int as n`);
  return row?.n ?? 0;
}
