import { aliasedTable, and, asc, eq, gt, inArray, lte, notExists, or, type SQL, sql } from "drizzle-orm";
import { type PgColumn, unionAll } from "drizzle-orm/pg-core";
import type { Database } from "#/db/client.ts";
import {
  deals,
  districts,
  leads,
  leases,
  managers,
  marks,
  pilotCases,
  pilotLeads,
  pilotVerdicts,
  premises,
  proposalOffers,
  vacancies,
} from "#/db/schema/index.ts";
import type {
  JudgementFacts,
  LeaseFacts,
  ManagerFacts,
  MarketHistory,
  OfferFacts,
  PastLeadFacts,
  PremisesFacts,
  VacancyFacts,
} from "#/ml/facts.ts";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk, dateOfDay, dayOfDate } from "../days.ts";
import { allAnswers, type PastAnswer, wishesOn } from "../leads/wishes-on.ts";
import { dayOrNever, districtFacts, leadFacts, numberOf, offerFacts, premisesFacts } from "./facts-from-rows.ts";
import { joinOffers, readProposalOffers } from "./proposal-offers.ts";
import { standingMarks } from "./standing-marks.ts";

/** Rows in flight at once: large enough that trips cost nothing, small enough that a million rows never stand twice in memory. */
const CHUNK = 50_000;

/** What to load up to: nothing dated after `asOf` (YYYY-MM-DD) gets in; without it, all that is known now. */
export interface FactsWanted {
  asOf?: string | undefined;
}

/**
 * The market's records as `ml` takes them, from one snapshot of the database and in the order of ids. Offers are the CRM's
 * deals and what we sent in proposals. Only the leads that an offer, a lease, a mark or a pilot names are in it; records that name a
 * lead or premises the database does not know are left out, except that a lease of an unknown lead stays, as a lease without
 * one.
 */
export function loadFacts(ctx: Ctx, wanted: FactsWanted = {}): Promise<MarketHistory> {
  return inSnapshot(ctx.db, (db) => readFacts(db, dateInNovosibirsk(ctx.now()), wanted));
}

/** Runs reads that must agree with each other: all see the database as it stood at the first of them. */
export function inSnapshot<T>(db: Database, read: (db: Database) => Promise<T>): Promise<T> {
  return db.transaction((tx) => read(tx as unknown as Database), {
    isolationLevel: "repeatable read",
    accessMode: "read only",
  });
}

/** `loadFacts` for whoever is in a snapshot already. `today`: YYYY-MM-DD. */
export async function readFacts(db: Database, today: string, { asOf }: FactsWanted): Promise<MarketHistory> {
  const past = asOf === undefined ? undefined : { date: asOf, day: dayOfDate(asOf) };
  const snapshotDay = await lastRecordedDay(db, asOf ?? today);
  return {
    snapshotDay,
    premises: await readPremises(db, asOf !== undefined && asOf < today),
    vacancies: await readVacancies(db, past),
    leases: await readLeases(db, past),
    offers: joinOffers(await readDeals(db, past), await readProposalOffers(db, asOf)),
    judgements: await readJudgements(db, past),
    ...(await readNamedLeads(db, past)),
    managers: await readManagers(db, past),
    districts: (await db.select().from(districts).orderBy(asc(districts.name))).map(districtFacts),
  };
}

/** The last day a look into the past knows of; undefined: all days are known. */
type Past = { date: string; day: number } | undefined;

/** A date column as days since 1970-01-01. */
function days(column: PgColumn): SQL<number> {
  return sql<number>`(${column} - date '1970-01-01')`;
}

function daysOrNull(column: PgColumn): SQL<number | null> {
  return sql<number | null>`(${column} - date '1970-01-01')`;
}

function upTo(column: PgColumn, past: Past): SQL | undefined {
  return past && lte(column, past.date);
}

/** An end that lies ahead of the day we look from was not known then. */
function endDay(day: number | null, past: Past): number {
  return past && day !== null && day > past.day ? Number.POSITIVE_INFINITY : dayOrNever(day);
}

/** Reads a table in the order of its key, a chunk at a time. */
async function inChunks<Row extends { id: string | number }, Fact>(
  read: (after: Row["id"] | null) => PromiseLike<Row[]>,
  fact: (row: Row) => Fact,
): Promise<Fact[]> {
  const facts: Fact[] = [];
  let after: Row["id"] | null = null;
  for (;;) {
    const rows: Row[] = await read(after);
    for (const row of rows) facts.push(fact(row));
    if (rows.length < CHUNK) return facts;
    after = rows.at(-1)!.id;
  }
}

