import { sql } from "drizzle-orm";
import { phoneDigits } from "#/db/schema/doubtful.ts";
import { byDay, type DataCheck, rowOf } from "./data-check.ts";

/** Two leads of one phone within so many days are one company that asked twice, or was written down twice. */
const SAME_PHONE_DAYS = 14;
/** Shorter is an extension or nonsense. */
const PHONE_DIGITS_MIN = 10;

/** Leads that came within `SAME_PHONE_DAYS` days after another lead of the same phone ÷ leads with a phone. */
export const samePhoneLeads = {
  check: "samePhone",
  group: "duplicates",
  found: sql`select ${rowOf(
    byDay(sql`created_on`, sql`id`),
    { lead: sql`id` },
    {
      brand: sql`brand`,
      phone: sql`phone`,
      otherLeadId: sql`other_id`,
      otherOn: sql`other_on`,
    },
  )} from (
    select l.*, lag(id) over w as other_id, lag(created_on) over w as other_on
    from leads l where phone is not null and length(${phoneDigits}) >= ${PHONE_DIGITS_MIN}
    window w as (partition by ${phoneDigits} order by created_on, id)
  ) run where created_on - other_on <= ${SAME_PHONE_DAYS}`,
  of: sql`select count(*)::int from leads where phone is not null`,
  mend: { field: null, crm: { table: "leads", column: "phone" } },
  bounds: { days: SAME_PHONE_DAYS },
} as const satisfies DataCheck;

/** Premises of an address and area that another premises has too ÷ premises whose address and area are known. Blanks and case do not tell addresses apart. */
export const twinPremises = {
  check: "twinPremises",
  group: "duplicates",
  found: sql`select ${rowOf(
    sql`place || ' ' || id`,
    { premises: sql`id` },
    {
      name: sql`name`,
      address: sql`address`,
      areaSqm: sql`area_sqm`,
      twins: sql`twins`,
    },
  )} from (
    select p.*, place, count(*) over (partition by place, area_sqm)::int as twins
    from premises p, lower(regexp_replace(address, '\\s+', ' ', 'g')) place
    where address is not null and area_sqm is not null
  ) run where twins > 1`,
  of: sql`select count(*)::int from premises where address is not null and area_sqm is not null`,
  mend: { field: null, crm: { table: "premises", column: "id" } },
  bounds: {},
} as const satisfies DataCheck;
