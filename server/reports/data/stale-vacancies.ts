import { sql } from "drizzle-orm";
import { type DataCheck, rowOf } from "./data-check.ts";

/** So long nobody was offered it: it is hardly free, or hardly lettable. */
const UNOFFERED_DAYS = 180;

const latest = sql`(select max(day) from free_snapshots)`;
/** Premises that are free by the latest daily record, with the day since when; once, and not anew for each question. */
const free = sql`(
  select s.premises_id, s.day, (
    select max(v.from_on) from vacancies v where v.premises_id = s.premises_id and v.from_on <= s.day
  ) as from_on
  from free_snapshots s where s.day = ${latest} offset 0
)`;
const freeOf = sql`select count(*)::int from free_snapshots where day = ${latest}`;

/** Premises free for `UNOFFERED_DAYS` days or more that no deal and no sent proposal has offered since ÷ free premises. */
export const unofferedVacancies = {
  check: "unofferedVacancy",
  group: "vacancies",
  found: () => sql`select ${rowOf(
    { on: sql`f.from_on`, id: sql`f.premises_id` },
    { premises: sql`f.premises_id` },
    {
      name: sql`p.name`,
      freeOn: sql`f.from_on`,
      days: sql`f.day - f.from_on`,
    },
  )} from ${free} f left join premises p on p.id = f.premises_id
    where f.day - f.from_on >= ${UNOFFERED_DAYS}
    and not exists (select from deals d where d.premises_id = f.premises_id and d.created_on >= f.from_on)
    and not exists (
      select from proposal_offers o where o.premises_id = f.premises_id and o.sent_on >= f.from_on
      and not exists (select from proposal_withdrawals w where w.proposal_id = o.proposal_id))`,
  of: () => freeOf,
  mend: { field: null, crm: { table: "premises", column: "status" } },
  bounds: { days: UNOFFERED_DAYS },
} as const satisfies DataCheck;

/** Premises that are free while a lease of theirs runs ÷ free premises. */
export const leasedVacancies = {
  check: "leasedVacancy",
  group: "vacancies",
  found: () => sql`select ${rowOf(
    { on: sql`f.from_on`, id: sql`f.premises_id || ' ' || r.id` },
    { premises: sql`f.premises_id`, lease: sql`r.id` },
    {
      name: sql`p.name`,
      freeOn: sql`f.from_on`,
      tenant: sql`r.tenant`,
      startOn: sql`r.start_on`,
      endOn: sql`r.end_on`,
    },
  )} from ${free} f left join premises p on p.id = f.premises_id join leases r on r.premises_id = f.premises_id
    and r.start_on <= f.day and (r.end_on > f.day or r.status = 'active' or (r.end_on is null and r.status is distinct from 'ended'))`,
  of: () => freeOf,
  mend: { field: null, crm: { table: "leases", column: "status" } },
  bounds: {},
} as const satisfies DataCheck;
