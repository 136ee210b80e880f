import { expect, test } from "./test.ts";

test.describe.configure({ mode: "serial", timeout: 240_000 });

/** A training on the small market takes a minute at most; a busy machine gets more. */
const trainedWithin = { timeout: 200_000 };

test("an administrator trains, watches it in two tabs, cancels, and trains again to a candidate", async ({
  page,
  login,
  look,
}) => {
  await login("admin");
  await page.goto("/leads");
  await page.getByRole("navigation", { name: "Главное меню" }).getByRole("link", { name: "Управление" }).click();
  await page.getByRole("navigation", { name: "Управление" }).getByRole("link", { name: "Обучение" }).click();
  await expect(page).toHaveURL(/\/admin\/trainings$/);
  const start = page.getByRole("button", { name: "Обучить модель" });
  const cancel = page.getByRole("button", { name: "Отменить", exact: true });
  const bar = page.getByRole("progressbar");
  const log = page.getByRole("list", { name: /Журнал обучения/ });
  await expect(page.getByText(/По расписанию: 01\./)).toBeVisible();

  await start.click();
  await expect(bar).toBeVisible();
  await expect(log.getByText("Читает записи рынка")).toBeVisible();
  const active = await look.sql`select model_id from model_aliases`;

  // What runs is the database's, not the tab's.
  await page.reload();
  await expect(bar).toBeVisible();
  const other = await page.context().newPage();
  await other.goto("/admin/trainings");
  await expect(other.getByRole("progressbar")).toBeVisible();

  await cancel.click();
  await page.getByRole("button", { name: "Отменить обучение" }).click();
  await expect(start).toBeVisible();
  await expect(other.getByRole("button", { name: "Обучить модель" })).toBeVisible();
  await other.close();
  await expect(page.getByRole("listitem").filter({ hasText: "отменено" }).first()).toBeVisible();

  await start.click();
  await expect(bar).toBeVisible();
  await expect(page.getByText(/осталось/)).toBeVisible();
  await expect.poll(async () => Number(await bar.getAttribute("aria-valuenow")), trainedWithin).toBeGreaterThan(10);
  await expect(log.getByText("Учится, что подходит")).toBeVisible(trainedWithin);
  await expect(start).toBeVisible(trainedWithin);
  const done = page.getByRole("listitem").filter({ hasText: "готово" }).first();
  await expect(done.getByRole("link", { name: /Модель \d+/ })).toBeVisible();
  expect(await look.sql`select model_id from model_aliases`).toEqual(active);
});

test("whoever comes second is told of the training under way and sees it", async ({ page, login, browser }) => {
  await login("admin");
  const second = await browser.newContext({ storageState: await page.context().storageState() });
  const other = await second.newPage();
  await page.goto("/admin/trainings");
  await other.goto("/admin/trainings");
  // The second page has not heard of the first one's click when it asks, too.
  await other.route("**/api/trpc/trainings.show*", (route) => route.abort());
  await page.getByRole("button", { name: "Обучить модель" }).click();
  await expect(page.getByRole("progressbar")).toBeVisible();
  await other.getByRole("button", { name: "Обучить модель" }).click();
  await expect(other.getByText(/Обучение \d+ \(\d+ %\) уже идёт/)).toBeVisible();
  await other.unroute("**/api/trpc/trainings.show*");
  await expect(other.getByRole("progressbar")).toBeVisible({ timeout: 30_000 });
  await other.getByRole("button", { name: "Отменить", exact: true }).click();
  await other.getByRole("button", { name: "Отменить обучение" }).click();
  await expect(page.getByRole("button", { name: "Обучить модель" })).toBeVisible();
  await second.close();
});

test("an owner looks and has no button; to a manager there is no such page", async ({ page, login }) => {
  await login("owner");
  await page.goto("/admin/trainings");
  await expect(page.getByText("Запускает обучение администратор.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Обучить модель" })).toBeHidden();
});

test.describe("a manager", () => {
  // A page that is not there is a 404, which the browser writes into the console by itself.
  test.use({ complaints: async ({ page: _ }, use) => use([]) });

  test("finds no page of trainings and no way to one", async ({ page, login }) => {
    await login("manager");
    const answer = await page.goto("/admin/trainings");
    expect(answer!.status()).toBe(404);
    await page.goto("/leads");
    await expect(page.getByRole("link", { name: "Управление" })).toHaveCount(0);
  });
});
