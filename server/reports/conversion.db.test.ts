import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { deals, leads, leases, modelPromotions, proposalOffers, proposalWithdrawals } from "#/db/schema/index.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import { makeMarket } from "#/ml/testing/synthetic-market.ts";
import type { Ctx } from "../context.ts";
import { dateOfDay, dayOfDate } from "../days.ts";
import { insertMarket } from "../testing/insert-market.ts";
import { insertModel } from "../testing/insert-model.ts";
import { insertSentProposal } from "../testing/insert-sent-proposal.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { beforeAfterPromotion, SOON_DAYS } from "./before-after-promotion.ts";
import { RIPE_DAYS } from "./conversion-by-month.ts";
import { funnelByStage } from "./funnel-by-stage.ts";

const database = useTestDatabase();
let owner: Ctx;
let today: number;

type Lead = typeof leads.$inferSelect;
interface Records {
  leads: Lead[];
  deals: (typeof deals.$inferSelect)[];
  leases: (typeof leases.$inferSelect)[];
  offers: (typeof proposalOffers.$inferSelect)[];
  withdrawn: Set<string>;
}
let records: Records;

beforeAll(async () => {
  const { db } = database.connection;
  await insertMarket(db, makeMarket({ seed: 12, leads: 3000, premises: 60, managers: 5, years: 2 }).history());
  // The market's history has only leads that came as far as an offer: some others, and some boards that were opened.
  await db.execute(sql`insert into leads (id, created_on, search_text, bank)
    select 'idle-' || id, created_on, search_text, bank from leads where hashtext(id) % 3 = 0`);
  await db.execute(sql`update leads set looked_at = created_on + interval '1 day' where hashtext(id) % 2 = 0`);
  const all = await db.select().from(leads);
  today = Math.max(...all.map(({ createdOn }) => dayOfDate(createdOn)));
  owner = testCtx(
    database.connection,
    { kind: "user", userId: 1, name: "x", role: "owner", managerId: null },
    { now: () => new Date(`${dateOfDay(today)}T05:00:00Z`) },
  );
  // Proposals to idle leads: every other one is withdrawn, every third comes too late.
  const premisesId = (await db.select().from(deals))[0]!.premisesId!;
  const idle = all.filter(({ id }) => id.startsWith("idle-")).slice(0, 30);
  for (const [i, lead] of idle.entries()) {
    const sentOn = dateOfDay(dayOfDate(lead.createdOn) + (i % 3 === 0 ? RIPE_DAYS + 1 : 2));
    const sent = { leadId: lead.id, sentOn, number: i + 1, offers: [{ premisesId }] };
    const proposalId = await insertSentProposal(db, sent);
    if (i % 2 === 0)
      await db.insert(proposalWithdrawals).values({ proposalId, withdrawnOn: sentOn, withdrawnBy: "user:1" });
  }
  records = {
    leads: all,
    deals: await db.select().from(deals),
    leases: await db.select().from(leases),
    offers: await db.select().from(proposalOffers),
    withdrawn: new Set((await db.select().from(proposalWithdrawals)).map(({ proposalId }) => proposalId)),
  };
});

/** Which stages a lead reached, from raw rows. */
function stagesOf(lead: Lead, days: number) {
  const soon = (day: string) => dayOfDate(day) - dayOfDate(lead.createdOn) <= days;
  const own = records.deals.filter((deal) => deal.leadId === lead.id);
  const dealt = own.some((deal) => soon(deal.createdOn));
  const sent = records.offers.some(
    (offer) => offer.leadId === lead.id && !records.withdrawn.has(offer.proposalId) && soon(offer.sentOn),
  );
  return {
    ...{ came: true, opened: lead.lookedAt !== null, offered: dealt || sent, dealt },
    won: own.some((deal) => deal.stage === "won" && soon(deal.closedOn ?? deal.createdOn)),
    leased: records.leases.some((lease) => lease.leadId === lead.id && soon(lease.startOn)),
    deals: own.filter((deal) => soon(deal.createdOn)).length,
  };
}

