import { parse } from "csv-parse/sync";
import { eq, sql } from "drizzle-orm";
import excel from "exceljs";
import { beforeAll, expect, test } from "vitest";
import {
  deals,
  leads,
  leases,
  managers,
  marks,
  markWithdrawals,
  premises,
  proposalOffers,
  proposalWithdrawals,
} from "#/db/schema/index.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import { makeMarket } from "#/ml/testing/synthetic-market.ts";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk, dateOfDay, dayOfDate } from "../days.ts";
import { insertMarket } from "../testing/insert-market.ts";
import { insertModel } from "../testing/insert-model.ts";
import { insertSentProposal } from "../testing/insert-sent-proposal.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { exportManagers } from "./export-managers.ts";
import { managerFigures } from "./manager-figures.ts";
import { managerReport } from "./manager-report.ts";

const database = useTestDatabase();
let owner: Ctx;
let today: number;

type Lead = typeof leads.$inferSelect;

beforeAll(async () => {
  const { db } = database.connection;
  await insertMarket(db, makeMarket({ seed: 13, leads: 4000, premises: 60, managers: 6, years: 2 }).history());
  await db.execute(sql`insert into leads (id, created_on, search_text, bank, manager_id)
    select 'idle-' || id, created_on, search_text, bank, manager_id from leads where hashtext(id) % 3 = 0`);
  await db.execute(sql`update leads l set manager_id = coalesce(
    (select min(manager_id) from deals d where d.lead_id = l.id), (select min(id) from managers))
    where hashtext(l.id) % 10 <> 0`);
  await db.execute(sql`update leads set looked_at = created_on + interval '1 day' where hashtext(id) % 2 = 0`);
  const all = await db.select().from(leads);
  today = Math.max(...all.map(({ createdOn }) => dayOfDate(createdOn)));
  const people = (await db.select({ id: managers.id }).from(managers)).map(({ id }) => id);
  // One with a name that a spreadsheet would run; one who has left with work behind him, and one without.
  await db.update(managers).set({ name: "=1+1", dismissedOn: null }).where(eq(managers.id, people[0]!));
  await db
    .update(managers)
    .set({ dismissedOn: dateOfDay(today - 5) })
    .where(eq(managers.id, people[1]!));
  await db.insert(managers).values({ id: "900", name: "Ушёл Давно", dismissedOn: "2020-01-01" });
  await db.insert(managers).values({ id: "901", name: "Пришла Вчера" });
  const modelId = await insertModel(db);
  const stock = (await db.select({ id: premises.id }).from(premises)).map(({ id }) => id);
  for (const [i, lead] of all.slice(-120).entries()) {
    const managerId = people[i % people.length]!;
    const sentOn = dateOfDay(Math.min(today, dayOfDate(lead.createdOn) + (i % 40)));
    const proposalId = await insertSentProposal(db, {
      ...{ leadId: lead.id, managerId, sentOn, number: i + 1 },
      offers: [0, 1, 2].map((k) => ({
        premisesId: stock[(i + k) % stock.length]!,
        modelId: i % 7 === 0 ? null : modelId,
        rank: i % 7 === 0 || k === 2 ? null : 1 + ((i * 5 + k) % 20),
      })),
    });
    if (i % 9 === 0)
      await db.insert(proposalWithdrawals).values({ proposalId, withdrawnOn: sentOn, withdrawnBy: "user:1" });
    // Late in the evening in Greenwich it is the next day here.
    const createdAt = new Date(`${dateOfDay(dayOfDate(sentOn) - 1)}T${i % 2 ? "18" : "05"}:00:00Z`);
    const [mark] = await db
      .insert(marks)
      .values({
        ...{
          leadId: lead.id,
          premisesId: stock[i % stock.length]!,
          managerId,
          asOf: sentOn,
          createdBy: "user:1",
          createdAt,
        },
        mark: i % 3 === 0 ? "wrongly_removed" : "wrongly_kept",
      })
      .returning({ id: marks.id });
    if (i % 5 === 0) await db.insert(markWithdrawals).values({ markId: mark!.id, withdrawnBy: "user:1" });
  }
  owner = testCtx(
    database.connection,
    { kind: "user", userId: 1, name: "x", role: "owner", managerId: null },
    { now: () => new Date(`${dateOfDay(today)}T05:00:00Z`) },
  );
}, 60_000);

async function records() {
  const { db } = owner;
  const withdrawn = new Set((await db.select().from(proposalWithdrawals)).map(({ proposalId }) => proposalId));
  const takenBack = new Set((await db.select().from(markWithdrawals)).map(({ markId }) => markId));
  return {
    leads: await db.select().from(leads),
    deals: await db.select().from(deals),
    leases: await db.select().from(leases),
    offers: (await db.select().from(proposalOffers)).filter(({ proposalId }) => !withdrawn.has(proposalId)),
    marks: (await db.select().from(marks)).filter(({ id }) => !takenBack.has(id)),
  };
}

