import { randomUUID } from "node:crypto";
import { eq, like, sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  auditLog,
  deals,
  leads,
  marketState,
  proposalLinks,
  proposalOffers,
  proposalRevisions,
  users,
  vacancies,
} from "#/db/schema/index.ts";
import { castLeads, castManagers, castPremises, insertCast } from "#/db/testing/cast.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import type { Actor } from "../context.ts";
import { dateInNovosibirsk, dayOfDate } from "../days.ts";
import type { AppError } from "../errors.ts";
import { loadFacts } from "../matching/load-facts.ts";
import { changeSetting } from "../settings/change-setting.ts";
import { firm } from "../settings/firm.ts";
import { readSetting } from "../settings/settings.ts";
import { TEST_NOW, testCtx } from "../testing/test-ctx.ts";
import { addPremises } from "./add-premises.ts";
import { type ProposalContent, proposalContent } from "./content.ts";
import { draftProposal } from "./draft-proposal.ts";
import { getProposal } from "./get-proposal.ts";
import { listProposals } from "./list-proposals.ts";
import { openSharedProposal } from "./open-shared-proposal.ts";
import { revokeLink } from "./revoke-link.ts";
import { saveDraft } from "./save-draft.ts";
import { sendProposal } from "./send-proposal.ts";
import { shareProposal } from "./share-proposal.ts";
import { withdrawProposal } from "./withdraw-proposal.ts";

const database = useTestDatabase();
const as = (actor: Actor, now = TEST_NOW) => testCtx(database.connection, actor, { now: () => now });
const anna: Actor = { kind: "user", userId: 1, name: "Анна", role: "manager", managerId: castManagers.anna.id };
const boris: Actor = { kind: "user", userId: 2, name: "Борис", role: "manager", managerId: castManagers.boris.id };
const admin: Actor = { kind: "user", userId: 3, name: "Админ", role: "admin", managerId: null };
const owner: Actor = { kind: "user", userId: 4, name: "Владелец", role: "owner", managerId: null };
const client: Actor = { kind: "anonymous" };
const today = dateInNovosibirsk(TEST_NOW);
const inDays = (days: number) => new Date(TEST_NOW.getTime() + days * 86_400_000);

const refusal = (work: Promise<unknown>): Promise<AppError> =>
  work.then(
    () => expect.unreachable(),
    (error) => error,
  );

const draft = (actor: Actor = anna, over: Partial<Parameters<typeof draftProposal>[1]> = {}, now = TEST_NOW) =>
  draftProposal(as(actor, now), {
    leadId: castLeads.coffee.id,
    premisesIds: [castPremises.corner.id, castPremises.hall.id],
    idempotencyKey: randomUUID(),
    ...over,
  });
const get = (proposalId: string, actor: Actor = anna, now = TEST_NOW) => getProposal(as(actor, now), { proposalId });

/** Drafts and sends; `change` is what the manager wrote into it. */
async function send(
  actor: Actor = anna,
  over: Partial<Parameters<typeof draftProposal>[1]> = {},
  { now = TEST_NOW, change = (content: ProposalContent) => content } = {},
) {
  const { proposalId } = await draft(actor, over, now);
  const { content, revision } = await get(proposalId, admin, now);
  const contact = { name: "Анна Белова", phone: "+7 383 200-00-01", email: "" };
  const saved = await saveDraft(as(actor, now), {
    proposalId,
    base: revision,
    content: change({ ...content, contact }),
  });
  const { number } = await sendProposal(as(actor, now), { proposalId, revision: saved.revision });
  return { proposalId, number, revision: saved.revision };
}

beforeAll(async () => {
  const { db } = database.connection;
  await insertCast(db);
  await db.insert(users).values([
    {
      id: 1,
      email: "anna@example.test",
      name: "Анна Белова",
      role: "manager",
      managerId: "101",
      passwordHash: "none",
    },
  ]);
});

