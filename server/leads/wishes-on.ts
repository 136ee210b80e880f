import { asc, eq, inArray, type SQL } from "drizzle-orm";
import type { Database } from "#/db/client.ts";
import { leadAnswerEnds, leadAnswers, type WishPatch } from "#/db/schema/leads.ts";
import { dateInNovosibirsk } from "../days.ts";
import type { LeadRow } from "./lead-row.ts";
import type { LeadField } from "./read-answer.ts";

/** The wishes of a lead by the names that rows have here. */
export type Wishes = Pick<
  LeadRow,
  "brand" | "trades" | "networkSize" | "areaFromSqm" | "areaToSqm" | "budgetRubMonth" | "bank" | "districts"
>;

/** An answer with its end, in days: what lay beneath it, and when it stood. */
export interface PastAnswer {
  answerId: string;
  leadId: string;
  field: LeadField;
  value: WishPatch;
  crmValue: WishPatch;
  givenBy: string;
  givenAt: Date;
  /** YYYY-MM-DD in Novosibirsk. */
  givenOn: string;
  /** null: it was never ended. */
  endedOn: string | null;
}

/** Every answer of these leads, ended or not, the oldest first. */
export function answersOf(db: Database, leadIds: string[]): Promise<PastAnswer[]> {
  return leadIds.length === 0 ? Promise.resolve([]) : readAnswers(db, inArray(leadAnswers.leadId, leadIds));
}

/** Every answer that any lead has given; there are few. */
export const allAnswers = (db: Database): Promise<PastAnswer[]> => readAnswers(db);

async function readAnswers(db: Database, where?: SQL): Promise<PastAnswer[]> {
  const rows = await db
    .select({ answer: leadAnswers, endedAt: leadAnswerEnds.endedAt })
    .from(leadAnswers)
    .leftJoin(leadAnswerEnds, eq(leadAnswerEnds.answerId, leadAnswers.id))
    .where(where)
    .orderBy(asc(leadAnswers.givenAt), asc(leadAnswers.id));
  return rows.map(({ answer: { id, ...answer }, endedAt }) => ({
    ...answer,
    answerId: id,
    givenOn: dateInNovosibirsk(answer.givenAt),
    endedOn: endedAt && dateInNovosibirsk(endedAt),
  }));
}

/** Pure: the answers that stand now, one a question. */
export function standing(answers: readonly PastAnswer[]): PastAnswer[] {
  const latest = new Map<LeadField, PastAnswer>();
  for (const answer of answers) if (answer.endedOn === null) latest.set(answer.field, answer);
  return [...latest.values()];
}

/**
 * Pure: the wishes as they were known at the end of `date` (YYYY-MM-DD), from the lead's row of now and all its answers: an
 * answer that stood then, else what the CRM said beneath the first later one. What the CRM itself changed is not remembered.
 */
export function wishesOn<Row extends Wishes>(row: Row, answers: readonly PastAnswer[], date: string): Row {
  const then: WishPatch = {};
  for (const field of new Set(answers.map((answer) => answer.field))) {
    const asked = answers.filter((answer) => answer.field === field);
    const stood = asked.findLast(({ givenOn, endedOn }) => givenOn <= date && (endedOn === null || endedOn > date));
    Object.assign(then, stood ? stood.value : asked.find(({ givenOn }) => givenOn > date)?.crmValue);
  }
  return { ...row, ...asWishes(then) };
}

/** Pure: a patch by the names that rows have here; it was checked when it was written. */
export function asWishes(patch: WishPatch): Partial<Wishes> {
  return Object.fromEntries(
    Object.entries(patch).map(([name, value]) => [
      name.replace(/_[a-z]/g, (joint) => joint.charAt(1).toUpperCase()),
      value,
    ]),
  );
}
