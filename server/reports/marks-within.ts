import { type SQL, sql } from "drizzle-orm";
import type { ReportSpan } from "./report-scope.ts";

/**
 * The marks on models' verdicts that were made in the span and stand now: of a manager's on a pair the last, unless withdrawn or
 * followed by one after the span. A part of a query, to be named; columns as in `marks`. Walks the marks by their day alone.
 */
export function marksWithin({ fromOn, toOn }: ReportSpan): SQL {
  const end = sql`(${toOn}::date + 1)::timestamp at time zone 'Asia/Novosibirsk'`;
  return sql`(
    select distinct on (m.lead_id, m.premises_id, m.manager_id) m.* from marks m
    where m.created_at >= ${fromOn}::timestamp at time zone 'Asia/Novosibirsk' and m.created_at < ${end}
      and not exists (select from mark_withdrawals w where w.mark_id = m.id)
      and (m.lead_id, m.premises_id, m.manager_id) not in (
        select n.lead_id, n.premises_id, n.manager_id from marks n
        where n.created_at >= ${end} and not exists (select from mark_withdrawals w where w.mark_id = n.id))
    order by m.lead_id, m.premises_id, m.manager_id, m.created_at desc, m.id desc)`;
}
