import { type SQL, sql } from "drizzle-orm";

/** What a row of a check names; whoever mends it goes there, or copies the id into the CRM. */
export interface FoundRow {
  /** Unique among the rows of the check: the day by which they are listed, the newest first, and an id. */
  key: string;
  leadId: string | null;
  premisesId: string | null;
  dealId: string | null;
  leaseId: string | null;
  /** What is seen, by names that end in their unit: `areaSqm`, `rentRubMonth`, `rentRubSqm`, `createdOn`, `days`; ids and texts without one. */
  seen: Record<string, number | string | null>;
}

/** Where a value of ours or the CRM's is mended. */
export interface Mend {
  /** The wish that an answer puts right, here and at once; null: only the CRM or accounting can. */
  field: "area" | "budget" | null;
  /** The export's table and column. */
  crm: { table: string; column: string };
}

/** One thing that is looked for. The same SQL counts it and lists it, so that a number and its rows cannot disagree. */
export interface DataCheck {
  /** Its name in the messages. */
  check: string;
  group: "implausible" | "duplicates" | "unlinked" | "vacancies";
  /** Rows found, with the columns of `rowOf`. `today` is YYYY-MM-DD. */
  found: (today: string) => SQL;
  /** How many were looked at: one value. */
  of: (today: string) => SQL;
  mend: Mend;
  /** Bounds that its words name. */
  bounds: Record<string, number>;
}

/** The select list of a check: by what its rows are listed, what each names and what is seen. */
export function rowOf(
  by: { on: SQL; id: SQL },
  names: { lead?: SQL; premises?: SQL; deal?: SQL; lease?: SQL },
  seen: Record<string, SQL>,
): SQL {
  const none = sql`null::text`;
  const pairs = sql.join(
    Object.entries(seen).map(([name, value]) => sql`${name}::text, ${value}`),
    sql`, `,
  );
  return sql`${by.on} as listed_on, ${by.id} as listed_id, ${names.lead ?? none} as "leadId",
    ${names.premises ?? none} as "premisesId", ${names.deal ?? none} as "dealId", ${names.lease ?? none} as "leaseId",
    json_build_object(${pairs}) as seen`;
}

/** Of what has no day. */
export const noDay = sql`date '1970-01-01'`;

/** Leads are looked at for so long: nobody mends one that came before. */
export const LEADS_DAYS = 364;

/** Of `leads` without a name, or named `l`: those that are looked at. */
export function recentLeads(today: string): SQL {
  return sql`created_on > ${today}::date - ${sql.raw(String(LEADS_DAYS))}`;
}
