import { and, eq, gte, isNull, lte, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { z } from "zod";
import { leads } from "#/db/schema/leads.ts";
import { marks, markWithdrawals } from "#/db/schema/matching.ts";
import type { Actor } from "../context.ts";
import { pastDate } from "../days.ts";
import { likePattern } from "./search-query.ts";
import { foldSearch } from "./search-text.ts";

/** The places of `leads.fill`, in words. */
const fills = { none: 0, some: 1, full: 2 } as const;
const name = z.string().trim().min(1).max(100);

/** What narrows and orders a list of leads; what is left out narrows nothing. */
const fields = {
  whose: z.enum(["mine", "unassigned"]).optional(),
  ofManager: z.string().trim().min(1).max(64).optional(),
  /** Created on that day or later, YYYY-MM-DD. */
  from: pastDate.optional(),
  /** Created on that day or earlier. */
  to: pastDate.optional(),
  district: name.optional(),
  trade: name.optional(),
  fill: z.enum(["none", "some", "full"]).optional(),
  /** `unseen`: nobody has opened its board; `marked`: a mark stands on it, a manager's own if a manager asks. */
  seen: z.enum(["unseen", "marked"]).optional(),
  sort: z.enum(["newest", "oldest"]).default("newest"),
};

export const leadFilters = z.strictObject(fields);
export type LeadFilters = z.infer<typeof leadFilters>;

/** A search with a name: its words, its filters and how its rows are shown. */
export const startFilters = z.strictObject({
  ...fields,
  q: z.string().trim().max(200).optional(),
  view: z.enum(["cards", "lines"]).optional(),
});

/**
 * Narrowings that an index walks in the order of the list, so that a page costs what it holds: the period, the fill, the unseen.
 */
export function walked({ from, to, fill, seen }: LeadFilters): SQL | undefined {
  return and(
    from === undefined ? undefined : gte(leads.createdOn, from),
    to === undefined ? undefined : lte(leads.createdOn, to),
    fill === undefined ? undefined : eq(leads.fill, fills[fill]),
    seen === "unseen" ? isNull(leads.lookedAt) : undefined,
  );
}

/** What narrowings look at: of the table itself, or of the leads that a walk has brought. */
export type SearchedLead = Record<"id" | "searchText" | "districts" | "trades", SQLWrapper>;

/**
 * Narrowings that may leave few of many: they are asked of each of the first leads, and then, of the table, by what finds
 * those few alone.
 */
export function sought(actor: Actor, { district, trade, seen }: LeadFilters, lead: SearchedLead): SQL | undefined {
  return and(
    district === undefined ? undefined : listed(lead.districts, district, lead),
    trade === undefined ? undefined : listed(lead.trades, trade, lead),
    seen === "marked" ? marked(actor, lead) : undefined,
  );
}

/** The text index finds the rows and the list itself decides. */
function listed(list: SQLWrapper, word: string, { searchText }: SearchedLead): SQL {
  const held = foldSearch(word)
    .split(" ")
    .map((part) => sql`${searchText} like ${likePattern(part)}`);
  return sql`${list} @> array[${word}]::text[] and ${sql.join(held, sql` and `)}`;
}

/** Written so that Postgres cannot join it its own way: it takes marks for rarer, or leads for fewer, than they are. */
function marked(actor: Actor, { id }: SearchedLead): SQL {
  const stands = sql`not exists (select from ${markWithdrawals} where ${markWithdrawals.markId} = ${marks.id})`;
  const whose =
    actor.kind === "user" && actor.role === "manager" ? sql`and ${marks.managerId} = ${actor.managerId ?? ""}` : sql``;
  return id === leads.id
    ? sql`${id} = any(array(select distinct ${marks.leadId} from ${marks} where ${stands} ${whose}))`
    : sql`(select count(*) > 0 from ${marks} where ${marks.leadId} = ${id} and ${stands} ${whose})`;
}
