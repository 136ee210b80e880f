import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { desc, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { auditLog } from "#/db/schema/audit.ts";
import { leadAnswerEnds, leadAnswers, leads } from "#/db/schema/leads.ts";
import { castLeads, castManagers, insertCast } from "#/db/testing/cast.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import type { Actor, Ctx } from "../context.ts";
import { importFiles } from "../imports/import-files.ts";
import { loadFacts } from "../matching/load-facts.ts";
import { emptyMarket } from "../testing/empty-market.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { findLeads, findLeadsInput } from "./find-leads.ts";
import { getLead } from "./get-lead.ts";
import { giveAnswer } from "./give-answer.ts";
import type { Answer } from "./read-answer.ts";
import { withdrawAnswer } from "./withdraw-answer.ts";

const database = useTestDatabase();
const anna: Actor = { kind: "user", userId: 1, name: "Анна", role: "manager", managerId: castManagers.anna.id };
const boris: Actor = { ...anna, userId: 2, managerId: castManagers.boris.id };
const owner: Actor = { kind: "user", userId: 3, name: "Владелец", role: "owner", managerId: null };
const admin: Actor = { ...owner, userId: 4, role: "admin" };
const { coffee, pharmacy, flowers } = castLeads;
const as = (actor: Actor, at = "2026-11-23T05:00:00Z"): Ctx =>
  testCtx(database.connection, actor, { now: () => new Date(at) });
const say = (ctx: Ctx, leadId: string, answer: Answer) =>
  giveAnswer(ctx, { leadId, answer, idempotencyKey: randomUUID() });
const row = async (leadId: string) =>
  (await database.connection.db.select().from(leads).where(eq(leads.id, leadId)))[0]!;

beforeEach(async () => {
  await emptyMarket(testCtx(database.connection));
  await insertCast(database.connection.db);
});

/** Imports an export of leads whose one row says this. */
async function importLead(columns: Record<string, string>): Promise<{ changed: number; unchanged: number }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "ostap-answers-"));
  try {
    const file = path.join(folder, "leads.csv");
    await writeFile(file, `${Object.keys(columns).join(";")}\r\n${Object.values(columns).join(";")}\r\n`);
    const report = await importFiles(testCtx(database.connection), { files: [{ name: "leads.csv", path: file }] });
    const [counts] = report.files;
    expect(counts?.refusal).toBeNull();
    return { changed: counts!.changed, unchanged: counts!.unchanged };
  } finally {
    await rm(folder, { recursive: true });
  }
}

const crmFlowers = {
  ID: flowers.id,
  "Дата создания": "05.09.2026",
  "Чем занимается": "цветы",
  "Площадь от": "",
  "Площадь до": "",
  Бюджет: "",
};

describe("who may", () => {
  test("a foreign lead is not there; an unassigned one is not his; an owner does not ask", async () => {
    const budget: Answer = { field: "budget", text: "100 000" };
    await expect(say(as(boris), coffee.id, budget)).rejects.toMatchObject({ code: "not_found", place: "leadId" });
    await expect(say(as(anna), flowers.id, budget)).rejects.toMatchObject({ code: "forbidden", place: "leadId" });
    await expect(say(as(owner), coffee.id, budget)).rejects.toMatchObject({ code: "forbidden" });
    await say(as(anna), coffee.id, budget);
    const { answerId } = await say(as(admin), pharmacy.id, budget);
    await expect(withdrawAnswer(as(anna), { answerId })).rejects.toMatchObject({
      code: "not_found",
      place: "answerId",
    });
    expect((await getLead(as(anna), { leadId: coffee.id })).mayAnswer).toBe(true);
    expect((await getLead(as(anna), { leadId: flowers.id })).mayAnswer).toBe(false);
  });
});

