import { and, desc, eq, exists, isNull, or, type SQL, type SQLWrapper, sql } from "drizzle-orm";
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

/** A lead that was found, by the words as they were typed or else retyped on the other layout. */
type Row = Omit<LeadRow, "mine"> & { asTyped: boolean };

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
    const find = async (words: string[], first?: First) => {
      const found = page(ctx, words, await pageAfter(ctx, search, words, cursor, first), limit);
      const exact = cursor ? [] : await byId(ctx, search, words);
      return { ...found, leads: [...exact, ...found.leads] };
    };
    if (cursor) return find(cursor.words);

    const { typed, switched } = query;
    const first = await amongFirst(ctx, search, typed, switched);
    const asTyped = await find(typed, first.typed);
    if (asTyped.leads.length > 0) return asTyped;

    const retyped = switched ? await find(switched, first.switched) : asTyped;
    if (retyped.leads.length > 0) return retyped;

    for (const words of switched ? [typed, switched] : [typed]) {
      const corrected = await correctWords(ctx, words, asked(either(search.whose)));
      await allow(ctx, TIMEOUT_MS);
      const found = corrected && (await find(corrected.words, corrected.areRare ? "unread" : undefined));
      if (found && found.leads.length > 0) return found;
    }
    return asTyped;
  });
}

/** Cuts what was fetched, one row more than the limit, to a page. */
function page(ctx: Ctx, words: string[], rows: Row[], limit: number): LeadPage {
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    leads: rows.slice(0, limit).map(({ asTyped, ...row }) => asLeadRow(ctx.actor, row)),
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

/** Leads of a walk's first RECENT; "unread": the words are so rare that an index knows them sooner. */
type First = Row[] | "unread";

/** Looks through the first leads once for both spellings of a query. Those retyped are whole only where none is as typed. */
async function amongFirst(
  ctx: Ctx,
  search: Search,
  typed: string[],
  switched: string[] | null,
  cursor: LeadCursor | null = null,
): Promise<{ typed: First; switched: First }> {
  if (typed.some(isRare)) return { typed: "unread", switched: "unread" };
  const asTyped = narrowing(ctx, search, typed, leads);
  const early = walk(ctx, search, asTyped ? RECENT : search.limit + 1, cursor);
  const holdsTyped = narrowing(ctx, search, typed, early) ?? sql`true`;
  const holdsAny = switched ? or(holdsTyped, narrowing(ctx, search, switched, early)) : holdsTyped;
  const ids = ctx.db
    .select({ id: early.id, asTyped: sql`${holdsTyped}`.as("as_typed") })
    .from(early)
    .where(holdsAny);
  const rows = await inList(ctx, search, ids, sql<boolean>`found.as_typed`);
  return { typed: rows.filter(({ asTyped }) => asTyped), switched: rows.filter(({ asTyped }) => !asTyped) };
}

/** What narrows the list to these words and the filters that may leave few; undefined: nothing does. */
function narrowing(ctx: Ctx, { filters }: Search, words: string[], lead: SearchedLead): SQL | undefined {
  return and(holds(words, lead), sought(ctx.actor, filters, lead));
}

/** Leads that hold every word and fit every filter, in order; one more than the limit, if there are so many. */
async function pageAfter(
  ctx: Ctx,
  search: Search,
  words: string[],
  cursor: LeadCursor | null,
  known?: First,
): Promise<Row[]> {
  const { filters, limit, whose } = search;
  const first = known ?? (await amongFirst(ctx, search, words, null, cursor)).typed;
  const narrowed = narrowing(ctx, search, words, leads);
  if (first !== "unread" && (!narrowed || first.length > limit || !(await search.goesBeyond()))) return first;
  // They are few, or the first leads would have held a page of them: so they are found first, and then it is asked whose
  // they are.
  const all = ctx.db
    .select({ id: sql`few.id` })
    .from(sql`(select ${leads.id} from ${leads} where ${narrowed} offset 0) few`)
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

/**
 * The first of the leads found, those by the words as typed before all others; "offset 0" keeps the page's order from having a
 * say in how they are found.
 */
function inList(ctx: Ctx, { filters, limit }: Search, ids: SQLWrapper, asTyped?: SQL<boolean>) {
  return ctx.db
    .select({ ...leadColumns, asTyped: asTyped ?? sql<boolean>`true` })
    .from(sql`(${ids} offset 0) found`)
    .innerJoin(leads, sql`${leads.id} = found.id`)
    .leftJoin(managers, leadManager)
    .orderBy(...(asTyped ? [desc(asTyped)] : []), inOrder(filters))
    .limit(limit + 1);
}

/** The lead whose CRM id is the whole query. */
async function byId(ctx: Ctx, { filters, whose }: Search, words: string[]): Promise<LeadRow[]> {
  if (words.length !== 1) return [];
  const rows = await ctx.db
    .select(leadColumns)
    .from(leads)
    .leftJoin(managers, leadManager)
    .where(and(eq(leads.id, words[0]!), asked(and(either(whose), walked(filters), sought(ctx.actor, filters, leads)))));
  return rows.map((row) => asLeadRow(ctx.actor, row));
}

/** Few leads hold it: a whole number of a lead, or most of a phone's. */
function isRare(word: string): boolean {
  return /^\d{6,}$/.test(word);
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
      await allow(ctx, TIMEOUT_MS, { enable_seqscan: "off" });
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
