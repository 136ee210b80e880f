import { and, eq, exists, isNull, or, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import { z } from "zod";
import { leads } from "#/db/schema/leads.ts";
import { managers } from "#/db/schema/managers.ts";
import { type Ctx, inTransaction } from "../context.ts";
import { AppError } from "../errors.ts";
import { authorize } from "../permissions.ts";
import { correctWords } from "./correct-words.ts";
import { type LeadCursor, readCursor, writeCursor } from "./lead-cursor.ts";
import { type LeadFilters, leadFilters, type SearchedLead, sought, walked } from "./lead-filters.ts";
import { asLeadRow, type LeadRow, leadColumns, leadManager } from "./lead-row.ts";
import { readsAllLeads } from "./reads-lead.ts";
import { likePattern, readQuery } from "./search-query.ts";
import { allow, isTimeout } from "./statement-timeout.ts";

export const findLeadsInput = leadFilters.extend({
  query: z.string().max(200).optional(),
  limit: z.number().int().min(1).max(50).default(30),
  cursor: z.string().max(300).nullish(),
});

export interface LeadPage {
  leads: LeadRow[];
  /** null: this was the last page. */
  nextCursor: string | null;
}

/** Longest a search may take: a hostile query must not hold a connection. */
const TIMEOUT_MS = 2000;

type Row = Omit<LeadRow, "mine">;

/** One search: which leads may be seen and are asked for, how many, and in which order. */
interface Search {
  filters: LeadFilters;
  limit: number;
  /** Each is walked by an index of its own; together they are whose leads are looked through. undefined: everybody's. */
  whose: (SQL | undefined)[];
  /** Are there leads behind the first RECENT? The same for all words; asked of Postgres once, where it matters. */
  goesBeyond: () => Promise<boolean>;
}

/**
 * Leads whose id, brand, trade, district or phone hold every word of the query, newest first unless asked otherwise; before
 * all, and beyond the limit, the one whose CRM id is the query. What finds nothing as typed is tried on the other keyboard
 * layout, then with its typing errors put right. A manager finds his own and unassigned leads, unless all are open to him.
 */
export async function findLeads(ctx: Ctx, input: z.infer<typeof findLeadsInput>): Promise<LeadPage> {
  authorize(ctx, "lead:read");
  const { limit, cursor: typedCursor, query: typedQuery, ...filters } = input;
  const cursor = readCursor(typedCursor);
  const query = readQuery(typedQuery ?? "");
  return withinTime(ctx, async (ctx) => {
    const whose = await whoseLeads(ctx, filters);
    let beyond: Promise<boolean> | undefined;
    const goesBeyond = () => (beyond ??= asksBeyond(ctx, filters, whose, cursor));
    const search: Search = { filters, limit, whose, goesBeyond };
    const find = async (words: string[]) => page(ctx, words, await pageAfter(ctx, search, words, cursor), limit);
    if (cursor) return find(cursor.words);

    const { typed, switched } = query;
    const asTyped = await find(typed);
    const exact = (await byId(ctx, search, typed)).map((row) => asLeadRow(ctx.actor, row));
    if (exact.length > 0 || asTyped.leads.length > 0) return { ...asTyped, leads: [...exact, ...asTyped.leads] };

    const retyped = switched ? await find(switched) : asTyped;
    if (retyped.leads.length > 0) return retyped;

    for (const words of switched ? [typed, switched] : [typed]) {
      const corrected = await correctWords(ctx, words, asked(either(search.whose)));
      await allow(ctx, TIMEOUT_MS);
      const found = corrected && (await find(corrected));
      if (found && found.leads.length > 0) return found;
    }
    return asTyped;
  });
}

/** Cuts what was fetched, one row more than the limit, to a page. */
function page(ctx: Ctx, words: string[], rows: Row[], limit: number): LeadPage {
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    leads: rows.slice(0, limit).map((row) => asLeadRow(ctx.actor, row)),
    nextCursor: last ? writeCursor({ words, createdOn: last.createdOn, leadId: last.leadId }) : null,
  };
}

/** Whose leads are asked for, of those that the actor may see. */
async function whoseLeads(ctx: Ctx, { whose, ofManager }: LeadFilters): Promise<(SQL | undefined)[]> {
  const own = ctx.actor.kind === "user" ? ctx.actor.managerId : null;
  const of = (id: string | null) => (id === null ? sql`false` : eq(leads.managerId, id));
  const nobodys = isNull(leads.managerId);
  const all = await readsAllLeads(ctx);
  const asked = whose === "mine" ? of(own) : whose === "unassigned" ? nobodys : undefined;
  const named = ofManager === undefined ? undefined : of(ofManager);
  if (asked) return [and(asked, named)];
  if (all) return [named];
  return named ? [and(named, of(own))] : [of(own), nobodys];
}

function either(whose: (SQL | undefined)[]): SQL | undefined {
  return whose.length === 1 ? whose[0] : or(...whose);
}

/** As the indexes have it: without "nulls last" Postgres would not walk them, though neither column is ever null. */
function inOrder({ sort }: LeadFilters): SQL {
  return sort === "newest"
    ? sql`${leads.createdOn} desc nulls last, ${leads.id} desc nulls last`
    : sql`${leads.createdOn} asc nulls first, ${leads.id} asc nulls first`;
}

/** The same within one manager's leads. His column must be named: of "is null" Postgres does not see that it orders nothing. */
function inOrderOf(part: SQL | undefined, filters: LeadFilters): SQL {
  if (!part) return inOrder(filters);
  const manager = filters.sort === "newest" ? sql`asc nulls last` : sql`desc nulls first`;
  return sql`${leads.managerId} ${manager}, ${inOrder(filters)}`;
}

