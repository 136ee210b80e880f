import { sql } from "drizzle-orm";
import type { Database } from "#/db/client.ts";
import { deals, districts, leads, leases, managers, marketState, premises, vacancies } from "#/db/schema/index.ts";
import type { LeadFacts, MarketHistory } from "#/ml/facts.ts";
import { dateOfDay } from "../days.ts";

/** Rows of one INSERT: Postgres takes 65,534 parameters at most. */
const BATCH = 2000;

/** Puts a market's records into an empty database, as an import of clean exports would, and counts the version up. */
export async function insertMarket(db: Database, history: MarketHistory): Promise<void> {
  await db.transaction(async (tx) => {
    const each = async <T>(rows: T[], insert: (batch: T[]) => Promise<unknown>) => {
      for (let i = 0; i < rows.length; i += BATCH) await insert(rows.slice(i, i + BATCH));
    };
    await each(history.districts, (rows) =>
      tx.insert(districts).values(rows.map((one) => ({ ...one, xKm: known(one.xKm), yKm: known(one.yKm) }))),
    );
    await each(history.managers, (rows) =>
      tx.insert(managers).values(
        rows.map((one) => ({
          id: one.managerId,
          name: `Менеджер ${one.managerId}`,
          dismissedOn: date(one.dismissedDay),
        })),
      ),
    );
    await each(history.premises, (rows) =>
      tx.insert(premises).values(
        rows.map((one) => ({
          id: one.premisesId,
          name: `Помещение ${one.premisesId}`,
          district: one.district,
          bank: one.bank,
          section: one.section,
          areaSqm: known(one.areaSqm),
          rentRubMonth: known(one.rentRubMonth),
          floor: known(one.floor),
          fitOut: place(["shell", "prefinished", "finished"] as const, one.fitOut),
          builtYear: known(one.builtYear),
          managed: truth(one.managed),
          water: truth(one.water),
          sewerage: place(["none", "temporary", "mains"] as const, one.sewerage),
          documents: truth(one.documents),
        })),
      ),
    );
    await each(history.vacancies, (rows) =>
      tx.insert(vacancies).values(
        rows.map((one) => ({
          premisesId: one.premisesId,
          fromOn: dateOfDay(one.fromDay),
          toOn: date(one.toDay),
          rentRubMonth: known(one.rentRubMonth),
          source: "export" as const,
        })),
      ),
    );
    await each(history.leads, (rows) => tx.insert(leads).values(rows.map(leadRow)));
    await each(history.offers, (rows) =>
      tx.insert(deals).values(
        rows.map((one) => ({
          id: one.offerId,
          leadId: one.leadId,
          premisesId: one.premisesId,
          managerId: one.managerId,
          createdOn: dateOfDay(one.offeredDay),
          closedOn: date(one.closedDay),
          stage: one.outcome,
        })),
      ),
    );
    await each(history.leases, (rows) =>
      tx.insert(leases).values(
        rows.map((one) => ({
          id: one.leaseId,
          tenant: one.tenant,
          leadId: one.leadId,
          premisesId: one.premisesId,
          startOn: dateOfDay(one.startDay),
          endOn: date(one.endDay),
          rentRubMonth: known(one.rentRubMonth),
        })),
      ),
    );
    await tx.update(marketState).set({ version: sql`${marketState.version} + 1` });
  });
}

function leadRow(lead: LeadFacts): typeof leads.$inferInsert {
  return {
    id: lead.leadId!,
    createdOn: dateOfDay(lead.createdDay),
    brand: lead.brand,
    trades: lead.trades,
    networkSize: place(["one", "few", "many", "chain"] as const, lead.networkSize),
    areaFromSqm: known(lead.areaFromSqm),
    areaToSqm: known(lead.areaToSqm),
    budgetRubMonth: known(lead.budgetRubMonth),
    bank: lead.bank,
    districts: lead.districts,
    searchText: lead.leadId!,
  };
}

function known(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function date(day: number): string | null {
  return Number.isFinite(day) ? dateOfDay(day) : null;
}

function truth(value: number): boolean | null {
  return Number.isNaN(value) ? null : value === 1;
}

function place<T>(classes: readonly T[], index: number): T | null {
  return classes[index] ?? null;
}