describe("whose proposal it is", () => {
  test("an owner looks and does not write; nobody does without signing in", async () => {
    const { proposalId } = await draft();
    const { content, writable } = await get(proposalId, owner);
    expect(writable).toBe(false);
    const writes = [
      draft(owner),
      saveDraft(as(owner), { proposalId, base: 1, content }),
      sendProposal(as(owner), { proposalId, revision: 1 }),
      shareProposal(as(owner), { proposalId, days: 14 }),
      withdrawProposal(as(owner), { proposalId }),
    ];
    for (const { code } of await Promise.all(writes.map(refusal))) expect(code).toBe("forbidden");
    expect((await refusal(get(proposalId, client))).code).toBe("unauthenticated");
    const listed = await listProposals(as(owner), { leadId: castLeads.coffee.id });
    expect(listed.proposals.map((one) => one.proposalId)).toContain(proposalId);
  });

  test("another manager's is answered like one that does not exist, whatever is asked of it", async () => {
    const { proposalId } = await draft();
    const { content } = await get(proposalId);
    const missing = await refusal(get(randomUUID(), boris));
    const asked = [
      get(proposalId, boris),
      saveDraft(as(boris), { proposalId, base: 1, content }),
      addPremises(as(boris), { proposalId, base: 1, premisesIds: [castPremises.cellar.id] }),
      sendProposal(as(boris), { proposalId, revision: 1 }),
      shareProposal(as(boris), { proposalId, days: 14 }),
      withdrawProposal(as(boris), { proposalId }),
      revokeLink(as(boris), { proposalId, linkId: randomUUID() }),
    ];
    for (const { code, message } of await Promise.all(asked.map(refusal)))
      expect([code, message]).toEqual(["not_found", missing.message]);
    expect((await listProposals(as(boris), {})).proposals).toEqual([]);
    expect((await refusal(draft(boris))).code).toBe("not_found");
  });

  test("it goes with its lead: who has the lead now reads it, who had it does not", async () => {
    const { proposalId } = await draft(anna, { leadId: castLeads.flowers.id });
    expect((await refusal(get(proposalId, boris))).code).toBe("not_found");
    const give = (managerId: string | null) =>
      as(admin).db.update(leads).set({ managerId }).where(eq(leads.id, castLeads.flowers.id));
    await give(castManagers.boris.id);
    expect((await get(proposalId, boris)).proposalId).toBe(proposalId);
    expect((await refusal(get(proposalId, anna))).code).toBe("not_found");
    await give(null);
  });

  test("an administrator writes in the name of the lead's manager", async () => {
    const { proposalId } = await draft(admin);
    expect((await get(proposalId)).managerName).toBe(castManagers.anna.name);
  });
});

