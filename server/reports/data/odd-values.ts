import { sql } from "drizzle-orm";
import {
  areaBoundsSqm,
  closedBeforeCreated,
  oddArea,
  oddBudget,
  oddRent,
  oddWishedArea,
  rentBoundsRubSqm,
} from "#/db/schema/doubtful.ts";
import { type DataCheck, noDay, recentLeads, rowOf } from "./data-check.ts";

const lead = { lead: sql`id` };
const premises = { premises: sql`id` };
const round = (money: string, sqm: string) => sql.raw(`round(${money} / ${sqm})`);

/** Of a year: leads whose wished area no premises has, or whose from is above to ÷ leads that wish an area. */
export const oddWishedAreas = {
  check: "oddWishedArea",
  group: "implausible",
  found: (today) =>
    sql`select ${rowOf({ on: sql`created_on`, id: sql`id` }, lead, {
      areaFromSqm: sql`area_from_sqm`,
      areaToSqm: sql`area_to_sqm`,
      createdOn: sql`created_on`,
    })} from leads where ${oddWishedArea} and ${recentLeads(today)}`,
  of: (today) => sql`select count(*)::int from leads where wishes_filled & 1 > 0 and ${recentLeads(today)}`,
  mend: { field: "area", crm: { table: "leads", column: "area_from_sqm" } },
  bounds: { minSqm: areaBoundsSqm.min, maxSqm: areaBoundsSqm.max },
} as const satisfies DataCheck;

/** Of a year: leads whose budget for a m² of what they wish is absurd ÷ leads that wish an area and name a budget. */
export const oddBudgets = {
  check: "oddBudget",
  group: "implausible",
  found: (today) =>
    sql`select ${rowOf({ on: sql`created_on`, id: sql`id` }, lead, {
      budgetRubMonth: sql`budget_rub_month`,
      areaToSqm: sql`coalesce(area_to_sqm, area_from_sqm)`,
      budgetRubSqm: round("budget_rub_month", "coalesce(area_to_sqm, area_from_sqm)"),
      createdOn: sql`created_on`,
    })} from leads where ${oddBudget} and ${recentLeads(today)}`,
  of: (today) => sql`select count(*)::int from leads where wishes_filled & 3 = 3 and ${recentLeads(today)}`,
  mend: { field: "budget", crm: { table: "leads", column: "budget_rub_month" } },
  bounds: { minRub: rentBoundsRubSqm.min, maxRub: rentBoundsRubSqm.max },
} as const satisfies DataCheck;

/** Premises of an area that can hardly be ÷ premises whose area is known. */
export const oddAreas = {
  check: "oddArea",
  group: "implausible",
  found: () =>
    sql`select ${rowOf({ on: noDay, id: sql`id` }, premises, { name: sql`name`, areaSqm: sql`area_sqm` })} from premises where ${oddArea}`,
  of: () => sql`select count(area_sqm)::int from premises`,
  mend: { field: null, crm: { table: "premises", column: "area_sqm" } },
  bounds: { minSqm: areaBoundsSqm.min, maxSqm: areaBoundsSqm.max },
} as const satisfies DataCheck;

/** Premises whose asking rent for a m² is far outside ÷ premises whose rent and area are known. */
export const oddRents = {
  check: "oddRent",
  group: "implausible",
  found: () =>
    sql`select ${rowOf({ on: noDay, id: sql`id` }, premises, {
      name: sql`name`,
      rentRubMonth: sql`rent_rub_month`,
      areaSqm: sql`area_sqm`,
      rentRubSqm: round("rent_rub_month", "area_sqm"),
    })} from premises where ${oddRent}`,
  of: () => sql`select count(*)::int from premises where rent_rub_month is not null and area_sqm is not null`,
  mend: { field: null, crm: { table: "premises", column: "rent_rub_month" } },
  bounds: { minRub: rentBoundsRubSqm.min, maxRub: rentBoundsRubSqm.max },
} as const satisfies DataCheck;

/** Deals that were closed before they were created ÷ deals that are closed. */
export const reversedDeals = {
  check: "reversedDeal",
  group: "implausible",
  found: () =>
    sql`select ${rowOf(
      { on: sql`created_on`, id: sql`id` },
      { lead: sql`lead_id`, premises: sql`premises_id`, deal: sql`id` },
      { createdOn: sql`created_on`, closedOn: sql`closed_on` },
    )} from deals where ${closedBeforeCreated}`,
  of: () => sql`select count(closed_on)::int from deals`,
  mend: { field: null, crm: { table: "deals", column: "closed_on" } },
  bounds: {},
} as const satisfies DataCheck;

/** Leases that begin while an earlier lease of the same premises runs ÷ leases. Where both begin on one day, the one with the higher number. */
export const overlappingLeases = {
  check: "overlappingLease",
  group: "implausible",
  found: () => sql`select ${rowOf(
    { on: sql`start_on`, id: sql`id` },
    { lead: sql`lead_id`, premises: sql`premises_id`, lease: sql`id` },
    { tenant: sql`tenant`, startOn: sql`start_on`, takenUntilOn: sql`nullif(taken_until, 'infinity')` },
  )} from (
    select l.*, max(case when status = 'ended' and end_on is null then start_on else coalesce(end_on, 'infinity') end)
      over (partition by premises_id order by start_on, id rows between unbounded preceding and 1 preceding) as taken_until
    from leases l
  ) run where taken_until > start_on`,
  of: () => sql`select count(*)::int from leases`,
  mend: { field: null, crm: { table: "leases", column: "start_on" } },
  bounds: {},
} as const satisfies DataCheck;
