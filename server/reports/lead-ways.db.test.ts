import { eq, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import {
  deals,
  leads,
  leadWays,
  leases,
  managers,
  premises,
  proposalOffers,
  proposalWithdrawals,
} from "#/db/schema/index.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import { makeMarket } from "#/ml/testing/synthetic-market.ts";
import { insertMarket } from "../testing/insert-market.ts";
import { insertSentProposal } from "../testing/insert-sent-proposal.ts";

const database = useTestDatabase();

beforeAll(async () => {
  await insertMarket(
    database.connection.db,
    makeMarket({ seed: 14, leads: 1500, premises: 40, managers: 4, years: 2 }).history(),
  );
});

const earliest = (days: string[]) => days.toSorted()[0] ?? null;

/** What the table must hold, from raw rows in another way. */
async function toldByHand() {
  const { db } = database.connection;
  const [allDeals, allLeases, allOffers] = [
    await db.select().from(deals),
    await db.select().from(leases),
    await db.select().from(proposalOffers),
  ];
  const withdrawn = new Set((await db.select().from(proposalWithdrawals)).map(({ proposalId }) => proposalId));
  const rows = (await db.select().from(leads)).flatMap((lead) => {
    const own = allDeals.filter((deal) => deal.leadId === lead.id);
    const won = own.filter(({ stage }) => stage === "won");
    const sent = allOffers.filter((offer) => offer.leadId === lead.id && !withdrawn.has(offer.proposalId));
    const rented = allLeases.filter((lease) => lease.leadId === lead.id);
    if (own.length + sent.length + rented.length === 0) return [];
    const offered = [...own, ...sent].flatMap(({ premisesId }) => premisesId ?? []);
    return {
      ...{ leadId: lead.id, createdOn: lead.createdOn, managerId: lead.managerId },
      ...{ bank: lead.bank, trades: lead.trades, lookedAt: lead.lookedAt },
      firstOfferOn: earliest([...own.map(({ createdOn }) => createdOn), ...sent.map(({ sentOn }) => sentOn)]),
      firstDealOn: earliest(own.map(({ createdOn }) => createdOn)),
      firstWonOn: earliest(won.map(({ closedOn, createdOn }) => closedOn ?? createdOn)),
      firstLeaseOn: earliest(rented.map(({ startOn }) => startOn)),
      ...{ deals: own.length, dealsWon: won.length, offers: new Set(offered).size },
    };
  });
  return rows.toSorted((a, b) => (a.leadId < b.leadId ? -1 : 1));
}

const told = () => database.connection.db.select().from(leadWays).orderBy(leadWays.leadId);

async function sendProposal(leadId: string, premisesIds: string[], sentOn: string): Promise<string> {
  const { db } = database.connection;
  const [{ n }] = (await db.execute(sql`select count(*)::int + 1 as n from proposal_sendings`)) as unknown as [
    { n: number },
  ];
  const offers = premisesIds.map((premisesId) => ({ premisesId }));
  return insertSentProposal(db, { leadId, sentOn, number: n, offers });
}

test("whatever is written of leads, the rows of their ways say the same as the raw ones", async () => {
  const { db } = database.connection;
  const same = async (what: string) => expect([what, await told()]).toEqual([what, await toldByHand()]);
  await same("a market");
  expect((await told()).length).toBeGreaterThan(100);

  const [some] = (await told()).filter((one) => one.deals > 1);
  const [other] = (await told()).filter((one) => one.leadId !== some!.leadId);
  const ids = (await db.select({ id: premises.id }).from(premises)).map(({ id }) => id);
  const [manager] = await db.select({ id: managers.id }).from(managers);

  await db.execute(sql`update deals set stage = 'won', closed_on = created_on + 3 where hashtext(id) % 3 = 0`);
  await same("deals are won");
  await db.update(deals).set({ leadId: other!.leadId }).where(eq(deals.leadId, some!.leadId));
  await same("deals go to another lead");
  await db.update(deals).set({ leadId: null }).where(eq(deals.leadId, other!.leadId));
  await same("deals go to no lead");
  await db.execute(sql`delete from leases where hashtext(id) % 2 = 0`);
  await db.execute(sql`delete from deals where hashtext(id) % 5 = 0`);
  await same("deals and leases go");

  const late = { id: "late", createdOn: "2026-03-01", searchText: "" };
  await db.insert(deals).values({ id: "early deal", leadId: "late", createdOn: "2026-03-02", stage: "open" });
  await db.insert(leases).values({ id: "early lease", leadId: "late", premisesId: ids[0]!, startOn: "2026-04-01" });
  await same("a deal and a lease name a lead that is not there");
  await db.insert(leads).values([late, { ...late, id: "idle" }]);
  await same("it comes");
  expect(await db.select().from(leadWays).where(eq(leadWays.leadId, "late"))).toMatchObject([
    { firstOfferOn: "2026-03-02", firstWonOn: null, firstLeaseOn: "2026-04-01", deals: 1, offers: 0 },
  ]);
  await db
    .insert(leads)
    .values({ ...late, createdOn: "2026-02-20", bank: "left", trades: ["кофейня"] })
    .onConflictDoUpdate({
      target: leads.id,
      set: { createdOn: sql`excluded.created_on`, bank: sql`excluded.bank`, trades: sql`excluded.trades` },
    });
  await db.update(leads).set({ managerId: manager!.id, lookedAt: new Date("2026-03-03T00:00:00Z") });
  await same("leads change");

  const proposalId = await sendProposal("idle", ids.slice(0, 3), "2026-03-05");
  await sendProposal("late", ids.slice(0, 2), "2026-02-25");
  await same("proposals are sent");
  await db.insert(proposalWithdrawals).values({ proposalId, withdrawnOn: "2026-03-06", withdrawnBy: "user:1" });
  await same("one is withdrawn");
  expect(await db.select().from(leadWays).where(eq(leadWays.leadId, "idle"))).toEqual([]);

  await db.delete(managers).where(eq(managers.id, manager!.id));
  await same("a manager goes");
  await db.delete(leads).where(eq(leads.id, other!.leadId));
  await same("a lead goes");
});

test("two who write of one lead at once both count", async () => {
  const { db, sql: pool } = database.connection;
  await db.insert(leads).values({ id: "busy", createdOn: "2026-03-01", searchText: "" });
  const [one] = await db.select({ id: premises.id }).from(premises);
  const first = await pool.reserve();
  try {
    await first`begin`;
    await first`insert into deals (id, lead_id, created_on, stage) values ('of the import', 'busy', '2026-03-03', 'open')`;
    const second = Promise.all([sendProposal("busy", [one!.id], "2026-03-02"), noteLook()]);
    await expect.poll(waiting).toBe(2);
    await first`commit`;
    await second;
  } finally {
    first.release();
  }
  expect(await told()).toEqual(await toldByHand());
  expect(await db.select().from(leadWays).where(eq(leadWays.leadId, "busy"))).toMatchObject([
    { firstOfferOn: "2026-03-02", firstDealOn: "2026-03-03", deals: 1, offers: 1, lookedAt: expect.any(Date) },
  ]);

  async function noteLook(): Promise<void> {
    await db.update(leads).set({ lookedAt: new Date() }).where(eq(leads.id, "busy"));
  }
  async function waiting(): Promise<number> {
    const [row] = await pool<{ n: number }[]>`
      select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    return row!.n;
  }
});
