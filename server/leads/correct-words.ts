import { and, exists, type SQL, sql } from "drizzle-orm";
import { leads } from "#/db/schema/leads.ts";
import { type Ctx, inTransaction } from "../context.ts";
import { likePattern } from "./search-query.ts";
import { allow, isTimeout } from "./statement-timeout.ts";

/** Share of a mistyped word's trigrams that its correction must have: the strict one first, then the loose one. */
const THRESHOLDS = [0.7, 0.45];
/** One wrong letter spoils more than half the trigrams of a short word. */
const THRESHOLD_SHORT = 0.38;
/** Below it any word is like any other. */
const LENGTH_MIN = 4;
/** Leads that a correction is sought in: enough to see the likest word, few enough to cost little. Fewer: the word is rare. */
const SAMPLE = 500;
/** Longest to guess; a query that nobody can make out in that time has found nothing. */
const PATIENCE_MS = 1000;

export interface Corrected {
  words: string[];
  /** Fewer visible leads than a sample hold all of them. */
  areRare: boolean;
}

/**
 * Puts typing errors right by the words that the leads themselves are written in: a word that some visible lead holds stays,
 * any other becomes the likest one. null where some word is like none, or is like so many that guessing takes too long.
 */
export async function correctWords(ctx: Ctx, words: string[], visible: SQL | undefined): Promise<Corrected | null> {
  if (!words.some(mayBeMistyped)) return null;
  const deadline = performance.now() + PATIENCE_MS;
  try {
    // A savepoint: what runs out of time must not end the search around it.
    return await inTransaction(ctx, async (ctx) => {
      const corrected: Corrected = { words: [], areRare: false };
      for (const word of words) {
        const held = await firstHeld(ctx, [word, ...swaps(word)], visible);
        const right = held === null ? await likest(ctx, word, visible, deadline) : { word: held, isRare: false };
        if (right === null) return null;
        corrected.words.push(right.word);
        corrected.areRare ||= right.isRare;
      }
      return corrected;
    });
  } catch (error) {
    if (isTimeout(error)) return null;
    throw error;
  }
}

/** A number is not guessed at: one that is like another's phone is another's phone. */
function mayBeMistyped(word: string): boolean {
  return word.length >= LENGTH_MIN && !/\d/.test(word);
}

/**
 * Pure: the word with each pair of neighbouring letters swapped: that slip spoils too many trigrams of a short word for
 * likeness to find it.
 */
function swaps(word: string): string[] {
  if (!mayBeMistyped(word)) return [];
  const letters = [...word];
  return letters.slice(1).flatMap((next, i) => {
    const letter = letters[i]!;
    return next === letter ? [] : [[...letters.slice(0, i), next, letter, ...letters.slice(i + 2)].join("")];
  });
}

/** The first of the words that some visible lead holds, all asked at once; null where none does. */
async function firstHeld(ctx: Ctx, words: string[], visible: SQL | undefined): Promise<string | null> {
  const rows = words.map((word, place) => sql`(${word}, ${likePattern(word)}, ${place}::int)`);
  const tried = sql`(values ${sql.join(rows, sql`, `)}) tried (word, pattern, place)`;
  const held = ctx.db
    .select({ id: leads.id })
    .from(leads)
    .where(and(sql`${leads.searchText} like tried.pattern`, visible));
  const [first] = await ctx.db
    .select({ word: sql<string>`tried.word` })
    .from(tried)
    .where(exists(held))
    .orderBy(sql`tried.place`)
    .limit(1);
  return first?.word ?? null;
}

/** Whoever holds the likest word is like the mistyped one, and so in the sample, if that was not cut off. */
async function likest(
  ctx: Ctx,
  word: string,
  visible: SQL | undefined,
  deadline: number,
): Promise<{ word: string; isRare: boolean } | null> {
  if (!mayBeMistyped(word)) return null;
  for (const threshold of word.length <= 5 ? [...THRESHOLDS, THRESHOLD_SHORT] : THRESHOLDS) {
    const left = Math.floor(deadline - performance.now());
    if (left <= 0) return null;
    await allow(ctx, left, { "pg_trgm.word_similarity_threshold": String(threshold) });
    const alike = ctx.db
      .select({ text: sql<string>`${leads.searchText}`.as("text") })
      .from(leads)
      .where(and(sql`${word} <% ${leads.searchText}`, visible))
      .limit(SAMPLE);
    const [found] = await ctx.db
      .with(ctx.db.$with("sample").as(alike))
      .select({ word: sql<string>`word`, isRare: sql<boolean>`(select count(*) from sample) < ${SAMPLE}` })
      .from(sql`sample, unnest(string_to_array(sample.text, ' ')) word`)
      .groupBy(sql`word`)
      .orderBy(sql`word_similarity(${word}, word) desc, similarity(${word}, word) desc, count(*) desc, word`)
      .limit(1);
    if (found) return found;
  }
  return null;
}
