import { aliasedTable, and, eq, lte, notExists, or, sql } from "drizzle-orm";
import { deals, leads, leases, managers, vacancies } from "#/db/schema/index.ts";
import type { Ctx } from "../context.ts";
import { dayOfDate } from "../days.ts";
import { seesLeadOf } from "../leads/lead-row.ts";
import { readsAllLeads } from "../leads/reads-lead.ts";
import type { PremisesOnDay } from "./premises-on-day.ts";

/** Something that happened to a premises; days are YYYY-MM-DD, and what had not come by then is null. */
export type PremisesEvent =
  | { kind: "vacancy"; on: string; toOn: string | null; rentRubMonth: number | null }
  | { kind: "lease"; on: string; toOn: string | null; rentRubMonth: number | null; tenant: string | null }
  | {
      kind: "offer";
      on: string;
      closedOn: string | null;
      outcome: (typeof deals.stage.enumValues)[number];
      managerName: string | null;
      refusalReason: string | null;
      /** null: not the asker's to see. */
      lead: { leadId: string; brand: string | null } | null;
    };

/**
 * What is known of a premises as of a day, newest first: when it was free and at what rent, who rented it, to whom it was
 * offered. How an offer ended is known from the day it closed.
 */
export async function tellHistory(ctx: Ctx, asked: PremisesOnDay): Promise<PremisesEvent[]> {
  const events = [...(await vacanciesOf(ctx, asked)), ...(await leasesOf(ctx, asked)), ...(await offersOf(ctx, asked))];
  return events.sort((a, b) => (a.on === b.on ? 0 : a.on < b.on ? 1 : -1));
}

/** Where an export tells when a premises was free, spans that were only derived from its leases do not count. */
async function vacanciesOf({ db }: Ctx, { premisesId, asOf }: PremisesOnDay): Promise<PremisesEvent[]> {
  const exported = aliasedTable(vacancies, "exported");
  const told = db
    .select({ one: sql`1` })
    .from(exported)
    .where(and(eq(exported.premisesId, vacancies.premisesId), eq(exported.source, "export")));
  const rows = await db
    .select({ on: vacancies.fromOn, toOn: vacancies.toOn, rentRubMonth: vacancies.rentRubMonth })
    .from(vacancies)
    .where(
      and(
        eq(vacancies.premisesId, premisesId),
        lte(vacancies.fromOn, asOf),
        or(eq(vacancies.source, "export"), notExists(told)),
      ),
    );
  return rows.map((row) => ({ kind: "vacancy", ...row, toOn: knownBy(asOf, row.toOn) }));
}

async function leasesOf({ db }: Ctx, { premisesId, asOf }: PremisesOnDay): Promise<PremisesEvent[]> {
  const rows = await db
    .select({
      on: leases.startOn,
      toOn: leases.endOn,
      rentRubMonth: leases.rentRubMonth,
      tenant: sql<string | null>`coalesce(${leases.tenant}, ${leads.brand})`,
    })
    .from(leases)
    .leftJoin(leads, eq(leads.id, leases.leadId))
    .where(and(eq(leases.premisesId, premisesId), lte(leases.startOn, asOf)));
  return rows.map((row) => ({ kind: "lease", ...row, toOn: knownBy(asOf, row.toOn) }));
}

async function offersOf(ctx: Ctx, { premisesId, asOf }: PremisesOnDay): Promise<PremisesEvent[]> {
  const readsAll = await readsAllLeads(ctx);
  const rows = await ctx.db
    .select({
      on: deals.createdOn,
      closedOn: deals.closedOn,
      stage: deals.stage,
      refusalReason: deals.refusalReason,
      managerName: sql<string | null>`coalesce(${managers.name}, ${deals.managerName})`,
      leadId: leads.id,
      leadManagerId: leads.managerId,
      brand: leads.brand,
    })
    .from(deals)
    .leftJoin(managers, eq(managers.id, deals.managerId))
    .leftJoin(leads, eq(leads.id, deals.leadId))
    .where(and(eq(deals.premisesId, premisesId), lte(deals.createdOn, asOf)));
  return rows.map(({ on, stage, leadId, brand, managerName, ...row }) => {
    const closedOn = knownBy(asOf, row.closedOn);
    const ended = stage !== "open" && closedOn !== null;
    return {
      kind: "offer",
      on,
      closedOn: ended ? closedOn : null,
      outcome: ended ? stage : "open",
      managerName,
      refusalReason: ended ? row.refusalReason : null,
      lead: leadId !== null && (readsAll || seesLeadOf(ctx.actor, row.leadManagerId)) ? { leadId, brand } : null,
    };
  });
}

function knownBy(asOf: string, day: string | null): string | null {
  return day === null || dayOfDate(day) > dayOfDate(asOf) ? null : day;
}
