import type { Page } from "@playwright/test";
import { call, expect, signIn, test } from "./test.ts";

test.describe.configure({ mode: "serial", timeout: 300_000 });

/** A training on the small market takes a minute at most; a busy machine gets more. */
const trainedWithin = { timeout: 240_000, intervals: [1000] };

const active = (page: Page) =>
  call<{ alias: { modelId: number; version: number } }>(page, "models.list", undefined, "query").then(
    ({ alias }) => alias,
  );

/** A candidate of an earlier day than the active model's, so that the two do not agree on everything. */
async function trainCandidate(page: Page): Promise<number> {
  const { models } = await call<{ models: { asOf: string }[] }>(page, "models.list", undefined, "query");
  const day = new Date(models.at(-1)!.asOf);
  day.setUTCDate(day.getUTCDate() - 200);
  const asOf = day.toISOString().slice(0, 10);
  const asked = await call<{ trainingId: number }>(page, "trainings.request", { asOf }, "mutation");
  let modelId: number | null = null;
  await expect
    .poll(async () => {
      const shown = await call<{ past: { trainingId: number; modelId: number | null; status: string }[] }>(
        page,
        "trainings.show",
        undefined,
        "query",
      );
      const over = shown.past.find(({ trainingId }) => trainingId === asked.trainingId);
      modelId = over?.modelId ?? null;
      return over?.status;
    }, trainedWithin)
    .toBe("done");
  return modelId!;
}

test.describe("a manager", () => {
  // A page that is not there is a 404, which the browser writes into the console by itself.
  test.use({ complaints: async ({ page: _ }, use) => use([]) });

  test("finds no versions, no report and no way to either", async ({ page, login }) => {
    await login("manager");
    for (const path of ["/admin/models", "/admin/models/1"]) {
      const answer = await page.goto(path);
      expect(answer!.status()).toBe(404);
    }
    expect((await page.request.get("/api/models/1/report")).status()).toBe(403);
    expect((await page.request.get("/api/trpc/models.list")).status()).toBe(403);
  });
});

test("a candidate against which something speaks goes live by a reason, and comes back by one press", async ({
  page,
  login,
  look,
  lead,
  browser,
}) => {
  await login("admin");
  const before = await active(page);
  const modelId = await trainCandidate(page);
  await call(page, "settings.change", { name: "pilotRequired", value: true }, "mutation");

  await page.goto("/admin/trainings");
  await page.getByRole("link", { name: "Версии", exact: true }).click();
  const card = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: `Модель ${modelId}` }) });
  await expect(card.getByText("кандидат")).toBeVisible();
  await expect(card.getByText(/проверка не пройдена: \d+ причин/)).toBeVisible();
  await card.getByRole("link", { name: `Модель ${modelId}` }).click();
  await expect(page.getByRole("heading", { level: 1, name: `Модель ${modelId}` })).toBeVisible();

  // Beside the active one: the address says with which.
  await page.getByRole("combobox", { name: "С какой версией" }).click();
  await page.getByRole("option", { name: `Модель ${before.modelId} · действующая` }).click();
  await expect(page).toHaveURL(new RegExp(`with=${before.modelId}$`));
  await expect(page.getByRole("columnheader", { name: `Модель ${before.modelId}` }).first()).toBeVisible();
  await expect(page.getByRole("rowheader", { name: "sha256" })).toBeVisible();

  await page.getByRole("button", { name: "Включить", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText(/пилот/i)).toBeVisible();
  const goOn = dialog.getByRole("button", { name: "Включить вопреки проверке" });
  await expect(goOn).toBeDisabled();
  await dialog.getByRole("textbox", { name: "Почему всё равно включить" }).fill("Проверяем на неделе показа");
  await goOn.click();
  await expect(page.getByText("действующая", { exact: true })).toBeVisible();
  await expect(page.getByText("Вопреки проверке: Проверяем на неделе показа")).toBeVisible();
  expect((await active(page)).modelId).toBe(modelId);
  const [line] = await look.sql<{ detail: Record<string, unknown> }[]>`
    select detail from audit_log where action = 'model:promote' order by id desc limit 1`;
  expect(line!.detail).toMatchObject({ kind: "promote", override: "Проверяем на неделе показа" });

  // The lead's manager is told on his next board, once.
  const own = await browser.newContext();
  const board = await own.newPage();
  await signIn(board, "manager");
  await board.goto(`/leads/${lead.id}`);
  const notice = board.getByRole("complementary", { name: "Модель обновлена" });
  await expect(notice).toContainText(`Модель обновлена: ${before.modelId} → ${modelId}`);
  await expect(notice).toContainText(/вердикт/);
  await notice.getByRole("button", { name: "Понятно" }).click();
  await expect(notice).toBeHidden();
  await expect
    .poll(
      () => look.sql<{ n: number }[]>`select count(*)::int as n from user_preferences where seen_model_id = ${modelId}`,
    )
    .toEqual([{ n: 1 }]);
  await board.reload();
  await expect(board.getByText(`Модель ${modelId} от`)).toBeVisible();
  await expect(notice).toBeHidden();

  await page.getByRole("button", { name: "Вернуть прежнюю" }).click();
  await expect(page.getByText(`Откат с модели ${modelId} к модели ${before.modelId}`)).toBeVisible();
  expect((await active(page)).modelId).toBe(before.modelId);
  await board.reload();
  await expect(notice).toContainText(`Модель обновлена: ${modelId} → ${before.modelId}`);
  await notice.getByRole("button", { name: "Понятно" }).click();
  await expect
    .poll(
      () =>
        look.sql<
          { n: number }[]
        >`select count(*)::int as n from user_preferences where seen_model_id = ${before.modelId}`,
    )
    .toEqual([{ n: 1 }]);
  await own.close();
  await call(page, "settings.change", { name: "pilotRequired", value: false }, "mutation");
});

