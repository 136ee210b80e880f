import { eq, inArray } from "drizzle-orm";
import { apiKeys, leads, marks, pilots, premises, proposalSendings, proposals } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import { numberInWords } from "../proposals/proposal-row.ts";
import { nameActors } from "../users/name-actors.ts";

/** What a subject of the audit log is called, as far as it is called anything; nothing: only its id is known. */
export interface SubjectName {
  /** Of a person or a key the name, of a lead the brand, of a mark its premises, of a sent proposal `2026-0007`, of a pilot its Monday. */
  name: string | null;
  /** Whose mark or proposal it is. */
  lead: { leadId: string; brand: string | null } | null;
  /** Of a mark. */
  premisesId: string | null;
}

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** The names of those subjects (`lead:20001`) that have one. One look-up a kind, by keys. */
export async function nameSubjects(ctx: Ctx, subjects: Iterable<string>): Promise<ReadonlyMap<string, SubjectName>> {
  const all = [...new Set(subjects)];
  const idsOf = (kind: string, id: RegExp) =>
    all.flatMap((subject) => {
      const [of, rest = ""] = subject.split(/:(.*)/s, 2);
      return of === kind && id.test(rest) ? [rest] : [];
    });
  const names = new Map<string, SubjectName>();
  const add = (subject: string, found: Partial<SubjectName>) =>
    names.set(subject, { name: null, lead: null, premisesId: null, ...found });

  for (const [subject, name] of await nameActors(ctx, all)) add(subject, { name });
  for (const { id, name } of await keysOf(ctx, idsOf("key", /^\d{1,9}$/).map(Number))) add(`key:${id}`, { name });
  for (const { id, name } of await leadsOf(ctx, idsOf("lead", /^/))) add(`lead:${id}`, { name });
  for (const { id, weekOn } of await pilotsOf(ctx, idsOf("pilot", uuid))) add(`pilot:${id}`, { name: weekOn });
  for (const { id, name, premisesId, ...lead } of await marksOf(ctx, idsOf("mark", uuid)))
    add(`mark:${id}`, { name, lead, premisesId });
  for (const { id, sending, ...lead } of await proposalsOf(ctx, idsOf("proposal", uuid)))
    add(`proposal:${id}`, { name: sending && numberInWords(sending), lead });
  return names;
}

async function keysOf({ db }: Ctx, ids: number[]) {
  if (ids.length === 0) return [];
  return db.select({ id: apiKeys.id, name: apiKeys.name }).from(apiKeys).where(inArray(apiKeys.id, ids));
}

async function leadsOf({ db }: Ctx, ids: string[]) {
  if (ids.length === 0) return [];
  return db.select({ id: leads.id, name: leads.brand }).from(leads).where(inArray(leads.id, ids));
}

async function pilotsOf({ db }: Ctx, ids: string[]) {
  if (ids.length === 0) return [];
  return db.select({ id: pilots.id, weekOn: pilots.weekOn }).from(pilots).where(inArray(pilots.id, ids));
}

async function marksOf({ db }: Ctx, ids: string[]) {
  if (ids.length === 0) return [];
  return db
    .select({
      ...{ id: marks.id, premisesId: marks.premisesId, name: premises.name },
      ...{ leadId: marks.leadId, brand: leads.brand },
    })
    .from(marks)
    .innerJoin(premises, eq(premises.id, marks.premisesId))
    .innerJoin(leads, eq(leads.id, marks.leadId))
    .where(inArray(marks.id, ids));
}

async function proposalsOf({ db }: Ctx, ids: string[]) {
  if (ids.length === 0) return [];
  return db
    .select({
      ...{ id: proposals.id, leadId: proposals.leadId, brand: leads.brand },
      sending: { year: proposalSendings.year, number: proposalSendings.number },
    })
    .from(proposals)
    .innerJoin(leads, eq(leads.id, proposals.leadId))
    .leftJoin(proposalSendings, eq(proposalSendings.proposalId, proposals.id))
    .where(inArray(proposals.id, ids));
}