test.each([
  ["all", { period: "all" }, () => true],
  ["a bank", { period: "all", bank: "right" }, ({ bank }) => bank === "right"],
  [
    "a span",
    { period: "year", from: "2025-02-01", to: "2025-10-15" },
    ({ createdOn }) => createdOn >= "2025-02-01" && createdOn <= "2025-10-15",
  ],
] as const satisfies readonly [string, object, (lead: Lead) => boolean][])(
  "the funnel counts as one would by hand: %s",
  async (_, scope, within) => {
    const { stages, young } = await funnelByStage(owner, scope);
    const own = records.leads.filter(within);
    const reached = own.map((lead) => stagesOf(lead, RIPE_DAYS));
    expect(young).toBe(own.filter(({ createdOn }) => dayOfDate(createdOn) + RIPE_DAYS > today).length);
    let before: (typeof stages)[number]["stage"] | null = null;
    for (const { stage, ofCame, ofPrevious } of stages) {
      expect([stage, ofCame.hits, ofCame.of]).toEqual([stage, reached.filter((one) => one[stage]).length, own.length]);
      const previous = before;
      if (previous === null) expect(ofPrevious).toBeNull();
      else
        expect([stage, ofPrevious!.hits, ofPrevious!.of]).toEqual([
          stage,
          reached.filter((one) => one[stage] && one[previous]).length,
          reached.filter((one) => one[previous]).length,
        ]);
      before = stage;
    }
    expect(stages.map(({ stage }) => stage)).toEqual(["came", "opened", "offered", "dealt", "won", "leased"]);
    expect(stages.map(({ ofCame }) => ofCame.hits).every((hits) => hits > 3)).toBe(true);
  },
);

test("no leads give no funnel", async () => {
  expect(await funnelByStage(owner, { period: "all", to: "2000-01-01" })).toEqual({ stages: [], young: 0 });
});

test("before and after have equally many days, watch each lead as long, and know when it is too early", async () => {
  const { db } = database.connection;
  const toModelId = await insertModel(db);
  const swaps = [today - 400, today - 70, today - 10];
  for (const [i, day] of swaps.entries())
    await db.insert(modelPromotions).values({
      ...{ kind: "promote", toModelId, aliasVersion: i + 1, by: "user:1" },
      at: new Date(`${dateOfDay(day)}T05:00:00Z`),
    });
  const told = await beforeAfterPromotion(owner, { period: "year" });
  expect(told.map(({ on }) => on)).toEqual(swaps.toReversed().map(dateOfDay));
  expect(told.map(({ sides }) => sides?.days ?? null)).toEqual([null, 40, 91]);
  for (const [at, swapped] of [
    [1, swaps[1]!],
    [2, swaps[0]!],
  ] as const) {
    const { days, before, after } = told[at]!.sides!;
    for (const [side, from, to] of [
      [before, swapped - SOON_DAYS - days, swapped - SOON_DAYS - 1],
      [after, swapped + 1, swapped + days],
    ] as const) {
      expect([side.fromOn, side.toOn]).toEqual([dateOfDay(from), dateOfDay(to)]);
      const own = records.leads.filter(({ createdOn }) => dayOfDate(createdOn) >= from && dayOfDate(createdOn) <= to);
      const reached = own.map((lead) => stagesOf(lead, SOON_DAYS));
      expect(side.dealt).toMatchObject({ hits: reached.filter(({ dealt }) => dealt).length, of: own.length });
      expect(side.converted).toMatchObject({
        hits: reached.filter(({ won, leased }) => won || leased).length,
        of: own.length,
      });
      expect(side.dealsPerLead).toBeCloseTo(reached.reduce((sum, { deals }) => sum + deals, 0) / own.length, 10);
      expect(side.dealt.hits).toBeGreaterThan(0);
    }
    const { converted } = told[at]!.sides!;
    expect(converted.value).toBeCloseTo(after.converted.share! - before.converted.share!, 12);
    expect(converted.low).toBeLessThan(converted.value!);
  }
  const asManager: Ctx = { ...owner, actor: { kind: "user", userId: 2, name: "y", role: "manager", managerId: "101" } };
  await expect(beforeAfterPromotion(asManager, { period: "year" })).rejects.toMatchObject({ code: "forbidden" });
  await expect(funnelByStage(asManager, { period: "year" })).rejects.toMatchObject({ code: "forbidden" });
});