/** One manager's figures from raw rows. */
function counted(
  raw: Awaited<ReturnType<typeof records>>,
  managerId: string | null,
  { isOf, from, to }: { isOf: (lead: Lead) => boolean; from: string; to: string },
) {
  const own = raw.leads.filter(
    (lead) => lead.managerId === managerId && isOf(lead) && lead.createdOn >= from && lead.createdOn <= to,
  );
  const withOffers = own.flatMap((lead) => {
    const made = [
      ...raw.deals
        .filter((one) => one.leadId === lead.id)
        .map((one) => ({ on: one.createdOn, premisesId: one.premisesId })),
      ...raw.offers
        .filter((one) => one.leadId === lead.id)
        .map((one) => ({ on: one.sentOn, premisesId: one.premisesId })),
    ];
    const first = made.map(({ on }) => dayOfDate(on)).toSorted((a, b) => a - b)[0];
    const waited = first === undefined ? null : Math.max(0, first - dayOfDate(lead.createdOn));
    return waited === null ? [] : [{ waited, premises: new Set(made.map(({ premisesId }) => premisesId)).size }];
  });
  const waits = withOffers.map(({ waited }) => waited).toSorted((a, b) => a - b);
  const middle = waits.length / 2;
  const median = waits.length % 2 ? waits[Math.floor(middle)]! : (waits[middle - 1]! + waits[middle]!) / 2;
  const ripe = own.filter((lead) => dayOfDate(lead.createdOn) + 90 <= today);
  const ids = new Set(own.map(({ id }) => id));
  const ownDeals = raw.deals.filter((one) => one.leadId !== null && ids.has(one.leadId));
  const leadOf = (id: string) => raw.leads.find((lead) => lead.id === id)!;
  const within = (day: string) => day >= from && day <= to;
  const judged = raw.offers.filter(
    (one) => one.managerId === managerId && one.modelId !== null && within(one.sentOn) && isOf(leadOf(one.leadId)),
  );
  const said = raw.marks.filter(
    (one) => one.managerId === managerId && within(dateInNovosibirsk(one.createdAt)) && isOf(leadOf(one.leadId)),
  );
  return {
    leads: own.length,
    opened: [own.filter((lead) => lead.lookedAt !== null).length, own.length],
    filled: [
      own.reduce(
        (sum, lead) =>
          sum +
          Number(lead.areaFromSqm !== null || lead.areaToSqm !== null) +
          Number(lead.budgetRubMonth !== null) +
          Number(lead.bank !== null) +
          Number(lead.districts.length > 0) +
          Number(lead.trades.length > 0),
        0,
      ),
      5 * own.length,
    ],
    offered: [withOffers.length, own.length],
    offers: withOffers.reduce((sum, { premises }) => sum + premises, 0),
    deals: ownDeals.length,
    won: ownDeals.filter(({ stage }) => stage === "won").length,
    converted: [
      ripe.filter(({ id, createdOn }) => {
        const soon = (day: string) => dayOfDate(day) - dayOfDate(createdOn) <= 90;
        return (
          raw.deals.some((one) => one.leadId === id && one.stage === "won" && soon(one.closedOn ?? one.createdOn)) ||
          raw.leases.some((one) => one.leadId === id && soon(one.startOn))
        );
      }).length,
      ripe.length,
    ],
    firstOffer: { medianDays: waits.length === 0 ? null : median, n: waits.length },
    wronglyRemoved: said.filter(({ mark }) => mark === "wrongly_removed").length,
    wronglyKept: said.filter(({ mark }) => mark === "wrongly_kept").length,
    agreed: [judged.filter(({ rank }) => rank !== null).length, judged.length],
    fromTop: [judged.filter(({ rank }) => rank !== null && rank <= 10).length, judged.length],
  };
}

const all = { isOf: () => true, from: "1990-01-01", to: "2100-01-01" };

test.each([
  ["all", { period: "all" }, all],
  ["a bank", { period: "all", bank: "left" }, { ...all, isOf: (lead: Lead) => lead.bank === "left" }],
  [
    "a span",
    { period: "year", from: "2025-03-05", to: "2026-03-20" },
    { ...all, from: "2025-03-05", to: "2026-03-20" },
  ],
] as const)("counts as one would by hand: %s", async (_, scope, narrowed) => {
  const raw = await records();
  const { managers: told, nobodys } = await managerFigures(owner, scope);
  expect(told.length).toBeGreaterThan(5);
  for (const { managerId, name: _name, isGone: _isGone, ...figures } of told) {
    const plain = Object.fromEntries(
      Object.entries(figures).map(([word, value]) => [
        word,
        typeof value === "object" && "hits" in value ? [value.hits, value.of] : value,
      ]),
    );
    expect([managerId, plain]).toEqual([managerId, counted(raw, managerId, narrowed)]);
  }
  expect(nobodys).toBe(counted(raw, null, narrowed).leads);
  expect(nobodys).toBeGreaterThan(0);
  const sum = (of: (row: (typeof told)[number]) => number) => told.reduce((sum, row) => sum + of(row), 0);
  for (const word of ["won", "offers", "wronglyRemoved", "wronglyKept"] as const)
    expect(sum((row) => row[word])).toBeGreaterThan(0);
  expect(sum(({ fromTop }) => fromTop.hits)).toBeLessThan(sum(({ agreed }) => agreed.hits));
});