describe("an answer", () => {
  test.each([
    [
      { field: "area", text: "60–120" },
      { areaFromSqm: 60, areaToSqm: 120 },
    ],
    [
      { field: "area", text: "от 45,5 м²" },
      { areaFromSqm: 45.5, areaToSqm: null },
    ],
    [
      { field: "area", text: "1\u00a0234" },
      { areaFromSqm: 1234, areaToSqm: 1234 },
    ],
    [{ field: "budget", text: "120\u00a0тыс" }, { budgetRubMonth: 120_000 }],
    [{ field: "budget", text: "1 234 567,50 ₽" }, { budgetRubMonth: 1_234_567.5 }],
    [{ field: "trades", words: ["кофейня", "кофейня", "пекарня"] }, { trades: ["кофейня", "пекарня"] }],
    [{ field: "bank", choice: "any" }, { bank: "any" }],
    [{ field: "network_size", choice: "chain" }, { networkSize: "chain" }],
  ] satisfies [Answer, object][])("%j is read as %j, and found where it came from", async (answer, wishes) => {
    const { answerId, lead } = await say(as(admin), flowers.id, answer);
    expect(lead).toMatchObject(wishes);
    expect(lead.answers).toMatchObject([{ answerId, field: answer.field, givenOn: "2026-11-23" }]);
    expect(await row(flowers.id)).toMatchObject(wishes);
    const [line] = await database.connection.db.select().from(auditLog).orderBy(desc(auditLog.id)).limit(1);
    expect(line).toMatchObject({ actor: "user:4", action: "answer:give", subject: `lead:${flowers.id}` });
  });

  test.each([
    { field: "area", text: "большая" },
    { field: "area", text: "120–60" },
    { field: "area", text: "-5" },
    { field: "area", text: "1e5" },
    { field: "budget", text: "50-80" },
    { field: "budget", text: "0" },
    { field: "budget", text: "2 000 000 000" },
  ] satisfies Answer[])("%j is refused and nothing is written", async (answer) => {
    await expect(say(as(admin), flowers.id, answer)).rejects.toMatchObject({ code: "invalid", place: "text" });
    expect(await database.connection.db.select().from(leadAnswers)).toEqual([]);
  });

  test("is found by its words and filters, and counts into the fill", async () => {
    const ids = async (input: object) =>
      (await findLeads(as(admin), findLeadsInput.parse(input))).leads.map(({ leadId }) => leadId);
    await say(as(admin), flowers.id, { field: "districts", words: ["Ленинский"] });
    expect(await ids({ query: "ленинский" })).toEqual([flowers.id, pharmacy.id]);
    expect(await ids({ district: "Ленинский" })).toEqual([flowers.id, pharmacy.id]);
    expect(await ids({ fill: "some" })).toEqual([flowers.id]);
    for (const answer of [
      { field: "area", text: "60" },
      { field: "budget", text: "90 000" },
      { field: "bank", choice: "left" },
    ] satisfies Answer[])
      await say(as(admin), flowers.id, answer);
    expect((await ids({ fill: "full" })).includes(flowers.id)).toBe(true);
  });

  test("sent twice is one; taken back, what was said before shows again", async () => {
    const key = randomUUID();
    const ctx = as(anna);
    const ask = { leadId: coffee.id, answer: { field: "budget", text: "150 000" } as const, idempotencyKey: key };
    const [first, second] = await Promise.all([giveAnswer(ctx, ask), giveAnswer(ctx, ask)]);
    expect(second.answerId).toBe(first.answerId);
    expect(await database.connection.db.select().from(leadAnswers)).toHaveLength(1);
    const later = await say(as(anna, "2026-11-23T06:00:00Z"), coffee.id, { field: "budget", text: "170 000" });
    expect(later.lead).toMatchObject({ budgetRubMonth: 170_000, answers: [{ crm: { budgetRubMonth: 120_000 } }] });
    expect((await withdrawAnswer(ctx, { answerId: later.answerId })).lead.budgetRubMonth).toBe(150_000);
    expect((await withdrawAnswer(ctx, { answerId: later.answerId })).lead.budgetRubMonth).toBe(150_000);
    expect((await withdrawAnswer(ctx, { answerId: first.answerId })).lead).toMatchObject({
      budgetRubMonth: coffee.budgetRubMonth,
      answers: [],
    });
    expect(await row(coffee.id)).toMatchObject({ searchText: coffee.searchText });
    const lines = await database.connection.db.select().from(auditLog).orderBy(desc(auditLog.id)).limit(4);
    // The third of the withdrawals found nothing to take back.
    expect(lines.map(({ action }) => action)).toEqual([
      "answer:withdraw",
      "answer:withdraw",
      "answer:give",
      "answer:give",
    ]);
  });
});

