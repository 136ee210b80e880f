import { type SQL, sql } from "drizzle-orm";
import { type DataCheck, rowOf } from "./data-check.ts";

/** Counted and not asked for existence: of "not exists" Postgres makes a table of every lead that there is. */
const unknown = (table: "leads" | "premises", id: SQL) =>
  sql`(select count(*) = 0 from ${sql.raw(table)} known where known.id = ${id})`;
const noLead = sql`(r.lead_id is null or ${unknown("leads", sql`r.lead_id`)})`;
const noPremises = sql`(r.premises_id is null or ${unknown("premises", sql`r.premises_id`)})`;
/** What is wrong in a word: `noLead`, `unknownLead`, `noPremises`, `unknownPremises`. */
const wrong = sql`case when r.lead_id is null then 'noLead' when ${unknown("leads", sql`r.lead_id`)} then 'unknownLead'
  when r.premises_id is null then 'noPremises' else 'unknownPremises' end`;

/** What is known leads to it. */
const known = {
  lead: sql`case when not ${noLead} then r.lead_id end`,
  premises: sql`case when not ${noPremises} then r.premises_id end`,
};

/** Deals that name no lead or premises, or one that no import has brought ÷ deals. Learning and conversion do not see them. */
export const unlinkedDeals = {
  check: "unlinkedDeal",
  group: "unlinked",
  found: () =>
    sql`select ${rowOf(
      { on: sql`r.created_on`, id: sql`r.id` },
      { deal: sql`r.id`, ...known },
      { wrong, namedLeadId: sql`r.lead_id`, namedPremisesId: sql`r.premises_id`, createdOn: sql`r.created_on` },
    )} from deals r where ${noLead} or ${noPremises}`,
  of: () => sql`select count(*)::int from deals`,
  mend: { field: null, crm: { table: "deals", column: "premises_id" } },
  bounds: {},
} as const satisfies DataCheck;

/** Leases whose lead is not named or not known, or whose premises is not known ÷ leases. */
export const unlinkedLeases = {
  check: "unlinkedLease",
  group: "unlinked",
  found: () =>
    sql`select ${rowOf(
      { on: sql`r.start_on`, id: sql`r.id` },
      { lease: sql`r.id`, ...known },
      {
        wrong,
        tenant: sql`r.tenant`,
        namedLeadId: sql`r.lead_id`,
        namedPremisesId: sql`r.premises_id`,
        startOn: sql`r.start_on`,
      },
    )} from leases r where ${noLead} or ${noPremises}`,
  of: () => sql`select count(*)::int from leases`,
  mend: { field: null, crm: { table: "leases", column: "lead_id" } },
  bounds: {},
} as const satisfies DataCheck;
