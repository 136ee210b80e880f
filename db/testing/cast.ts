import { sql } from "drizzle-orm";
import type { Database } from "../client.ts";
import { deals, districts, leads, leases, managers, marketState, premises, vacancies } from "../schema/index.ts";

/** The day on which most stories with the cast play. */
export const castDay = "2026-09-10";

/** Managers by name; Виктор left in spring. */
export const castManagers = {
  anna: { id: "101", name: "Анна Белова", hiredOn: "2019-03-01", dismissedOn: null },
  boris: { id: "102", name: "Борис Котов", hiredOn: "2021-06-15", dismissedOn: null },
  viktor: { id: "103", name: "Виктор Лис", hiredOn: "2018-01-10", dismissedOn: "2026-04-30" },
} as const;

const castDistricts = {
  centre: { name: "Центральный", bank: "right", xKm: 0, yKm: 0 },
  october: { name: "Октябрьский", bank: "right", xKm: 4, yKm: -3 },
  lenin: { name: "Ленинский", bank: "left", xKm: -6, yKm: -2 },
} as const;

/** Leads by what they trade in. The last one filled nothing but his trade. */
export const castLeads = {
  coffee: {
    id: "20001",
    createdOn: "2026-09-01",
    source: "сайт",
    managerName: "Анна Белова",
    managerId: "101",
    brand: "Ёлка Кофе",
    phone: "+7 900 000-00-01",
    trades: ["кофейня"],
    networkSize: "few",
    areaFromSqm: 40,
    areaToSqm: 80,
    budgetRubMonth: 120_000,
    bank: "right",
    districts: ["Центральный"],
    searchText: "20001 елка кофе кофейня центральный 79000000001",
  },
  pharmacy: {
    id: "20002",
    createdOn: "2026-09-03",
    source: "звонок",
    managerName: "Борис Котов",
    managerId: "102",
    brand: "Аптека Сова",
    phone: "+7 900 000-00-02",
    trades: ["аптека"],
    networkSize: "chain",
    areaFromSqm: 60,
    areaToSqm: 120,
    budgetRubMonth: 200_000,
    bank: "any",
    districts: ["Ленинский", "Октябрьский"],
    searchText: "20002 аптека сова аптека ленинский октябрьский 79000000002",
  },
  flowers: {
    id: "20003",
    createdOn: "2026-09-05",
    source: null,
    managerName: null,
    managerId: null,
    brand: null,
    phone: null,
    trades: ["цветы"],
    networkSize: null,
    areaFromSqm: null,
    areaToSqm: null,
    budgetRubMonth: null,
    bank: null,
    districts: [],
    searchText: "20003 цветы",
  },
} as const;

const finished = {
  fitOut: "finished",
  builtYear: 2012,
  managed: true,
  water: true,
  sewerage: "mains",
  documents: true,
} as const;

/** Premises: `corner` and `cellar` are free on `castDay`, `hall` is free and unsuited to the small leads, `let` is not free. */
export const castPremises = {
  corner: {
    ...finished,
    id: "501",
    name: "Угол у метро",
    address: "Красный проспект, 25",
    district: "Центральный",
    bank: "right",
    section: "КП25-1",
    areaSqm: 62,
    rentRubMonth: 105_000,
    floor: 1,
    status: "free",
  },
  cellar: {
    id: "502",
    name: "Подвал на Кирова",
    address: "ул. Кирова, 86",
    district: "Октябрьский",
    bank: "right",
    section: "К86-0",
    areaSqm: 90,
    rentRubMonth: 54_000,
    floor: -1,
    fitOut: "shell",
    builtYear: 1978,
    managed: false,
    water: null,
    sewerage: "none",
    documents: false,
    status: "free",
  },
  hall: {
    ...finished,
    id: "503",
    name: "Зал на Станиславского",
    address: "ул. Станиславского, 12",
    district: "Ленинский",
    bank: "left",
    section: "С12-1",
    areaSqm: 640,
    rentRubMonth: 610_000,
    floor: 2,
    status: "free",
  },
  let: {
    ...finished,
    id: "504",
    name: "Аптека на углу",
    address: "Красный проспект, 25",
    district: "Центральный",
    bank: "right",
    section: "КП25-1",
    areaSqm: 70,
    rentRubMonth: 130_000,
    floor: 1,
    status: "let",
  },
} as const;

const castVacancies = [
  { premisesId: "501", fromOn: "2026-08-01", toOn: null, rentRubMonth: 105_000, source: "export" },
  { premisesId: "501", fromOn: "2023-02-01", toOn: "2023-05-01", rentRubMonth: 84_000, source: "export" },
  { premisesId: "502", fromOn: "2026-01-15", toOn: null, rentRubMonth: 54_000, source: "export" },
  { premisesId: "503", fromOn: "2026-06-01", toOn: null, rentRubMonth: 610_000, source: "export" },
  { premisesId: "504", fromOn: "2025-03-01", toOn: "2025-04-20", rentRubMonth: 128_000, source: "export" },
] as const;

/** One lost, one won and leased, one still open. */
const castDeals = [
  {
    id: "9001",
    leadId: "20002",
    premisesId: "504",
    managerName: "Борис Котов",
    managerId: "102",
    createdOn: "2025-03-20",
    closedOn: "2025-04-18",
    stage: "won",
    amountRub: 130_000,
    refusalReason: null,
  },
  {
    id: "9002",
    leadId: "20001",
    premisesId: "502",
    managerName: "Анна Белова",
    managerId: "101",
    createdOn: "2026-09-02",
    closedOn: "2026-09-06",
    stage: "lost",
    amountRub: null,
    refusalReason: "подвал",
  },
  {
    id: "9003",
    leadId: "20001",
    premisesId: "501",
    managerName: "Анна Белова",
    managerId: "101",
    createdOn: "2026-09-08",
    closedOn: null,
    stage: "open",
    amountRub: null,
    refusalReason: null,
  },
] as const;

const castLeases = [
  {
    id: "7001",
    tenant: "Аптека Сова",
    leadId: "20002",
    premisesId: "504",
    startOn: "2025-04-20",
    endOn: null,
    rentRubMonth: 130_000,
    status: "active",
  },
] as const;

/** Puts the whole cast into an empty database and counts the market's version up by one. */
export async function insertCast(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.insert(districts).values(Object.values(castDistricts));
    await tx.insert(managers).values(Object.values(castManagers));
    await tx
      .insert(leads)
      .values(
        Object.values(castLeads).map((lead) => ({ ...lead, trades: [...lead.trades], districts: [...lead.districts] })),
      );
    await tx.insert(premises).values(Object.values(castPremises));
    await tx.insert(vacancies).values([...castVacancies]);
    await tx.insert(deals).values([...castDeals]);
    await tx.insert(leases).values([...castLeases]);
    await tx
      .insert(marketState)
      .values({ version: 1 })
      .onConflictDoUpdate({ target: marketState.id, set: { version: sql`${marketState.version} + 1` } });
  });
}
