import { and, desc, eq, isNull, ne, or, type SQL, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import { z } from "zod";
import { leads } from "#/db/schema/leads.ts";
import { managers } from "#/db/schema/managers.ts";
import { type Ctx, inTransaction } from "../context.ts";
import { AppError } from "../errors.ts";
import { authorize, seesAllLeads } from "../permissions.ts";
import { type LeadCursor, readCursor, writeCursor } from "./lead-cursor.ts";
import { asLeadRow, type LeadRow, leadColumns, leadManager } from "./lead-row.ts";
import { likePattern, nearness, readQuery } from "./search-query.ts";

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
/** Mistyped words are guesses, best first: nobody pages through thousands of them. */
const NEAR_MAX = 200;

type Row = Omit<LeadRow, "mine">;

/**
 * Leads whose id, brand, trade, district or phone hold every word of the query; newest first, and a CRM id that fits
 * exactly before all, beyond the limit. What finds nothing as typed is tried on the other keyboard layout, then with typing errors forgiven,
 * then ordered by likeness. A manager finds his own and unassigned leads.
 */
export async function findLeads(ctx: Ctx, input: z.infer<typeof findLeadsInput>): Promise<LeadPage> {
  authorize(ctx, "lead:read");
  const cursor = readCursor(input.cursor);
  const query = readQuery(input.query ?? "");
  const page = (rows: Row[], way: LeadCursor["way"], skipped = 0): LeadPage => ({
    leads: rows.slice(0, input.limit).map((row) => asLeadRow(ctx.actor, row)),
    nextCursor: rows.length > input.limit ? writeCursor(way, rows[input.limit - 1]!, skipped + input.limit) : null,
  });

  return withinTime(ctx, async (ctx) => {
    if (query.typed.length === 0) return page(await newest(ctx, input.limit, cursor), "typed");

    const way = cursor?.way;
    if (way === undefined || way === "typed") {
      const exact = cursor ? [] : await byId(ctx, query.typed);
      const rest = page(await holding(ctx, query.typed, input.limit, cursor), "typed");
      const found = [...exact.map((row) => asLeadRow(ctx.actor, row)), ...rest.leads];
      if (found.length > 0 || way) return { ...rest, leads: found };
    }
    if (query.switched && (way === undefined || way === "switched")) {
      const rows = await holding(ctx, query.switched, input.limit, cursor);
      if (rows.length > 0 || way) return page(rows, "switched");
    }
    const skip = cursor?.skip ?? 0;
    const room = Math.min(input.limit, NEAR_MAX - skip);
    if (room <= 0) return { leads: [], nextCursor: null };
    const rows = await near(ctx, [query.typed, ...(query.switched ? [query.switched] : [])], room, skip);
    return page(rows, "near", skip);
  });
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

/** Everything after the last row of the page before. */
function after(cursor: LeadCursor | null): SQL | undefined {
  return cursor ? sql`(${leads.createdOn}, ${leads.id}) < (${cursor.createdOn}::date, ${cursor.leadId})` : undefined;
}

/** Newest leads without a query. A manager's are two walks of one index, so that few leads among a million cost nothing. */
async function newest(ctx: Ctx, limit: number, cursor: LeadCursor | null): Promise<Row[]> {
  const walk = (whose: SQL | undefined) =>
    ctx.db
      .select({ id: leads.id, createdOn: leads.createdOn })
      .from(leads)
      .where(and(whose, after(cursor)))
      .orderBy(desc(leads.createdOn), desc(leads.id))
      .limit(limit + 1);
  const found = (
    seesAllLeads(ctx.actor) ? walk(undefined) : unionAll(walk(own(ctx)), walk(isNull(leads.managerId)))
  ).as("found");
  return ctx.db
    .select(leadColumns)
    .from(found)
    .innerJoin(leads, eq(leads.id, found.id))
    .leftJoin(managers, leadManager)
    .orderBy(desc(leads.createdOn), desc(leads.id))
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

async function holding(ctx: Ctx, words: string[], limit: number, cursor: LeadCursor | null): Promise<Row[]> {
  return ctx.db
    .select(leadColumns)
    .from(leads)
    .leftJoin(managers, leadManager)
    .where(
      and(
        ...words.map((word) => sql`${leads.searchText} like ${likePattern(word)}`),
        words.length === 1 ? ne(leads.id, words[0]!) : undefined,
        visible(ctx),
        after(cursor),
      ),
    )
    .orderBy(desc(leads.createdOn), desc(leads.id))
    .limit(limit + 1);
}

/** Leads with a word like each of the query's words, in one of its readings; the likest first. */
async function near(ctx: Ctx, readings: string[][], limit: number, skip: number): Promise<Row[]> {
  const threshold = Math.min(...readings.map(nearness));
  await ctx.db.execute(sql`select set_config('pg_trgm.word_similarity_threshold', ${String(threshold)}, true)`);
  const alike = readings.map((words) => and(...words.map((word) => sql`${word} <% ${leads.searchText}`)));
  const scores = readings.map((words) =>
    sql.join(
      words.map((word) => sql`word_similarity(${word}, ${leads.searchText})`),
      sql` + `,
    ),
  );
  const best = sql`greatest(${sql.join(scores, sql`, `)})`;
  return ctx.db
    .select(leadColumns)
    .from(leads)
    .leftJoin(managers, leadManager)
    .where(and(or(...alike), visible(ctx)))
    .orderBy(desc(best), desc(leads.createdOn), desc(leads.id))
    .limit(limit + 1)
    .offset(skip);
}

async function withinTime<T>(ctx: Ctx, search: (ctx: Ctx) => Promise<T>): Promise<T> {
  try {
    return await inTransaction(ctx, async (ctx) => {
      await ctx.db.execute(sql`select set_config('statement_timeout', ${String(TIMEOUT_MS)}, true)`);
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

/** Postgres' query_canceled, under drizzle's wrapping or bare. */
function isTimeout(error: unknown): boolean {
  for (let e = error; e instanceof Error; e = e.cause) if ("code" in e && e.code === "57014") return true;
  return false;
}
