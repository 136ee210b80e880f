import { sql } from "drizzle-orm";
import { type DataCheck, LEADS_DAYS, noDay, recentLeads, rowOf } from "./data-check.ts";

/** Two leads of one phone within so many days are one company that asked twice, or was written down twice. */
const SAME_PHONE_DAYS = 14;

/** Of a year: leads that came within `SAME_PHONE_DAYS` days after another lead of the same phone ÷ leads with a phone. */
export const samePhoneLeads = {
  check: "samePhone",
  group: "duplicates",
  found: (today) => sql`select ${rowOf(
    { on: sql`run.created_on`, id: sql`run.id` },
    { lead: sql`run.id` },
    { brand: sql`l.brand`, phone: sql`l.phone`, otherLeadId: sql`other_id`, otherOn: sql`other_on` },
  )} from (
    select id, created_on, lag(id) over w as other_id, lag(created_on) over w as other_on
    from leads where phone_digits is not null and created_on > ${today}::date - ${LEADS_DAYS + SAME_PHONE_DAYS}::int
    window w as (partition by phone_digits order by created_on, id)
  ) run left join leads l on l.id = run.id
  where run.created_on - other_on <= ${SAME_PHONE_DAYS} and run.${recentLeads(today)}`,
  of: (today) => sql`select count(*)::int from leads where phone_digits is not null and ${recentLeads(today)}`,
  mend: { field: null, crm: { table: "leads", column: "phone" } },
  bounds: { days: SAME_PHONE_DAYS },
} as const satisfies DataCheck;

/** Premises of an address and area that another premises has too ÷ premises whose address and area are known. Case does not tell addresses apart; blanks the import has squeezed. */
export const twinPremises = {
  check: "twinPremises",
  group: "duplicates",
  found: () => sql`select ${rowOf(
    { on: noDay, id: sql`twins.place || ' ' || p.id` },
    { premises: sql`p.id` },
    {
      name: sql`p.name`,
      address: sql`p.address`,
      areaSqm: sql`p.area_sqm`,
      twins: sql`twins.n`,
    },
  )} from (
    select lower(address) as place, area_sqm, count(*)::int as n from premises
    where address is not null and area_sqm is not null group by 1, 2 having count(*) > 1
  ) twins join premises p on lower(p.address) = twins.place and p.area_sqm = twins.area_sqm`,
  of: () => sql`select count(*)::int from premises where address is not null and area_sqm is not null`,
  mend: { field: null, crm: { table: "premises", column: "id" } },
  bounds: {},
} as const satisfies DataCheck;