test("who has left is marked, and left out where he has nothing; who is new is there with nothing", async () => {
  const { managers: told } = await managerFigures(owner, { period: "all" });
  const left = (await owner.db.select().from(managers)).filter(
    ({ dismissedOn }) => dismissedOn !== null && dayOfDate(dismissedOn) <= today,
  );
  expect(left.length).toBeGreaterThan(1);
  for (const { managerId, isGone, leads, wronglyRemoved, wronglyKept, agreed } of told) {
    expect(isGone).toBe(left.some(({ id }) => id === managerId));
    if (isGone) expect(leads + wronglyRemoved + wronglyKept + agreed.of).toBeGreaterThan(0);
  }
  expect(told.some(({ isGone }) => isGone)).toBe(true);
  expect(told.map(({ managerId }) => managerId)).not.toContain("900");
  const fresh = told.find(({ managerId }) => managerId === "901");
  expect(fresh).toMatchObject({ leads: 0, converted: { of: 0, share: null }, firstOffer: { medianDays: null, n: 0 } });
});

test("a manager's months add up to his figures; whom the CRM does not know is not found", async () => {
  const { managers: told } = await managerFigures(owner, { period: "all" });
  for (const row of told) {
    const { figures, months } = await managerReport(owner, { managerId: row.managerId, scope: { period: "all" } });
    expect(figures).toEqual(row);
    const sum = (of: (month: (typeof months)[number]) => number) => months.reduce((sum, month) => sum + of(month), 0);
    expect(sum(({ leads }) => leads)).toBe(row.leads);
    expect(sum(({ opened }) => opened)).toBe(row.opened.hits);
    expect(sum(({ wronglyRemoved }) => wronglyRemoved)).toBe(row.wronglyRemoved);
    expect(sum(({ wronglyKept }) => wronglyKept)).toBe(row.wronglyKept);
    const sent = (await records()).offers.filter(({ managerId }) => managerId === row.managerId).length;
    expect(sum(({ sent }) => sent)).toBe(sent);
  }
  await expect(managerReport(owner, { managerId: "4711", scope: { period: "all" } })).rejects.toMatchObject({
    code: "not_found",
  });
  expect((await managerReport(owner, { managerId: "900", scope: { period: "all" } })).months).toEqual([]);
  const asManager: Ctx = { ...owner, actor: { kind: "user", userId: 2, name: "y", role: "manager", managerId: "101" } };
  await expect(managerFigures(asManager, { period: "all" })).rejects.toMatchObject({ code: "forbidden" });
  await expect(exportManagers(asManager, { format: "csv", scope: { period: "all" } })).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("both files say what the screen says, and nothing in them runs", async () => {
  const { managers: told } = await managerFigures(owner, { period: "all" });
  const file = await exportManagers(owner, { format: "csv", scope: { period: "all" } });
  const rows: Record<string, string>[] = parse(file.bytes as string, { bom: true, delimiter: ";", columns: true });
  expect(rows.map((row) => [row.Номер, Number(row.Лидов)])).toEqual(
    told.map(({ managerId, leads }) => [managerId, leads]),
  );
  expect(rows.map((row) => row.Менеджер)).toContain("'=1+1");
  const shares = rows.map((row) => row["Лид → арендатор: доля"]!);
  expect(shares.every((text) => text === "" || /^\d(,\d+)?$/.test(text))).toBe(true);
  expect(shares).toContain("");

  const { bytes } = await exportManagers(owner, { format: "xlsx", scope: { period: "all" } });
  const workbook = new excel.Workbook();
  await workbook.xlsx.load(Buffer.from(bytes as Uint8Array) as never);
  const sheet = workbook.worksheets[0]!;
  expect(sheet.rowCount).toBe(told.length + 1);
  const heads = (sheet.getRow(1).values as string[]).slice(1);
  const at = (row: number, head: string) => sheet.getRow(row).getCell(heads.indexOf(head) + 1);
  for (const [i, row] of told.entries()) {
    expect(at(i + 2, "Менеджер").value).toBe(row.name);
    expect(at(i + 2, "Менеджер").type).toBe(excel.ValueType.String);
    expect(at(i + 2, "Лид → арендатор: доля").value).toBe(row.converted.share);
    expect(at(i + 2, "Успешных сделок").value).toBe(row.won);
  }
  sheet.eachRow((row) => row.eachCell((cell) => expect(cell.type).not.toBe(excel.ValueType.Formula)));
});
