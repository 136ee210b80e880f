import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { leads, models, modelThresholds, userPreferences, users } from "#/db/schema/index.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import type { Ctx } from "../context.ts";
import { promoteModel } from "../models/promote-model.ts";
import { rollBackModel } from "../models/roll-back-model.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { useTestHome } from "../testing/test-home.ts";
import { smallMarket, trainOn } from "../testing/train-small-market.ts";
import { savePreferences } from "../users/preferences.ts";
import { seeModel } from "../users/see-model.ts";
import { matchLead } from "./match-lead.ts";
import { tellModelChange } from "./tell-model-change.ts";

const database = useTestDatabase();
const home = useTestHome();
const override = "a test answers for it";
const market = smallMarket(6);
const offers = market.history().offers.slice(-60);
const [anna, boris] = [...new Set(offers.map((offer) => offer.managerId!))] as [string, string];
const leadId = offers.at(-1)!.leadId;
let cli: Ctx;
let first: number;
let second: number;

const as = (userId: number, managerId: string): Ctx => ({
  ...cli,
  actor: { kind: "user", userId, name: "x", role: "manager", managerId },
});
const annaCtx = () => as(1, anna);

beforeAll(async () => {
  cli = testCtx(database.connection, undefined, { home: home.path });
  ({ modelId: first } = await trainOn(cli, market));
  const person = { role: "manager" as const, passwordHash: "none", createdAt: new Date("2020-01-01") };
  await cli.db.insert(users).values([
    { id: 1, email: "anna@example.test", name: "Анна", managerId: anna, ...person },
    { id: 2, email: "boris@example.test", name: "Борис", managerId: boris, ...person },
  ]);
  await cli.db.update(leads).set({ managerId: anna }).where(eq(leads.id, leadId));
  const { id: _, ...copy } = (await cli.db.select().from(models))[0]!;
  [second] = (await cli.db.insert(models).values(copy).returning({ id: models.id })).map(({ id }) => id) as [number];
  // The same trees with a threshold of its own: the two disagree on what lies between.
  await cli.db.insert(modelThresholds).values({
    ...{ modelId: second, threshold: 0.5, reviewsSha256: "0".repeat(64), by: "test", at: new Date() },
    basis: { n: 60, source: "reviewed", alpha: 0.2 },
  });
}, 120_000);

test("another's lead is not there, whatever changed", async () => {
  await expect(tellModelChange(as(2, boris), { leadId })).rejects.toMatchObject({ code: "not_found" });
});

test("the first model is no change, and neither is none", async () => {
  expect(await tellModelChange(annaCtx(), { leadId })).toBeNull();
  await promoteModel(cli, { modelId: first, override });
  expect(await tellModelChange(annaCtx(), { leadId })).toBeNull();
});

test("tells both models and exactly the premises on which they disagree", async () => {
  const keptOf = async () => {
    const { ranking } = await matchLead(cli, { leadId, withTaste: false });
    return new Set(ranking.premises.filter(({ verdict }) => verdict === "keep").map(({ premisesId }) => premisesId));
  };
  const before = await keptOf();
  await promoteModel(cli, { modelId: second, override });
  const after = await keptOf();
  const change = await tellModelChange(annaCtx(), { leadId });
  expect(change).toMatchObject({ fromModelId: first, toModelId: second });
  const { kept, removed } = change!.verdicts!;
  expect(kept.toSorted()).toEqual([...after].filter((id) => !before.has(id)).toSorted());
  expect(removed.toSorted()).toEqual([...before].filter((id) => !after.has(id)).toSorted());
  expect(kept.length + removed.length).toBeGreaterThan(0);
});

test("who has read it is not told again, others are; going back is a change of its own", async () => {
  await savePreferences(annaCtx(), { theme: "dark" });
  await seeModel(annaCtx(), { modelId: second });
  expect(await tellModelChange(annaCtx(), { leadId })).toBeNull();
  const [kept] = await cli.db.select().from(userPreferences).where(eq(userPreferences.userId, 1));
  expect(kept).toMatchObject({ theme: "dark", seenModelId: second });
  const borisLead = { leadId: offers.find((offer) => offer.leadId !== leadId)!.leadId };
  await cli.db.update(leads).set({ managerId: boris }).where(eq(leads.id, borisLead.leadId));
  expect(await tellModelChange(as(2, boris), borisLead)).toMatchObject({ toModelId: second });
  await rollBackModel(cli);
  expect(await tellModelChange(annaCtx(), { leadId })).toMatchObject({ fromModelId: second, toModelId: first });
  await promoteModel(cli, { modelId: second, override });
  expect(await tellModelChange(annaCtx(), { leadId })).toBeNull();
  await expect(seeModel(annaCtx(), { modelId: 999_999 })).rejects.toMatchObject({ code: "not_found" });
});

test("who came after the swap knew no other model", async () => {
  const person = { email: "new@example.test", name: "Новый", role: "manager" as const, passwordHash: "none" };
  await cli.db.insert(users).values({ id: 3, managerId: anna, createdAt: new Date("2999-01-01"), ...person });
  expect(await tellModelChange(as(3, anna), { leadId })).toBeNull();
});

test("where one of the two cannot be opened the change is told, and what it did is left untold", async () => {
  await cli.db
    .update(models)
    .set({ artifactSha256: "0".repeat(64) })
    .where(eq(models.id, first));
  await seeModel(annaCtx(), { modelId: first });
  expect(await tellModelChange(annaCtx(), { leadId })).toEqual({
    ...{ fromModelId: first, toModelId: second, verdicts: null },
  });
});
