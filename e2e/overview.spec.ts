import { randomUUID } from "node:crypto";
import { call, expect, signIn, test } from "./test.ts";

test("the owner sees at a glance whether it works, follows a figure with what it is narrowed to, and finds a mark of just now counted", async ({
  page,
  login,
  lead,
  browser,
}) => {
  await login("owner");
  await page.goto("/admin");
  await expect(page).toHaveURL(/\/admin\/overview$/);
  await expect(page.getByRole("heading", { level: 1, name: "Обзор" })).toBeVisible();
  const toDo = page.getByRole("region", { name: "Что сделать сегодня" });
  await expect(toDo.getByRole("listitem").first().or(toDo.getByText("Сегодня ничего не ждёт"))).toBeVisible();
  const model = page.getByRole("region", { name: "Модель", exact: true });
  await expect(model.getByText(/Модель \d+ знает рынок/)).toBeVisible();
  await expect(
    page.getByRole("region", { name: "Данные", exact: true }).getByText(/Загружены|Загружаются/),
  ).toBeVisible();

  // A manager marks a removed premises of a board that is his.
  const other = await (await browser.newContext()).newPage();
  await signIn(other, "manager");
  const { runId, items } = await call<{ runId: string; items: { premisesId: string; decision: string }[] }>(
    other,
    "matching.board",
    { leadId: lead.id },
    "query",
  );
  const removed = items.findLast(({ decision }) => decision === "remove")!;
  const figures = () =>
    call<{ all: { wronglyRemoved: number; lossless: { hits: number; of: number } } | null }>(
      page,
      "reports.marksByWeek",
      { period: "month" },
      "query",
    );
  const before = (await figures()).all;
  const [mark] = await call<{ markId: string }[]>(
    other,
    "feedback.markMany",
    {
      ...{ leadId: lead.id, runId, idempotencyKey: randomUUID() },
      marks: [{ premisesId: removed.premisesId, mark: "wrongly_removed" }],
    },
    "mutation",
  );
  try {
    const after = (await figures()).all!;
    expect(after.wronglyRemoved).toBe((before?.wronglyRemoved ?? 0) + 1);

    await page.getByText("4 недели").click();
    await expect(page).toHaveURL(/period=month/);
    await page.getByRole("link", { name: "Полнота" }).click();
    await expect(page).toHaveURL(/\/admin\/quality\?period=month$/);
    await expect(page.getByRole("heading", { level: 1, name: "Качество" })).toBeVisible();
    await expect(page.getByRole("radio", { name: "4 недели" })).toBeChecked();

    const byMarks = page.getByRole("region", { name: "По отметкам менеджеров" });
    await expect(byMarks.getByText(`убрано зря ${after.wronglyRemoved},`)).toBeVisible();
    await expect(byMarks.locator(".recharts-surface")).toBeVisible();
    await byMarks.getByText("Таблицей").click();
    await expect(byMarks.getByRole("row").nth(1)).toBeVisible();
    await expect(
      page.getByRole("region", { name: "Сколько убирается и почему" }).getByText(/обычно убрано/),
    ).toBeVisible();
    await expect(
      page.getByRole("region", { name: "Обещанный шанс и что вышло" }).locator(".recharts-line"),
    ).toBeAttached();

    // The mistake has its card, and the card its board of that day.
    const mistakes = page.getByRole("region", { name: "Худшие ошибки" });
    const card = mistakes
      .getByRole("listitem")
      .filter({ has: page.locator(`a[href="/premises/${removed.premisesId}"]`) });
    await card.filter({ hasText: "отметка" }).getByRole("link", { name: lead.brand }).click();
    await expect(page).toHaveURL(new RegExp(`/leads/${lead.id}\\?asOf=\\d{4}-\\d{2}-\\d{2}`));
    await expect(page.locator("article").first()).toBeVisible();
    await page.goBack();
    await expect(mistakes).toBeVisible();
  } finally {
    await call(other, "feedback.withdrawMany", { markIds: [mark!.markId] }, "mutation");
    await other.context().close();
  }
  expect((await figures()).all?.wronglyRemoved ?? 0).toBe(before?.wronglyRemoved ?? 0);
});

test.describe("a manager", () => {
  // A page that is not there is a 404, which the browser writes into the console by itself.
  test.use({ complaints: async ({ page: _ }, use) => use([]) });

  test("finds neither page", async ({ page, login }) => {
    await login("manager");
    for (const place of ["/admin", "/admin/overview", "/admin/quality"])
      expect((await page.goto(place))!.status(), place).toBe(404);
  });
});
