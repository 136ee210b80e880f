import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { auditLog, modelPromotions, models, users } from "#/db/schema/index.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import type { Ctx } from "../context.ts";
import type { Role } from "../permissions.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { useTestHome } from "../testing/test-home.ts";
import { smallMarket, trainOn } from "../testing/train-small-market.ts";
import { compareModels } from "./compare-models.ts";
import { promoteModel } from "./promote-model.ts";
import { rollBackModel } from "./roll-back-model.ts";
import { showModel } from "./show-model.ts";
import { showRegistry } from "./show-registry.ts";

const database = useTestDatabase();
const home = useTestHome();
const userIds: Record<Role, number> = { manager: 1, owner: 2, admin: 3 };
const override = "a test answers for it";
let cli: Ctx;
let first: number;
let second: number;
/** Of another build: its report is in another form. */
let foreign: number;

const as = (role: Role): Ctx => ({
  ...cli,
  actor: { kind: "user", userId: userIds[role], name: role, role, managerId: null },
});

beforeAll(async () => {
  cli = testCtx(database.connection, undefined, { home: home.path });
  await cli.db.insert(users).values(
    Object.entries(userIds).map(([role, id]) => ({
      ...{ id, email: `${role}@example.test`, name: `Имя ${role}` },
      ...{ role: role as Role, passwordHash: "none" },
    })),
  );
  await trainOn(cli, smallMarket());
  const [row] = await cli.db.select().from(models);
  const { id, ...copy } = row!;
  first = id;
  const parameters = { ...copy.parameters, maxDepth: 99 };
  const more = await cli.db
    .insert(models)
    .values([
      { ...copy, createdBy: "user:3", parameters, seed: (copy.seed ?? 0) + 1 },
      { ...copy, report: { rankers: [] } },
    ])
    .returning({ id: models.id });
  [second, foreign] = more.map((model) => model.id) as [number, number];
}, 120_000);

test("a manager sees none of it", async () => {
  const refused = { code: "forbidden" };
  await expect(showRegistry(as("manager"))).rejects.toMatchObject(refused);
  await expect(showModel(as("manager"), { modelId: first })).rejects.toMatchObject(refused);
  await expect(compareModels(as("manager"), { modelId: first, withId: second })).rejects.toMatchObject(refused);
});

test("the list tells each version's figures, who made it, and what the gate says in the reader's language", async () => {
  const { alias, mayPromote, models: rows } = await showRegistry({ ...as("owner"), locale: "en" });
  expect(alias).toEqual({ modelId: null, version: 0, rollbackTo: null });
  expect(mayPromote).toBe(false);
  expect(rows.map(({ modelId }) => modelId)).toEqual([foreign, second, first]);
  expect(rows[1]).toMatchObject({ createdByName: "Имя admin", status: "candidate" });
  expect(rows[2]).toMatchObject({ createdBy: "system:cli", createdByName: null });
  const { figures, verdict, trainingRows } = rows[2]!;
  const [model] = await cli.db.select().from(models).where(eq(models.id, first));
  const report = model!.report as { rankers: { aucWithinLead: unknown }[]; rows: { training: number } };
  expect(figures?.aucWithinLead).toEqual(report.rankers[0]!.aucWithinLead);
  expect(trainingRows).toBe(report.rows.training);
  expect(verdict!.ok).toBe(verdict!.reasons.length === 0);
  expect(verdict!.reasons.join()).not.toMatch(/[а-я]/i);
  expect(rows[0]).toMatchObject({ figures: null, verdict: null, trainingRows: null });
  expect((await showRegistry(as("admin"))).mayPromote).toBe(true);
});

test("what differs between two versions is told by its place, and nothing else", async () => {
  const { parameters, snapshot, libraries, sameLeads, one, other } = await compareModels(as("owner"), {
    modelId: second,
    withId: first,
  });
  expect(parameters.map(({ place }) => place)).toEqual(["maxDepth", "seed"]);
  expect(parameters[0]).toMatchObject({ one: "99" });
  expect([snapshot, libraries]).toEqual([[], []]);
  expect(sameLeads).toBe(true);
  expect(one.figures).toEqual(other.figures);
  const beside = await compareModels(as("owner"), { modelId: foreign, withId: first });
  expect(beside).toMatchObject({ sameLeads: false, one: { figures: null } });
  const missing = compareModels(as("owner"), { modelId: first, withId: 999_999 });
  await expect(missing).rejects.toMatchObject({ code: "not_found" });
});

test("a decision that rests on an old look is refused, and its repetition on a new one is not", async () => {
  expect(await promoteModel(as("admin"), { modelId: first, override, seenVersion: 0 })).toMatchObject({ ok: true });
  const late = promoteModel(as("admin"), { modelId: second, override, seenVersion: 0 });
  await expect(late).rejects.toMatchObject({ code: "conflict" });
  await expect(rollBackModel(as("admin"), { seenVersion: 0 })).rejects.toMatchObject({ code: "conflict" });
  const { alias } = await showModel(as("admin"), { modelId: second });
  expect(alias).toEqual({ modelId: first, version: 1, rollbackTo: null });
  expect(await promoteModel(as("admin"), { modelId: second, override, seenVersion: alias.version })).toMatchObject({
    ok: true,
    aliasVersion: 2,
  });
  expect((await showRegistry(as("owner"))).alias).toEqual({ modelId: second, version: 2, rollbackTo: first });
});

test("a version tells when it was active, by whom and against what; what it was made of stands there leaf by leaf", async () => {
  const view = await showModel(as("owner"), { modelId: second });
  expect(view.status).toBe("active");
  expect(view.promotions).toHaveLength(1);
  const [promotion] = await cli.db.select().from(modelPromotions).where(eq(modelPromotions.toModelId, second));
  expect(view.promotions[0]).toMatchObject({
    ...{ kind: "promote", fromModelId: first, toModelId: second, by: "user:3", byName: "Имя admin" },
    overrideReason: promotion!.overrideReason,
  });
  expect(view.parameters).toContainEqual({ place: "maxDepth", value: "99" });
  expect(view.snapshot.some(({ place }) => place === "sha256")).toBe(true);
  expect(Object.fromEntries(view.libraries.map(({ place, value }) => [place, value]))).toHaveProperty("xgboost");
  expect((await showModel(as("owner"), { modelId: first })).promotions).toHaveLength(2);
  const lines = await cli.db.select().from(auditLog).where(eq(auditLog.action, "model:promote"));
  expect(lines).toHaveLength(2);
  await expect(showModel(as("owner"), { modelId: 999_999 })).rejects.toMatchObject({ code: "not_found" });
});