/** Today's asking rent is not known to the past: there a rent comes from the vacancy of the day. */
function readPremises(db: Database, hideRent: boolean): Promise<PremisesFacts[]> {
  return inChunks(
    (after: string | null) =>
      db
        .select({
          id: premises.id,
          areaSqm: premises.areaSqm,
          rentRubMonth: premises.rentRubMonth,
          floor: premises.floor,
          fitOut: premises.fitOut,
          builtYear: premises.builtYear,
          managed: premises.managed,
          water: premises.water,
          sewerage: premises.sewerage,
          documents: premises.documents,
          bank: premises.bank,
          district: premises.district,
          section: premises.section,
        })
        .from(premises)
        .where(after === null ? undefined : gt(premises.id, after))
        .orderBy(asc(premises.id))
        .limit(CHUNK),
    (row) => premisesFacts(hideRent ? { ...row, rentRubMonth: null } : row),
  );
}

/** Where an export tells when a premises was free, spans that were only derived from its leases do not count. */
function readVacancies(db: Database, past: Past): Promise<VacancyFacts[]> {
  const exported = aliasedTable(vacancies, "exported");
  const told = db
    .select({ one: sql`1` })
    .from(exported)
    .where(and(eq(exported.premisesId, vacancies.premisesId), eq(exported.source, "export")));
  return inChunks(
    (after: number | null) =>
      db
        .select({
          id: vacancies.id,
          premisesId: vacancies.premisesId,
          fromDay: days(vacancies.fromOn),
          toDay: daysOrNull(vacancies.toOn),
          rentRubMonth: vacancies.rentRubMonth,
        })
        .from(vacancies)
        .innerJoin(premises, eq(premises.id, vacancies.premisesId))
        .where(
          and(
            upTo(vacancies.fromOn, past),
            or(eq(vacancies.source, "export"), notExists(told)),
            after === null ? undefined : gt(vacancies.id, after),
          ),
        )
        .orderBy(asc(vacancies.id))
        .limit(CHUNK),
    (row) => ({
      premisesId: row.premisesId,
      fromDay: row.fromDay,
      toDay: endDay(row.toDay, past),
      rentRubMonth: numberOf(row.rentRubMonth),
    }),
  );
}

function readLeases(db: Database, past: Past): Promise<LeaseFacts[]> {
  return inChunks(
    (after: string | null) =>
      db
        .select({
          id: leases.id,
          premisesId: leases.premisesId,
          leadId: leads.id,
          tenant: leases.tenant,
          startDay: days(leases.startOn),
          endDay: daysOrNull(leases.endOn),
          rentRubMonth: leases.rentRubMonth,
        })
        .from(leases)
        .innerJoin(premises, eq(premises.id, leases.premisesId))
        .leftJoin(leads, eq(leads.id, leases.leadId))
        .where(and(upTo(leases.startOn, past), after === null ? undefined : gt(leases.id, after)))
        .orderBy(asc(leases.id))
        .limit(CHUNK),
    (row) => ({
      leaseId: row.id,
      premisesId: row.premisesId,
      leadId: row.leadId,
      tenant: row.tenant,
      startDay: row.startDay,
      endDay: endDay(row.endDay, past),
      rentRubMonth: numberOf(row.rentRubMonth),
    }),
  );
}

function readDeals(db: Database, past: Past): Promise<OfferFacts[]> {
  return inChunks(
    (after: string | null) =>
      db
        .select({
          id: deals.id,
          leadId: leads.id,
          premisesId: premises.id,
          managerId: deals.managerId,
          offeredDay: days(deals.createdOn),
          closedDay: daysOrNull(deals.closedOn),
          stage: deals.stage,
        })
        .from(deals)
        .innerJoin(leads, eq(leads.id, deals.leadId))
        .innerJoin(premises, eq(premises.id, deals.premisesId))
        .where(and(upTo(deals.createdOn, past), after === null ? undefined : gt(deals.id, after)))
        .orderBy(asc(deals.id))
        .limit(CHUNK),
    (row) => offerFacts(row, past?.day ?? Number.POSITIVE_INFINITY),
  );
}

async function readJudgements(db: Database, past: Past): Promise<JudgementFacts[]> {
  const standing = await standingMarks(db);
  const marked = standing.map((mark) => ({
    leadId: mark.leadId,
    premisesId: mark.premisesId,
    managerId: mark.managerId,
    asOfDay: dayOfDate(mark.asOf),
    saidDay: dayOfDate(dateInNovosibirsk(mark.createdAt)),
    suitable: mark.mark === "wrongly_removed",
    source: "mark" as const,
  }));
  return [...marked, ...(await readReviews(db))].filter((judgement) => !past || judgement.saidDay <= past.day);
}