test("who decides by an old look is told so and sees how it stands", async ({ page, login, browser, complaints }) => {
  await login("admin");
  const { models, alias } = await call<{
    models: { modelId: number }[];
    alias: { modelId: number; version: number };
  }>(page, "models.list", undefined, "query");
  const other = models.find(({ modelId }) => modelId !== alias.modelId)!.modelId;
  await page.goto("/admin/models");
  const roll = page.getByRole("button", { name: /^Откатить к модели/ });
  await call(page, "models.promote", { modelId: other, override: "a test answers for it" }, "mutation");
  await page.reload();
  await expect(roll).toHaveText(`Откатить к модели ${alias.modelId}`);
  await roll.click();

  const second = await browser.newContext();
  const elsewhere = await second.newPage();
  await signIn(elsewhere, "admin");
  await call(elsewhere, "models.rollBack", {}, "mutation");
  await second.close();

  await page.getByRole("dialog").getByRole("button", { name: "Откатить", exact: true }).click();
  await expect(page.getByText(/только что сменил кто-то другой/)).toBeVisible();
  expect((await active(page)).modelId).toBe(alias.modelId);
  await expect(page.getByRole("listitem").filter({ hasText: "действующая" })).toContainText(`Модель ${alias.modelId}`);
  // The browser notes a refusal.
  expect(complaints.every((one) => one.includes("409"))).toBe(true);
  complaints.length = 0;
});

test("an owner looks, reads the report as a page, and has no button", async ({ page, login }) => {
  await login("owner");
  const { modelId } = await active(page);
  await page.goto(`/admin/models/${modelId}`);
  await expect(page.getByRole("heading", { level: 1, name: `Модель ${modelId}` })).toBeVisible();
  await expect(page.getByRole("button", { name: /Включить|Откатить/ })).toHaveCount(0);
  const [report] = await Promise.all([
    page.waitForEvent("popup"),
    page.getByRole("link", { name: "Полный отчёт" }).click(),
  ]);
  await expect(report.getByRole("heading", { level: 1 })).toHaveText(new RegExp(`^Модель ${modelId}: `));
});
