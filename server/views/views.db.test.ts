import { beforeAll, describe, expect, test } from "vitest";
import { users } from "#/db/schema/users.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import type { Actor } from "../context.ts";
import { changeSetting } from "../settings/change-setting.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { deleteView } from "./delete-view.ts";
import { listViews } from "./list-views.ts";
import { saveView, saveViewInput } from "./save-view.ts";

const database = useTestDatabase();
const anna: Actor = { kind: "user", userId: 1, name: "Анна", role: "manager", managerId: null };
const admin: Actor = { kind: "user", userId: 2, name: "Админ", role: "admin", managerId: null };
const as = (actor: Actor) => testCtx(database.connection, actor);
const save = (actor: Actor, view: object) => saveView(as(actor), saveViewInput.parse(view));

beforeAll(async () => {
  await database.connection.db.insert(users).values(
    [anna, admin].map((actor) => ({
      id: actor.userId,
      email: `${actor.userId}@example.test`,
      name: actor.name,
      role: actor.role,
      passwordHash: "none",
    })),
  );
});

describe("views", () => {
  test("are one's own: another neither sees nor deletes them", async () => {
    const { viewId } = await save(anna, { name: "Кофе в центре", filters: { q: "кофе", district: "Центральный" } });
    expect((await listViews(as(anna))).views).toMatchObject([
      { viewId, name: "Кофе в центре", filters: { q: "кофе", district: "Центральный", sort: "newest" } },
    ]);
    expect((await listViews(as(admin))).views).toEqual([]);
    await expect(deleteView(as(admin), { viewId })).rejects.toMatchObject({ code: "not_found" });
    await deleteView(as(anna), { viewId });
    await expect(deleteView(as(anna), { viewId })).rejects.toMatchObject({ code: "not_found" });
    await expect(listViews(testCtx(database.connection))).rejects.toMatchObject({ code: "forbidden" });
  });

  test("a name in any case is one view, saved anew; two at once do not make two", async () => {
    const [first, second] = await Promise.all([
      save(anna, { name: "новые", filters: { seen: "unseen" } }),
      save(anna, { name: "  Новые ", filters: { seen: "unseen", whose: "mine" } }),
    ]);
    expect(first.viewId).toBe(second.viewId);
    expect((await listViews(as(anna))).views).toHaveLength(1);
  });

  test("filters that are none are refused", () => {
    for (const filters of [{ fill: "much" }, { from: "31.12.2025" }, { managerId: "1" }, { q: "я".repeat(201) }])
      expect(saveViewInput.safeParse({ name: "x", filters }).success).toBe(false);
  });

  test("the start is one's own, else the role's, else none", async () => {
    expect((await listViews(as(anna))).start).toBeNull();
    await changeSetting(as(admin), { name: "startViewOfManager", value: { whose: "mine", sort: "newest" } });
    expect((await listViews(as(anna))).start).toEqual({ whose: "mine", sort: "newest" });
    expect((await listViews(as(admin))).start).toBeNull();
    await save(anna, { name: "один", filters: { fill: "none" }, isStart: true });
    await save(anna, { name: "другой", filters: { fill: "full" }, isStart: true });
    const { views, start } = await listViews(as(anna));
    expect(start).toMatchObject({ fill: "full" });
    expect(views.filter(({ isStart }) => isStart)).toHaveLength(1);
  });
});
