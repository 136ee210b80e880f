import type { Locator, Page } from "@playwright/test";
import { expect, loginOf, pressRussian, test, withTypo, wrongLayout } from "./test.ts";

const removedColumn = (page: Page) => page.locator("section[data-side=remove]");
const firstUnmarked = (column: Locator) =>
  column.locator("article", { has: column.page().getByRole("button", { name: /^Ошибочно убрано: [^у]/ }) }).first();
const idOf = async (card: Locator) => (await card.locator("[data-premises]").getAttribute("data-premises"))!;

test("sign in, search, board, mark, undo; the mark is in the database and so is its withdrawal", async ({
  page,
  lead,
  look,
}) => {
  const { email, password } = await loginOf("manager");
  await page.goto("/");
  await page.getByLabel("Почта").fill(email);
  await page.getByLabel("Пароль", { exact: true }).fill(password);
  await page.keyboard.press("Enter");

  const box = page.getByRole("searchbox", { name: "Поиск лидов" });
  const word = lead.brand.match(/^\p{L}+/u)![0];
  const found = page.locator("[role=table]:not([data-stale])").getByRole("link", { name: word });
  await box.fill(withTypo(word));
  await expect(page.getByRole("heading", { name: "Найденные лиды" })).toBeVisible();
  await expect(found.first()).toBeVisible();
  await box.fill("");
  await expect(page.getByRole("heading", { name: "Недавние лиды" })).toBeVisible();
  await box.fill(wrongLayout(word));
  await expect(page.getByRole("heading", { name: "Найденные лиды" })).toBeVisible();
  await expect(found.first()).toBeVisible();
  await expect(page).toHaveURL(/[?&]q=/);
  await box.fill(lead.id);
  await page.getByRole("link", { name: new RegExp(lead.id) }).click();

  await expect(page.getByRole("heading", { level: 1, name: lead.brand })).toBeVisible();
  await expect(page.getByText(/Модель \d+ от/)).toBeVisible();
  const card = firstUnmarked(removedColumn(page));
  const premisesId = await idOf(card);
  const marked = removedColumn(page).locator("article", { has: page.locator(`[data-premises="${premisesId}"]`) });
  await card.getByRole("button", { name: /^Ошибочно убрано: [^у]/ }).click();
  await expect(marked.getByText("Отмечено: ошибочно убрано")).toBeVisible();

  const standing = () => look.sql<{ mark: string; withdrawn: boolean }[]>`
    select m.mark, w.mark_id is not null as withdrawn from marks m left join mark_withdrawals w on w.mark_id = m.id
    where m.lead_id = ${lead.id} and m.premises_id = ${premisesId} order by m.created_at desc limit 1`;
  await expect.poll(standing).toEqual([{ mark: "wrongly_removed", withdrawn: false }]);

  await page.getByRole("button", { name: "Отменить", exact: true }).first().click();
  await expect(marked.getByText("Отмечено: ошибочно убрано")).toBeHidden();
  await expect.poll(standing).toEqual([{ mark: "wrongly_removed", withdrawn: true }]);
});

test("ten premises are marked in at most thirty key presses on the Russian layout, and Ctrl+Z takes one back", async ({
  page,
  login,
  lead,
  look,
}) => {
  await login("manager");
  await page.goto(`/leads/${lead.id}`);
  await expect(removedColumn(page).locator("article").first()).toBeVisible();
  const standing = async () => {
    const [row] = await look.sql<{ n: number }[]>`
      select count(*)::int as n from marks m where m.lead_id = ${lead.id} and m.mark = 'wrongly_kept'
        and not exists (select from mark_withdrawals w where w.mark_id = m.id)`;
    return row!.n;
  };
  const before = await standing();

  let presses = 0;
  const press = async (code: Parameters<typeof pressRussian>[1]) => {
    presses += 1;
    await pressRussian(page, code);
  };
  const kept = page.locator("section[data-side=keep]");
  for (let row = 0; row < 10; row++) {
    await press("KeyJ");
    await expect(kept.locator("article[data-current]")).toHaveCount(1);
    await press(row === 3 ? "Digit2" : "KeyX");
  }
  expect(presses).toBeLessThanOrEqual(30);
  await expect.poll(standing).toBe(before + 10);

  await page.keyboard.press("Control+KeyZ");
  await expect.poll(standing).toBe(before + 9);
  // Clean up by the same way, so that the next run begins where this one did.
  for (let row = 1; row < 10; row++) await page.keyboard.press("Control+KeyZ");
  await expect.poll(standing).toBe(before);
});