/** Everything after the last row of the page before. */
function after(cursor: LeadCursor | null, { sort }: LeadFilters): SQL | undefined {
  if (!cursor) return undefined;
  const last = sql`(${cursor.createdOn}::date, ${cursor.leadId})`;
  return sort === "newest"
    ? sql`(${leads.createdOn}, ${leads.id}) < ${last}`
    : sql`(${leads.createdOn}, ${leads.id}) > ${last}`;
}

/**
 * The first leads in order, at most `most` of each of `whose`. A manager's are two walks of one index, so that few leads among
 * a million cost nothing.
 */
function walk(ctx: Ctx, { filters, whose }: Search, most: number, cursor: LeadCursor | null) {
  const [first, second] = whose.map((part) =>
    ctx.db
      .select({ id: leads.id, searchText: leads.searchText, districts: leads.districts, trades: leads.trades })
      .from(leads)
      .where(and(part, walked(filters), after(cursor, filters)))
      .orderBy(inOrderOf(part, filters))
      .limit(most),
  );
  return (second ? unionAll(first!, second) : first!).as("walk");
}

/** Leads that hold every word and fit every filter, in order; one more than the limit, if there are so many. */
async function pageAfter(ctx: Ctx, search: Search, words: string[], cursor: LeadCursor | null): Promise<Row[]> {
  const { filters, limit, whose } = search;
  const narrowed = (lead: SearchedLead) => and(holds(words, lead), sought(ctx.actor, filters, lead));
  const isNarrowed = narrowed(leads) !== undefined;
  const early = walk(ctx, search, isNarrowed ? RECENT : limit + 1, cursor);
  const soon = ctx.db.select({ id: early.id }).from(early).where(narrowed(early));
  const first = await inList(ctx, search, soon);
  if (!isNarrowed || first.length > limit || !(await search.goesBeyond())) return first;
  // They are few, or the first leads would have held a page of them: so they are found first, and then it is asked whose
  // they are.
  const all = ctx.db
    .select({ id: sql`few.id` })
    .from(sql`(select ${leads.id} from ${leads} where ${narrowed(leads)} offset 0) few`)
    .innerJoin(leads, sql`${leads.id} = few.id`)
    .where(asked(and(walked(filters), either(whose), after(cursor, filters))));
  return inList(ctx, search, all);
}

/** A condition asked of what was found: no index begins with it. Postgres takes the leads of a manager for fewer than a rare word's. */
function asked(condition: SQL | undefined): SQL | undefined {
  return condition && sql`(${condition}) is true`;
}

/** Are there leads in order behind the first RECENT of any of `whose`? */
async function asksBeyond(
  ctx: Ctx,
  filters: LeadFilters,
  whose: (SQL | undefined)[],
  cursor: LeadCursor | null,
): Promise<boolean> {
  const behind = whose.map((part) =>
    exists(
      ctx.db
        .select({ id: leads.id })
        .from(leads)
        .where(and(part, walked(filters), after(cursor, filters)))
        .orderBy(inOrderOf(part, filters))
        .offset(RECENT)
        .limit(1),
    ),
  );
  const [answer] = await ctx.db.select({ beyond: sql<boolean>`${or(...behind)}` }).from(sql`(select 1) as one`);
  return answer!.beyond;
}

/**
 * So many of the first leads are read before an index is asked for all: a frequent word fills its page from them. Postgres
 * cannot know whether walking in order will soon find a page or none among a million.
 */
const RECENT = 4000;

/** The first of the leads found; "offset 0" keeps the page's order from having a say in how they are found. */
function inList(ctx: Ctx, { filters, limit }: Search, ids: SQLWrapper): Promise<Row[]> {
  return ctx.db
    .select(leadColumns)
    .from(sql`(${ids} offset 0) found`)
    .innerJoin(leads, sql`${leads.id} = found.id`)
    .leftJoin(managers, leadManager)
    .orderBy(inOrder(filters))
    .limit(limit + 1);
}

/** The lead whose CRM id is the whole query. */
async function byId(ctx: Ctx, { filters, whose }: Search, words: string[]): Promise<Row[]> {
  if (words.length !== 1) return [];
  return ctx.db
    .select(leadColumns)
    .from(leads)
    .leftJoin(managers, leadManager)
    .where(and(eq(leads.id, words[0]!), asked(and(either(whose), walked(filters), sought(ctx.actor, filters, leads)))));
}

/** Holds every word. A lead whose id is the whole query stands before all others, and not among them again. */
function holds(words: string[], { id, searchText }: SearchedLead): SQL | undefined {
  const other = words.length === 1 ? sql`${id} <> ${words[0]!}` : undefined;
  return and(...words.map((word) => sql`${searchText} like ${likePattern(word)}`), other);
}

async function withinTime<T>(ctx: Ctx, search: (ctx: Ctx) => Promise<T>): Promise<T> {
  try {
    return await inTransaction(ctx, async (ctx) => {
      // Postgres takes "like" and likeness for commoner than they are, and would read a million leads in vain.
      await ctx.db.execute(sql`select set_config('enable_seqscan', 'off', true)`);
      await allow(ctx, TIMEOUT_MS);
      return search(ctx);
    });
  } catch (error) {
    if (!isTimeout(error)) throw error;
    throw new AppError(
      "unavailable",
      {
        ru: "Поиск занял слишком долго. Добавьте слово или уточните запрос.",
        en: "The search took too long. Add a word or be more exact.",
      },
      { place: "query", cause: error },
    );
  }
}