describe("an import", () => {
  test("that says nothing of the wish leaves the answer, and counts nothing as changed", async () => {
    await importLead(crmFlowers);
    await say(as(admin), flowers.id, { field: "area", text: "60–120" });
    await say(as(admin), flowers.id, { field: "districts", words: ["Ленинский"] });
    expect(await importLead(crmFlowers)).toEqual({ changed: 0, unchanged: 1 });
    expect(await row(flowers.id)).toMatchObject({ areaFromSqm: 60, areaToSqm: 120, districts: ["Ленинский"] });
    expect((await row(flowers.id)).searchText).toContain("ленинский");
  });

  test("that says another thing than it said wins, by the date it came", async () => {
    await say(as(admin), flowers.id, { field: "area", text: "60–120" });
    await say(as(admin), flowers.id, { field: "budget", text: "90 000" });
    await importLead({ ...crmFlowers, "Площадь от": "200" });
    expect(await row(flowers.id)).toMatchObject({ areaFromSqm: 200, areaToSqm: null, budgetRubMonth: 90_000 });
    expect(await database.connection.db.select().from(leadAnswerEnds)).toMatchObject([{ why: "overtaken" }]);
    const { lead } = await say(as(admin), flowers.id, { field: "area", text: "80" });
    expect(lead.answers.find(({ field }) => field === "area")?.crm).toEqual({ areaFromSqm: 200, areaToSqm: null });
  });

  test("that repeats what the CRM said when the lead was asked changes nothing; one that empties it leaves the answer", async () => {
    await importLead({ ...crmFlowers, Бюджет: "80 000" });
    await say(as(admin), flowers.id, { field: "budget", text: "95 000" });
    await importLead({ ...crmFlowers, Бюджет: "80 000" });
    expect(await row(flowers.id)).toMatchObject({ budgetRubMonth: 95_000 });
    await importLead(crmFlowers);
    const lead = await getLead(as(admin), { leadId: flowers.id });
    expect(lead).toMatchObject({ budgetRubMonth: 95_000, answers: [{ crm: { budgetRubMonth: null } }] });
  });
});

describe("as of a past day", () => {
  test("a lead knows what it had answered by then, and so does the history that models learn from", async () => {
    const { answerId } = await say(as(anna, "2026-10-05T05:00:00Z"), coffee.id, { field: "budget", text: "150 000" });
    await say(as(anna, "2026-10-20T05:00:00Z"), coffee.id, { field: "budget", text: "170 000" });
    await withdrawAnswer(as(anna, "2026-11-01T05:00:00Z"), { answerId });
    const budgetOn = async (day: string) => (await getLead(as(anna), { leadId: coffee.id }, day)).budgetRubMonth;
    expect(await budgetOn("2026-10-04")).toBe(120_000);
    expect(await budgetOn("2026-10-05")).toBe(150_000);
    expect(await budgetOn("2026-10-31")).toBe(170_000);
    expect(await budgetOn("2026-11-23")).toBe(170_000);

    const budgets = ({ leads: now, leadsBefore = [] }: Awaited<ReturnType<typeof loadFacts>>) => ({
      now: now.find(({ leadId }) => leadId === coffee.id)?.budgetRubMonth,
      before: leadsBefore.map(({ lead }) => lead.budgetRubMonth),
    });
    expect(budgets(await loadFacts(as(admin)))).toEqual({ now: 170_000, before: [120_000, 150_000, 170_000] });
    expect(budgets(await loadFacts(as(admin), { asOf: "2026-10-10" }))).toEqual({ now: 150_000, before: [120_000] });
    expect(budgets(await loadFacts(as(admin), { asOf: "2026-10-04" }))).toEqual({ now: 120_000, before: [] });
  });
});
