import { type SQL, sql } from "drizzle-orm";
import { leadAnswerEnds, leadAnswers, leads } from "#/db/schema/leads.ts";
import type { LeadField } from "./read-answer.ts";
import { searchTextSql } from "./search-text.ts";

/**
 * Answers lie over what the CRM says, in the columns of `leads` themselves, so that every search, filter and feature reads them
 * without knowing. Whoever writes what the CRM says lifts them first and lays them again afterwards; each is one statement.
 */

/** The columns that each question fills. */
export const columnsOf = {
  brand: ["brand"],
  trades: ["trades"],
  network_size: ["network_size"],
  area: ["area_from_sqm", "area_to_sqm"],
  budget: ["budget_rub_month"],
  bank: ["bank"],
  districts: ["districts"],
} as const satisfies Record<LeadField, readonly string[]>;

const columns = Object.values(columnsOf).flat();
const notEnded = (answer: SQL) => sql`not exists (select from ${leadAnswerEnds} e where e.answer_id = ${answer})`;

/** Puts `value` or `crm_value` of the answers that stand into the leads that `which` (over `a.lead_id`) names. */
function write(layer: "value" | "crm_value", which: SQL): SQL {
  const set = columns.map((name) => sql.raw(`"${name}" = p."${name}"`));
  const search = searchTextSql({
    id: sql.raw("p.id"),
    brand: sql.raw("p.brand"),
    trades: sql.raw("p.trades"),
    districts: sql.raw("p.districts"),
    phone: sql.raw("p.phone"),
  });
  return sql`
    update ${leads} l set ${sql.join(set, sql`, `)}, search_text = ${search}
    from (
      select (jsonb_populate_record(r, patched.patch)).*
      from (
        select top.lead_id, jsonb_object_agg(part.key, part.value) as patch
        from (
          select distinct on (a.lead_id, a.field) a.lead_id, a.${sql.raw(layer)} as said
          from ${leadAnswers} a where ${which} and ${notEnded(sql`a.id`)}
          order by a.lead_id, a.field, a.given_at desc, a.id desc
        ) top, jsonb_each(top.said) part
        group by top.lead_id
      ) patched join ${leads} r on r.id = patched.lead_id
    ) p
    where l.id = p.id`;
}

/** Shows what the CRM says of the leads that `which` names. */
export const liftAnswers = (which: SQL): SQL => write("crm_value", which);

/** Lays the answers that stand over those leads again. */
export const layAnswers = (which: SQL): SQL => write("value", which);

/** What the lead's row says now in the columns of answer `a`. */
const nowSaid = sql`(select jsonb_object_agg(key, to_jsonb(l) -> key) from jsonb_object_keys(a.crm_value) key)`;
const saysSomething = (value: SQL) =>
  sql`exists (select from jsonb_each(${value}) part where part.value not in ('null', '[]'))`;

/** Ends the answers over which the CRM has since said something else; call it between lifting and laying. */
export function endOvertaken(which: SQL, by: string): SQL {
  return sql`
    insert into ${leadAnswerEnds} (answer_id, why, ended_by)
    select a.id, 'overtaken', ${by} from ${leadAnswers} a join ${leads} l on l.id = a.lead_id
    where ${which} and ${notEnded(sql`a.id`)} and ${nowSaid} <> a.crm_value and ${saysSomething(nowSaid)}`;
}

/** Keeps up with what the CRM says beneath the answers that stand: by now it can only have been emptied. */
export function noteEmptied(which: SQL): SQL {
  return sql`
    update ${leadAnswers} a set crm_value = ${nowSaid} from ${leads} l
    where l.id = a.lead_id and ${which} and ${notEnded(sql`a.id`)} and ${nowSaid} <> a.crm_value`;
}
