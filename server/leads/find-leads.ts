import { and, eq, isNull, or, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import { z } from "zod";
import { leads } from "#/db/schema/leads.ts";
import { managers } from "#/db/schema/managers.ts";
import { type Ctx, inTransaction } from "../context.ts";
import { AppError } from "../errors.ts";
import { authorize, seesAllLeads } from "../permissions.ts";
import { correctWords } from "./correct-words.ts";
import { type LeadCursor, readCursor, writeCursor } from "./lead-cursor.ts";
import { asLeadRow, type LeadRow, leadColumns, leadManager } from "./lead-row.ts";
import { likePattern, readQuery } from "./search-query.ts";
import { allow, isTimeout } from "./statement-timeout.ts";

export const findLeadsInput = z.strictObject({
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

/**
 * Leads whose id, brand, trade, district or phone hold every word of the query, newest first; before all, and beyond the
 * limit, the one whose CRM id is the query. What finds nothing as typed is tried on the other keyboard layout, then with its
 * typing errors put right. A manager finds his own and unassigned leads.
 */
export async function findLeads(ctx: Ctx, input: z.infer<typeof findLeadsInput>): Promise<LeadPage> {
  authorize(ctx, "lead:read");
  const { limit } = input;
  const cursor = readCursor(input.cursor);
  const query = readQuery(input.query ?? "");
  return withinTime(ctx, async (ctx) => {
    if (cursor) return page(ctx, cursor.words, await pageAfter(ctx, cursor.words, limit, cursor), limit);

    const { typed, switched } = query;
    const asTyped = page(ctx, typed, await pageAfter(ctx, typed, limit, null), limit);
    const exact = (await byId(ctx, typed)).map((row) => asLeadRow(ctx.actor, row));
    if (exact.length > 0 || asTyped.leads.length > 0) return { ...asTyped, leads: [...exact, ...asTyped.leads] };

    const retyped = switched ? page(ctx, switched, await pageAfter(ctx, switched, limit, null), limit) : asTyped;
    if (retyped.leads.length > 0) return retyped;

    for (const words of switched ? [typed, switched] : [typed]) {
      const corrected = await correctWords(ctx, words, visible(ctx));
      await allow(ctx, TIMEOUT_MS);
      if (!corrected) continue;
      const found = page(ctx, corrected, await pageAfter(ctx, corrected, limit, null), limit);
      if (found.leads.length > 0) return found;
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

function pageAfter(ctx: Ctx, words: string[], limit: number, cursor: LeadCursor | null): Promise<Row[]> {
  return words.length === 0 ? newest(ctx, limit, cursor) : holding(ctx, words, limit, cursor);
}

/** Whose leads the actor may see; undefined: all of them. */
function visible(ctx: Ctx): SQL | undefined {
  if (seesAllLeads(ctx.actor)) return undefined;
  return or(own(ctx), isNull(leads.managerId));
}

function own(ctx: Ctx): SQL {
  const managerId = ctx.actor.kind === "user" ? ctx.actor.managerId : null;
  return managerId === null ? sql`false` : eq(leads.managerId, managerId);
}

/** As the indexes have it: without "nulls last" Postgres would not walk them, though neither column is ever null. */
const newestFirst = sql`${leads.createdOn} desc nulls last, ${leads.id} desc nulls last`;

/** Everything after the last row of the page before. */
function after(cursor: LeadCursor | null): SQL | undefined {
  return cursor ? sql`(${leads.createdOn}, ${leads.id}) < (${cursor.createdOn}::date, ${cursor.leadId})` : undefined;
}

/**
 * The newest leads the actor may see, at most `most` of them or twice that. A manager's are two walks of one index, so that
 * few leads among a million cost nothing.
 */
function newestVisible(ctx: Ctx, most: number, cursor: LeadCursor | null) {
  const walk = (whose: SQL | undefined) =>
    ctx.db
      .select({ id: leads.id, createdOn: leads.createdOn, searchText: leads.searchText })
      .from(leads)
      .where(and(whose, after(cursor)))
      .orderBy(newestFirst)
      .limit(most);
  return (seesAllLeads(ctx.actor) ? walk(undefined) : unionAll(walk(own(ctx)), walk(isNull(leads.managerId)))).as(
    "found",
  );
}

async function newest(ctx: Ctx, limit: number, cursor: LeadCursor | null): Promise<Row[]> {
  const found = newestVisible(ctx, limit + 1, cursor);
  return ctx.db
    .select(leadColumns)
    .from(found)
    .innerJoin(leads, eq(leads.id, found.id))
    .leftJoin(managers, leadManager)
    .orderBy(newestFirst)
    .limit(limit + 1);
}

/** The lead whose CRM id is the whole query. */
async function byId(ctx: Ctx, words: string[]): Promise<Row[]> {
  if (words.length !== 1) return [];
  return ctx.db
    .select(leadColumns)
    .from(leads)
    .leftJoin(managers, leadManager)
    .where(and(eq(leads.id, words[0]!), visible(ctx)));
}

/** So many of the newest leads are read before the trigram index is asked: a frequent word fills its page from them. */
const RECENT = 2000;

/**
 * Leads that hold every word. Postgres cannot know whether walking from the newest will soon find a page or none among a
 * million: so the newest are looked through first, and then the index finds all and the newest of them are taken.
 */
async function holding(ctx: Ctx, words: string[], limit: number, cursor: LeadCursor | null): Promise<Row[]> {
  const recent = newestVisible(ctx, RECENT, cursor);
  const soon = ctx.db.select({ id: recent.id }).from(recent).where(holds(words, recent));
  const first = await newestOf(ctx, soon, limit);
  if (first.length > limit) return first;
  const all = ctx.db
    .select({ id: leads.id })
    .from(leads)
    .where(and(holds(words, leads), visible(ctx), after(cursor)));
  return newestOf(ctx, all, limit);
}

/** Holds every word. A lead whose id is the whole query stands before all others, and not among them again. */
function holds(words: string[], { id, searchText }: { id: SQLWrapper; searchText: SQLWrapper }): SQL | undefined {
  const other = words.length === 1 ? sql`${id} <> ${words[0]!}` : undefined;
  return and(...words.map((word) => sql`${searchText} like ${likePattern(word)}`), other);
}

/** The newest of the leads found; "offset 0" keeps the page's order from having a say in how they are found. */
function newestOf(ctx: Ctx, ids: SQLWrapper, limit: number): Promise<Row[]> {
  return ctx.db
    .select(leadColumns)
    .from(sql`(${ids} offset 0) found`)
    .innerJoin(leads, sql`${leads.id} = found.id`)
    .leftJoin(managers, leadManager)
    .orderBy(newestFirst)
    .limit(limit + 1);
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
