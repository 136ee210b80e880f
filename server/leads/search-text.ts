import { type SQL, sql } from "drizzle-orm";

/** What a lead is found by. */
export interface SearchedFields {
  id: string;
  brand: string | null;
  trades: readonly string[];
  districts: readonly string[];
  phone: string | null;
}

/** Pure: the spelling that leads and queries are compared in: NFC, lower case, ё as е, one space between words. */
export function foldSearch(text: string): string {
  return text.normalize("NFC").toLowerCase().replaceAll("ё", "е").replace(/\s+/gu, " ").trim();
}

/** Pure: `leads.search_text` of one lead. Of a phone only its digits are kept, so that any way to write it finds it. */
export function searchText(lead: SearchedFields): string {
  const phone = lead.phone?.replace(/\D/g, "") ?? "";
  return foldSearch([lead.id, lead.brand ?? "", ...lead.trades, ...lead.districts, phone].join(" "));
}

/**
 * The same rule in SQL, for writing many leads at once; arguments are SQL expressions of the lead's columns.
 * Expects text as the import stores it (NFC, single spaces) and a database whose lower() knows Cyrillic.
 */
export function searchTextSql(lead: Record<keyof SearchedFields, SQL>): SQL {
  return sql`lower(translate(concat_ws(' ', ${lead.id}, ${lead.brand},
    nullif(array_to_string(${lead.trades}, ' '), ''), nullif(array_to_string(${lead.districts}, ' '), ''),
    nullif(regexp_replace(${lead.phone}, '\\D', '', 'g'), '')), 'Ёё', 'Ее'))`;
}