/** Reviews become known by the verdict of their pilot; a doubtful answer judges nothing. */
async function readReviews(db: Database): Promise<JudgementFacts[]> {
  const rows = await db
    .select({
      leadId: pilotLeads.leadId,
      premisesId: pilotCases.premisesId,
      managerId: pilotLeads.managerId,
      asOfDay: days(pilotLeads.asOf),
      answer: pilotCases.answer,
      decidedAt: pilotVerdicts.decidedAt,
    })
    .from(pilotCases)
    .innerJoin(pilotLeads, and(eq(pilotLeads.pilotId, pilotCases.pilotId), eq(pilotLeads.place, pilotCases.place)))
    .innerJoin(pilotVerdicts, eq(pilotVerdicts.pilotId, pilotCases.pilotId))
    .where(inArray(pilotCases.answer, ["suitable", "unsuitable"]))
    .orderBy(asc(pilotVerdicts.decidedAt), asc(pilotLeads.leadId), asc(pilotCases.premisesId));
  return rows.map(({ answer, decidedAt, ...row }) => ({
    ...row,
    saidDay: dayOfDate(dateInNovosibirsk(decidedAt)),
    suitable: answer === "suitable",
    source: "review" as const,
  }));
}

/**
 * Most leads never come as far as an offer: of a million, `ml` needs the ones that did. What a lead was asked later, the
 * earlier days did not know: `leadsBefore`.
 */
async function readNamedLeads(db: Database, past: Past): Promise<Pick<MarketHistory, "leads" | "leadsBefore">> {
  const answersOf = Map.groupBy(await allAnswers(db), ({ leadId }) => leadId);
  const leadsBefore: PastLeadFacts[] = [];
  const named = unionAll(
    db.select({ leadId: deals.leadId }).from(deals).where(upTo(deals.createdOn, past)),
    db.select({ leadId: leases.leadId }).from(leases).where(upTo(leases.startOn, past)),
    db.select({ leadId: marks.leadId }).from(marks),
    db.select({ leadId: pilotLeads.leadId }).from(pilotLeads),
    db.select({ leadId: proposalOffers.leadId }).from(proposalOffers).where(upTo(proposalOffers.sentOn, past)),
  );
  const known = await inChunks(
    (after: string | null) =>
      db
        .select({
          id: leads.id,
          createdDay: days(leads.createdOn),
          brand: leads.brand,
          trades: leads.trades,
          networkSize: leads.networkSize,
          areaFromSqm: leads.areaFromSqm,
          areaToSqm: leads.areaToSqm,
          budgetRubMonth: leads.budgetRubMonth,
          bank: leads.bank,
          districts: leads.districts,
        })
        .from(leads)
        .where(and(inArray(leads.id, named), after === null ? undefined : gt(leads.id, after)))
        .orderBy(asc(leads.id))
        .limit(CHUNK),
    (row) => {
      const answers = answersOf.get(row.id);
      if (!answers) return leadFacts(row.id, row.createdDay, row);
      const on = (date: string) => leadFacts(row.id, row.createdDay, wishesOn(row, answers, date));
      for (const day of changeDays(answers, past)) leadsBefore.push({ lead: on(dateOfDay(day - 1)), lastDay: day });
      return past ? on(past.date) : leadFacts(row.id, row.createdDay, row);
    },
  );
  return leadsBefore.length > 0 ? { leads: known, leadsBefore } : { leads: known };
}

/** The days, rising, on which answers were given or ended. */
function changeDays(answers: readonly PastAnswer[], past: Past): number[] {
  const dates = answers.flatMap(({ givenOn, endedOn }) => (endedOn === null ? [givenOn] : [givenOn, endedOn]));
  return [...new Set(dates.map(dayOfDate))].filter((day) => !past || day <= past.day).sort((a, b) => a - b);
}

async function readManagers(db: Database, past: Past): Promise<ManagerFacts[]> {
  const rows = await db
    .select({ managerId: managers.id, dismissedDay: daysOrNull(managers.dismissedOn) })
    .from(managers)
    .orderBy(asc(managers.id));
  return rows.map((row) => ({ managerId: row.managerId, dismissedDay: endDay(row.dismissedDay, past) }));
}

/**
 * The last day that any record speaks of, at most `bound`: an end in the future is a plan, and a wild date a fault. What we
 * sent ourselves does not count: it says nothing of how far the exports reach.
 */
async function lastRecordedDay(db: Database, bound: string): Promise<number> {
  const last = (column: PgColumn) =>
    sql`(select max(${column}) from ${column.table} where ${column} <= ${bound}::date)`;
  const dated = [deals.createdOn, deals.closedOn, leases.startOn, vacancies.fromOn, vacancies.toOn, leads.createdOn];
  const [row] = await db.execute<{ day: number }>(
    sql`select coalesce(greatest(${sql.join(dated.map(last), sql`, `)}), ${bound}::date) - date '1970-01-01' as day`,
  );
  return row!.day;
}
