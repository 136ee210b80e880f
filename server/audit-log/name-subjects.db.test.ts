import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { apiKeys, marks, pilots, proposals, users } from "#/db/schema/index.ts";
import { castLeads, castManagers, castPremises, insertCast } from "#/db/testing/cast.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import { insertModel } from "../testing/insert-model.ts";
import { insertSentProposal } from "../testing/insert-sent-proposal.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { nameSubjects } from "./name-subjects.ts";

const database = useTestDatabase();
const { coffee, flowers } = castLeads;
const [markId, pilotId, draftId] = [randomUUID(), randomUUID(), randomUUID()];
let sentId: string;

beforeAll(async () => {
  const { db } = database.connection;
  await insertCast(db);
  await db.insert(users).values({ id: 7, email: "ada@example.test", name: "Ада Ким", role: "admin" });
  await db.insert(apiKeys).values({ id: 3, name: "CRM", prefix: "ost_a", secretSha256: "s", scopes: [] });
  const seen = { leadId: coffee.id, premisesId: castPremises.corner.id, managerId: castManagers.anna.id };
  await db.insert(marks).values({ id: markId, ...seen, mark: "wrongly_kept", asOf: "2026-09-10", createdBy: "user:7" });
  await db.insert(proposals).values({ id: draftId, leadId: flowers.id, createdBy: "user:7" });
  sentId = await insertSentProposal(db, { leadId: coffee.id, sentOn: "2026-09-10", number: 12, offers: [] });
  const drawn = { seed: 1, pool: [], threshold: 0.5, thresholdBasis: {}, openedBy: "user:7", openedAt: new Date() };
  await db.insert(pilots).values({ id: pilotId, weekOn: "2026-08-31", modelId: await insertModel(db), ...drawn });
});

test("what a line of the log is about is called as people call it", async () => {
  const bare = { lead: null, premisesId: null };
  const ofCoffee = { leadId: coffee.id, brand: "Ёлка Кофе" };
  const names = await nameSubjects(testCtx(database.connection), [
    ...["user:7", "key:3", `lead:${coffee.id}`, `lead:${flowers.id}`, `pilot:${pilotId}`],
    ...[`mark:${markId}`, `proposal:${sentId}`, `proposal:${draftId}`, `lead:${coffee.id}`],
  ]);
  expect(Object.fromEntries(names)).toEqual({
    "user:7": { name: "Ада Ким", ...bare },
    "key:3": { name: "CRM", ...bare },
    [`lead:${coffee.id}`]: { name: "Ёлка Кофе", ...bare },
    [`lead:${flowers.id}`]: { name: null, ...bare },
    [`pilot:${pilotId}`]: { name: "2026-08-31", ...bare },
    [`mark:${markId}`]: { name: "Угол у метро", lead: ofCoffee, premisesId: castPremises.corner.id },
    [`proposal:${sentId}`]: { name: "2026-0012", lead: ofCoffee, premisesId: null },
    [`proposal:${draftId}`]: { name: null, lead: { leadId: flowers.id, brand: null }, premisesId: null },
  });
});

test("what is no key of ours, or is gone, has no name and stops nothing", async () => {
  const subjects = ["user:8", "key:x", "mark:a", "proposal:'", "pilot:", "lead:", "model:1", "match_runs", "", ":"];
  expect(await nameSubjects(testCtx(database.connection), subjects)).toEqual(new Map());
});
