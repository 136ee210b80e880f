import { call, expect, test } from "./test.ts";

test("to a manager the page does not exist", async ({ page, login, complaints }) => {
  await login("manager");
  await page.goto("/admin/data");
  await expect(page.getByRole("heading", { name: "Такой страницы нет" })).toBeVisible();
  expect((await page.request.get("/api/trpc/data.checks")).status()).toBe(403);
  expect(complaints.every((one) => one.includes("404"))).toBe(true);
  complaints.length = 0;
});

test("a number opens its leads, a wish is filled in place, the number falls, and comes back when that is undone", async ({
  page,
  login,
  look,
}) => {
  await login("admin");
  const budgets = async () => {
    const { whole } = await call<{ whole: { field: string; filled: number }[] }>(
      page,
      "data.fill",
      { period: "year" },
      "query",
    );
    return whole.find(({ field }) => field === "budget")!.filled;
  };
  const before = await budgets();
  await page.goto("/admin/data");
  // The month with leads enough, of the row of budgets.
  const cell = page.getByRole("button", { name: /^бюджет, .*, заполнено у / }).last();
  const numbers = async () => {
    const [, filled, of] = (await cell.getAttribute("aria-label"))!.match(/у (\d+) из (\d+)$/)!;
    return { filled: Number(filled), of: Number(of) };
  };
  const then = await numbers();
  await cell.click();
  const rows = page.getByRole("dialog", { name: "Лиды, где пусто: бюджет" });
  const line = rows.locator("[data-lead]").first();
  const leadId = (await line.getAttribute("data-lead"))!;
  await line.getByRole("button", { name: "Заполнить" }).click();
  await line.getByRole("textbox", { name: "бюджет" }).fill("много");
  await line.getByRole("button", { name: "Записать" }).click();
  await expect(line.getByText(/Сумма не прочиталась/)).toBeVisible();
  await line.getByRole("textbox", { name: "бюджет" }).fill("150 тыс");
  await line.getByRole("button", { name: "Записать" }).click();
  await expect(rows.getByText(`Записано: бюджет, лид № ${leadId}.`)).toBeVisible();
  await expect(rows.locator(`[data-lead="${leadId}"]`)).toHaveCount(0);
  const [lead] = await look.sql<
    { budget: number }[]
  >`select budget_rub_month as budget from leads where id = ${leadId}`;
  expect(lead!.budget).toBe(150_000);
  await expect.poll(budgets).toBe(before + 1);
  await expect.poll(numbers).toEqual({ ...then, filled: then.filled + 1 });

  await rows.getByRole("button", { name: "Отменить" }).click();
  await expect(rows.locator(`[data-lead="${leadId}"]`)).toBeVisible();
  await expect.poll(budgets).toBe(before);
  await page.keyboard.press("Escape");
  await expect(rows).toBeHidden();
});

test("what looks wrong is told with its rows, where each is mended, and an owner only reads", async ({
  page,
  login,
}) => {
  await login("owner");
  await page.goto("/admin/data");
  await page.getByRole("button", { name: /^Сделки без лида или помещения/ }).click();
  const rows = page.getByRole("dialog", { name: /^Сделки без лида или помещения/ });
  await expect(rows.getByText(/Впишите в CRM лид и помещение сделки/)).toBeVisible();
  const found = rows.locator("[data-found]");
  await expect(found.first()).toContainText(/Сделка № \d+/);
  await expect(found.first()).toContainText(/помещение не указано|такого помещения нет|такого лида нет/);
  // A page is thirty; the next one goes on from there.
  const more = rows.getByRole("button", { name: "Показать ещё" });
  if (await more.isVisible()) {
    await more.click();
    await expect.poll(() => found.count()).toBeGreaterThan(30);
  }
  const keys = await found.evaluateAll((lines) => lines.map((line) => line.getAttribute("data-found")));
  expect(new Set(keys).size).toBe(keys.length);

  // The address is the state: it opens the same again, for whoever it is sent to.
  await page.goto("/admin/data?empty=area&period=quarter");
  const empty = page.getByRole("dialog", { name: "Лиды, где пусто: площадь" });
  await expect(empty.locator("[data-lead]").first()).toBeVisible();
  await expect(empty.getByText("Записать ответ может менеджер лида или администратор")).toBeVisible();
  await expect(empty.getByRole("button", { name: "Заполнить" })).toHaveCount(0);
});