test("a mark whose answer is lost waits, says so, and arrives once", async ({
  page,
  login,
  lead,
  look,
  complaints,
}) => {
  await login("manager");
  await page.goto(`/leads/${lead.id}`);
  const card = firstUnmarked(removedColumn(page));
  const premisesId = await idOf(card);
  const marks = () => look.sql<{ n: number }[]>`
    select count(*)::int as n from marks where lead_id = ${lead.id} and premises_id = ${premisesId}`;
  const [before] = await marks();

  // The request reaches the server and its answer is lost: the worst moment.
  let lost = 0;
  await page.route("**/api/trpc/feedback.mark*", async (route) => {
    lost += 1;
    await route.fetch();
    await route.abort("connectionreset");
  });
  await card.getByRole("button", { name: /^Ошибочно убрано: [^у]/ }).click();
  await expect(page.getByText("1 отметка ждёт отправки")).toBeVisible();
  expect(lost).toBeGreaterThan(0);
  await page.unroute("**/api/trpc/feedback.mark*");
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await expect(page.getByText("1 отметка ждёт отправки")).toBeHidden();
  expect(await marks()).toEqual([{ n: before!.n + 1 }]);

  const marked = removedColumn(page).locator("article", { has: page.locator(`[data-premises="${premisesId}"]`) });
  await marked.getByRole("button", { name: /Отменить отметку/ }).click();
  await expect(marked.getByText("Отмечено")).toBeHidden();
  // The browser notes the lost connection by itself.
  expect(complaints.splice(0).filter((text) => !text.includes("ERR_CONNECTION_RESET"))).toEqual([]);
});

test("another manager's lead is a page that is not there", async ({ page, login, foreignLead, complaints }) => {
  await login("manager");
  const answer = await page.goto(`/leads/${foreignLead.id}`);
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1, name: "Такого лида нет" })).toBeVisible();
  await expect(page.locator("body")).not.toContainText(foreignLead.brand ?? "\u0000");
  // The browser notes the 404 of the page itself.
  expect(complaints.splice(0).filter((text) => !text.includes("404"))).toEqual([]);
});

test("a past day is labelled and takes no marks", async ({ page, login, lead }) => {
  await login("manager");
  const monthAgo = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10);
  await page.goto(`/leads/${lead.id}?asOf=${monthAgo}`);
  await expect(page.getByText(/Вы смотрите подбор на/)).toBeVisible();
  await expect(page.getByRole("button", { name: /Ошибочно убрано/ })).toHaveCount(0);
  await page.getByRole("link", { name: "К сегодняшнему дню" }).click();
  await expect(page.getByRole("button", { name: /Ошибочно убрано/ }).first()).toBeVisible();
});

test("details open by key, follow the walk, and close", async ({ page, login, lead }) => {
  await login("manager");
  await page.goto(`/leads/${lead.id}`);
  await expect(page.locator("article").first()).toBeVisible();
  await pressRussian(page, "KeyJ");
  await page.keyboard.press("Enter");
  const panel = page.getByRole("complementary", { name: "Помещение" });
  await expect(panel.getByText("Оставлено · 1 место")).toBeVisible();
  await pressRussian(page, "KeyJ");
  await expect(panel.getByText("Оставлено · 2 место")).toBeVisible();
  await page.reload();
  await expect(panel.getByText("Оставлено · 2 место")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
});

test("the search is one key away", async ({ page, login, lead }) => {
  await login("manager");
  await page.goto("/leads");
  await expect(page.getByRole("searchbox", { name: "Поиск лидов" })).toBeVisible();
  await page.getByRole("heading", { name: "Недавние лиды" }).click();
  await pressRussian(page, "Slash");
  await expect(page.getByRole("searchbox", { name: "Поиск лидов" })).toBeFocused();
  await page.goto(`/leads/${lead.id}`);
  await expect(page.locator("article").first()).toBeVisible();
  await page.keyboard.press("Control+KeyK");
  await page.getByRole("dialog", { name: "Поиск лидов" }).getByRole("textbox").fill(lead.id);
  await expect(page.getByRole("dialog").getByRole("button", { name: new RegExp(lead.id) })).toBeVisible();
});