describe("a draft", () => {
  test("begins with asking rents and with whom to call, and remembers him the next time", async () => {
    const { proposalId } = await draft();
    const { content, picks, state, document } = await get(proposalId);
    expect(state).toBe("draft");
    expect(document.dated).toBe("Черновик");
    expect(content.items).toEqual([
      { premisesId: "501", rentRubMonth: 105_000, note: "", hidden: [] },
      { premisesId: "503", rentRubMonth: 610_000, note: "", hidden: [] },
    ]);
    expect(content.contact).toMatchObject({ name: "Анна Белова" });
    expect(picks.map((pick) => pick.today)).toEqual([
      { free: true, askingRubMonth: 105_000 },
      { free: true, askingRubMonth: 610_000 },
    ]);
    const contact = { name: "Анна", phone: "+7 383 111", email: "anna@firm.example" };
    await saveDraft(as(anna), { proposalId, base: 1, content: { ...content, contact } });
    const next = await draft(anna, {}, inDays(0.001));
    expect((await get(next.proposalId)).content.contact).toEqual(contact);
  });

  test("takes only what is free today", async () => {
    const error = await refusal(draft(anna, { premisesIds: [castPremises.let.id] }));
    expect([error.code, error.place]).toEqual(["invalid", "premisesIds"]);
  });

  test("the same request twice makes one", async () => {
    const idempotencyKey = randomUUID();
    const made = await Promise.all(Array.from({ length: 5 }, () => draft(anna, { idempotencyKey })));
    expect(new Set(made.map((one) => one.proposalId)).size).toBe(1);
  });

  test("each saving appends; the same again does not, and a stale one overwrites nothing", async () => {
    const { proposalId } = await draft();
    const { content } = await get(proposalId);
    const changed = { ...content, greeting: "Добрый день!" };
    const first = await saveDraft(as(anna), { proposalId, base: 1, content: changed });
    const again = await saveDraft(as(anna), { proposalId, base: 1, content: changed });
    expect([first.revision, again.revision]).toEqual([2, 2]);
    expect(first.document.greeting).toEqual(["Добрый день!"]);
    const stale = { ...content, greeting: "Из другого окна" };
    expect((await refusal(saveDraft(as(anna), { proposalId, base: 1, content: stale }))).code).toBe("conflict");
    const kept = await as(anna).db.select().from(proposalRevisions).where(eq(proposalRevisions.proposalId, proposalId));
    expect(kept.map((row) => (row.content as ProposalContent).greeting)).toEqual([content.greeting, "Добрый день!"]);
  });

  test("forty savings at once leave one chain of revisions", async () => {
    const { proposalId } = await draft();
    const { content } = await get(proposalId);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 40 }, (_, i) =>
        saveDraft(as(anna), { proposalId, base: 1, content: { ...content, greeting: `№ ${i}` } }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("takes more premises at its end, none twice, and no stranger by saving", async () => {
    const { proposalId } = await draft();
    const more = await addPremises(as(anna), { proposalId, base: 1, premisesIds: ["502", "501"] });
    expect(more.revision).toBe(2);
    const { content } = await get(proposalId);
    expect(content.items.map((item) => item.premisesId)).toEqual(["501", "503", "502"]);
    const stranger = { premisesId: "504", rentRubMonth: 1, note: "", hidden: [] };
    const error = await refusal(
      saveDraft(as(anna), { proposalId, base: 2, content: { ...content, items: [stranger] } }),
    );
    expect([error.code, error.place]).toEqual(["invalid", "content.items"]);
  });

  test("text that the database cannot hold is mended, not lost", async () => {
    const { proposalId } = await draft();
    const { content } = await get(proposalId);
    const odd = proposalContent.parse({ ...content, greeting: "а\0б\ud800в" });
    const saved = await saveDraft(as(anna), { proposalId, base: 1, content: odd });
    expect(saved.document.greeting).toEqual(["аб\ufffdв"]);
  });

  test("says when a premises is free no more, and that it costs another price", async () => {
    const { proposalId } = await draft(anna, { premisesIds: [castPremises.cellar.id] });
    const { db } = as(anna);
    const bump = async () => {
      await db.update(marketState).set({ version: sql`${marketState.version} + 1` });
    };
    const span = eq(vacancies.premisesId, castPremises.cellar.id);
    await db.update(vacancies).set({ toOn: "2026-11-20" }).where(span);
    await bump();
    expect((await get(proposalId)).picks[0]?.today).toEqual({ free: false, askingRubMonth: null });
    await db.update(vacancies).set({ toOn: null, rentRubMonth: 60_000 }).where(span);
    await bump();
    expect((await get(proposalId)).picks[0]?.today).toEqual({ free: true, askingRubMonth: 60_000 });
    await db.update(vacancies).set({ rentRubMonth: 54_000 }).where(span);
    await bump();
  });
});

describe("sending", () => {
  test("gives the year's next number without gaps, also to those who send at once", async () => {
    const before = Number((await send()).number.split("-")[1]);
    const drafts = await Promise.all(Array.from({ length: 8 }, () => draft()));
    const contact = { name: "Анна", phone: "1", email: "" };
    const numbers = await Promise.all(
      drafts.map(async ({ proposalId }) => {
        const { content } = await get(proposalId);
        const { revision } = await saveDraft(as(anna), { proposalId, base: 1, content: { ...content, contact } });
        return (await sendProposal(as(anna), { proposalId, revision })).number;
      }),
    );
    expect(numbers.sort()).toEqual(
      Array.from({ length: 8 }, (_, i) => `2026-${String(before + 1 + i).padStart(4, "0")}`),
    );
    expect((await send(anna, {}, { now: new Date("2027-01-01T00:00:00Z") })).number).toBe("2027-0001");
  });

  test("is done once, however often and by however many it is asked for", async () => {
    const { proposalId } = await draft();
    const { content } = await get(proposalId);
    const contact = { name: "Анна", phone: "1", email: "" };
    const { revision } = await saveDraft(as(anna), { proposalId, base: 1, content: { ...content, contact } });
    const told = await Promise.all(Array.from({ length: 10 }, () => sendProposal(as(anna), { proposalId, revision })));
    expect(new Set(told.map(({ number }) => number)).size).toBe(1);
    const subject = `proposal:${proposalId}`;
    const audited = await as(anna).db.select().from(auditLog).where(eq(auditLog.subject, subject)).orderBy(auditLog.id);
    expect(audited.map(({ action }) => action)).toEqual(["proposal:write", "proposal:send"]);
  });

  test("records each premises as an offer: when, whose, at what rent, out of which run, at which rank if it was kept", async () => {
    const { proposalId } = await send(
      anna,
      {},
      {
        change: (content) => ({
          ...content,
          items: content.items
            .toReversed()
            .map((item) => ({ ...item, rentRubMonth: item.premisesId === "501" ? 99_000 : null })),
        }),
      },
    );
    const rows = await as(anna)
      .db.select()
      .from(proposalOffers)
      .where(eq(proposalOffers.proposalId, proposalId))
      .orderBy(proposalOffers.place);
    const common = { leadId: "20001", managerId: "101", sentOn: today, modelId: null, runId: expect.any(String) };
    expect(rows).toEqual([
      { proposalId, premisesId: "503", place: 1, rentRubMonth: null, rank: null, ...common },
      { proposalId, premisesId: "501", place: 2, rentRubMonth: 99_000, rank: 1, ...common },
    ]);
  });

  test("is refused empty, without anybody to answer to, or in another state than was looked at", async () => {
    const { proposalId } = await draft();
    const { content } = await get(proposalId);
    const nobody = { ...content, contact: { name: " ", phone: "", email: "" } };
    const { revision } = await saveDraft(as(anna), { proposalId, base: 1, content: nobody });
    expect((await refusal(sendProposal(as(anna), { proposalId, revision }))).place).toBe("content.contact");
    expect((await refusal(sendProposal(as(anna), { proposalId, revision: 1 }))).code).toBe("conflict");
    const empty = await saveDraft(as(anna), { proposalId, base: revision, content: { ...content, items: [] } });
    expect((await refusal(sendProposal(as(anna), { proposalId, revision: empty.revision }))).place).toBe(
      "content.items",
    );
  });

  test("ends all changes; header and client stay as they were", async () => {
    const { proposalId, revision } = await send();
    const { content } = await get(proposalId);
    const change = saveDraft(as(anna), { proposalId, base: revision, content: { ...content, greeting: "иначе" } });
    expect((await refusal(change)).code).toBe("conflict");
    expect((await refusal(addPremises(as(anna), { proposalId, base: revision, premisesIds: ["502"] }))).code).toBe(
      "conflict",
    );
    const before = (await get(proposalId)).document;
    const named = {
      name: "ООО «Берег»",
      phone: "+7 383 2",
      email: null,
      requisites: "ИНН 5400000000",
      accent: "#0f7a53",
    };
    await changeSetting(as(admin), { name: "firm", value: named });
    expect((await get(proposalId)).document).toEqual(before);
    expect((await get((await draft()).proposalId)).document.firm).toEqual(named);
  });

  test("withdrawing is an event of its own, done once", async () => {
    const { proposalId } = await send();
    const [first, second] = [
      await withdrawProposal(as(anna), { proposalId }),
      await withdrawProposal(as(anna, inDays(1)), { proposalId }),
    ];
    expect(second).toEqual(first);
    expect((await get(proposalId)).state).toBe("withdrawn");
    const withdrawn = await as(anna)
      .db.select()
      .from(auditLog)
      .where(eq(auditLog.subject, `proposal:${proposalId}`));
    expect(withdrawn.filter(({ action }) => action === "proposal:withdraw")).toHaveLength(1);
    expect((await refusal(shareProposal(as(anna), { proposalId, days: 14 }))).code).toBe("conflict");
    const unsent = await draft();
    expect((await refusal(withdrawProposal(as(anna), unsent))).code).toBe("conflict");
  });
});

describe("a client's link", () => {
  let address = 0;
  beforeEach(() => {
    address++;
  });
  const open = (token: string, now = TEST_NOW, counts = true) =>
    openSharedProposal(as(client, now), { token }, { address: `10.0.0.${address}`, counts });

  test("opens that proposal and says no id of ours", async () => {
    const { proposalId, number } = await send();
    const { token } = await shareProposal(as(anna), { proposalId, days: 14 });
    const shared = await open(token);
    expect(shared).toMatchObject({ state: "open", document: { number: `КП № ${number}` } });
    const told = JSON.stringify(shared);
    const { links, picks } = await get(proposalId);
    for (const secret of [proposalId, links[0]!.linkId, castLeads.coffee.id, castPremises.corner.name])
      expect(told).not.toContain(secret);
    expect(told).not.toMatch(/"(premisesId|leadId|managerId|runId|modelId|suitability|probability)"/);
    expect(picks).toHaveLength(2);
  });

  test("only the hash of its token is kept, anywhere", async () => {
    const { proposalId } = await send();
    const { token } = await shareProposal(as(anna), { proposalId, days: 14 });
    expect(token.length * 6).toBeGreaterThanOrEqual(128);
    const links = await as(anna).db.select().from(proposalLinks);
    const audited = await as(anna).db.select().from(auditLog).where(like(auditLog.action, "proposal:%"));
    expect(JSON.stringify([links, audited])).not.toContain(token);
    expect(new Set(links.map((link) => link.tokenSha256)).size).toBe(links.length);
  });

  test("counts each reading of the page, and nothing else", async () => {
    const { proposalId } = await send();
    const { token } = await shareProposal(as(anna), { proposalId, days: 14 });
    await Promise.all(Array.from({ length: 7 }, () => open(token)));
    await open(token, TEST_NOW, false);
    const { links } = await get(proposalId);
    expect(links[0]).toMatchObject({ state: "open", views: 7, lastViewedAt: TEST_NOW });
  });

  test("that expired, was revoked or whose proposal was withdrawn shows whom to ask, and no premises", async () => {
    const { proposalId } = await send();
    const [expiring, revoked, other] = await Promise.all(
      [1, 14, 30].map((days) => shareProposal(as(anna), { proposalId, days })),
    );
    await revokeLink(as(anna), { proposalId, linkId: revoked!.linkId });
    await revokeLink(as(anna), { proposalId, linkId: revoked!.linkId });
    expect((await open(expiring!.token, inDays(0.99))).state).toBe("open");
    const closed = [await open(expiring!.token, inDays(1)), await open(revoked!.token)];
    expect((await open(other!.token)).state).toBe("open");
    await withdrawProposal(as(anna), { proposalId });
    closed.push(await open(other!.token));
    expect(closed.map(({ state }) => state)).toEqual(["expired", "revoked", "withdrawn"]);
    for (const answer of closed) {
      expect(answer).toMatchObject({ contact: { name: "Анна Белова", phone: "+7 383 200-00-01" } });
      expect(JSON.stringify(answer)).not.toContain(castPremises.corner.address);
    }
    const { links } = await get(proposalId);
    expect(links.map(({ state, views }) => [state, views]).sort()).toEqual([
      ["open", 1],
      ["open", 1],
      ["revoked", 0],
    ]);
  });

  test("a guessed, cut or foreign token finds nothing, and soon may not be tried", async () => {
    const { proposalId } = await send();
    const { token } = await shareProposal(as(anna), { proposalId, days: 14 });
    const guesses = [
      "",
      "x",
      token.slice(1),
      `${token}a`,
      token.toLowerCase(),
      "A".repeat(32),
      proposalId,
      "' or 1=1 --",
    ];
    for (const guess of guesses) expect((await refusal(open(guess))).code).toBe("not_found");
    const outcomes = await Promise.all(
      Array.from({ length: 130 }, (_, i) => refusal(open(`${i}`.padStart(32, "z"))).then((error) => error.place)),
    );
    expect(outcomes.filter((place) => place === "rate").length).toBeGreaterThanOrEqual(130 - 120);
    expect((await refusal(open(token))).place).toBe("rate");
    address += 100;
    expect((await open(token)).state).toBe("open");
  });

  test("of another proposal is not this one's to revoke", async () => {
    const [mine, other] = [await send(), await send()];
    const { linkId, token } = await shareProposal(as(anna), { proposalId: other.proposalId, days: 14 });
    expect((await refusal(revokeLink(as(anna), { proposalId: mine.proposalId, linkId }))).code).toBe("not_found");
    expect((await open(token)).state).toBe("open");
  });
});

describe("as an offer that training reads", () => {
  const offers = async (premisesId: string, leadId: string, asOf?: string) =>
    (await loadFacts(as(admin, inDays(60)), { asOf })).offers.filter(
      (offer) => offer.premisesId === premisesId && offer.leadId === leadId,
    );
  const lead = castLeads.pharmacy.id;
  const facts = { leadId: lead, managerId: castManagers.boris.id, outcome: "open", closedDay: Number.NaN };

  test("a pair that the CRM has no deal of is an open offer from the day it was sent, once", async () => {
    await send(boris, { leadId: lead, premisesIds: ["501"] });
    await send(boris, { leadId: lead, premisesIds: ["501"] }, { now: inDays(3) });
    expect(await offers("501", lead)).toEqual([
      { ...facts, offerId: expect.stringMatching(/^proposal:/), premisesId: "501", offeredDay: dayOfDate(today) },
    ]);
    expect(await offers("501", lead, "2026-11-22")).toEqual([]);
    expect(await offers("501", lead, today)).toHaveLength(1);
  });

  test("a later deal of the pair says how it ended, from the day it was sent, and stands alone", async () => {
    await send(boris, { leadId: lead, premisesIds: ["502"] });
    await as(admin).db.insert(deals).values({
      id: "9500",
      leadId: lead,
      premisesId: "502",
      managerId: castManagers.boris.id,
      createdOn: "2026-12-01",
      closedOn: "2026-12-20",
      stage: "won",
    });
    expect(await offers("502", lead)).toEqual([
      {
        ...facts,
        offerId: "9500",
        premisesId: "502",
        offeredDay: dayOfDate(today),
        outcome: "won",
        closedDay: dayOfDate("2026-12-20"),
      },
    ]);
    // Of what came later nothing is known before it came.
    expect(await offers("502", lead, "2026-12-10")).toMatchObject([{ offerId: "9500", outcome: "open" }]);
    expect(await offers("502", lead, "2026-11-30")).toMatchObject([
      { offerId: expect.stringMatching(/^proposal:/), outcome: "open" },
    ]);
  });

  test("a deal that was there before stands alone, as it is", async () => {
    const before = await offers(castPremises.corner.id, castLeads.coffee.id);
    expect(before).toMatchObject([{ offerId: "9003", offeredDay: dayOfDate("2026-09-08") }]);
  });

  test("what was withdrawn was an offer until then", async () => {
    const { proposalId } = await send(boris, { leadId: lead, premisesIds: ["503"] });
    await withdrawProposal(as(boris, inDays(10)), { proposalId });
    expect(await offers("503", lead)).toEqual([]);
    expect(await offers("503", lead, dateInNovosibirsk(inDays(9)))).toHaveLength(1);
    expect(await offers("503", lead, dateInNovosibirsk(inDays(10)))).toEqual([]);
  });

  test("names its lead, which may have no other record", async () => {
    await send(anna, { leadId: castLeads.flowers.id, premisesIds: ["501"] });
    const history = await loadFacts(as(admin));
    expect(history.leads.map(({ leadId }) => leadId)).toContain(castLeads.flowers.id);
    expect(history.snapshotDay).toBeLessThan(dayOfDate(today));
  });
});

describe("the firm", () => {
  const named = { name: "Берег", phone: null, email: null, requisites: null, accent: "#0f7a53" };

  test("is named by an administrator", async () => {
    for (const actor of [anna, owner])
      expect((await refusal(changeSetting(as(actor), { name: "firm", value: named }))).code).toBe("forbidden");
    await changeSetting(as(admin), { name: "firm", value: named });
    expect(await readSetting(as(anna), "firm")).toEqual(named);
  });

  test("has a colour that can be read on white, and blank lines count as not stated", () => {
    expect(firm.safeParse({ ...named, accent: "#ffee55" }).success).toBe(false);
    expect(firm.parse({ ...named, phone: "  ", email: "", accent: "#3156BB" })).toEqual({
      ...named,
      accent: "#3156bb",
    });
  });
});
