import type { Page } from "@playwright/test";
import { expect, pressRussian, signIn, test } from "./test.ts";

const sheet = (page: Page) => page.getByRole("region", { name: "Как увидит клиент" });
const items = (page: Page) => page.locator("li[data-premises]");
const order = (page: Page) => items(page).evaluateAll((rows) => rows.map((row) => row.getAttribute("data-premises")));

/** Two kept premises of the lead's board in a draft, whose page is open. */
async function begin(page: Page, leadId: string): Promise<void> {
  await page.goto(`/leads/${leadId}`);
  await expect(page.locator("section[data-side=keep] article").first()).toBeVisible();
  for (const _ of [1, 2]) {
    await pressRussian(page, "KeyJ");
    await pressRussian(page, "KeyP");
  }
  await page.getByRole("button", { name: "Подборка для клиента" }).click();
  await expect(page).toHaveURL(/\/proposals\/[0-9a-f-]{36}$/);
  await expect(items(page)).toHaveCount(2);
}

const saved = (page: Page) => expect(page.getByText("Черновик · всё сохранено")).toBeVisible();

test("from the board to the client: two premises, a price, a note, a link that opens for a stranger until it is closed", async ({
  page,
  login,
  lead,
  look,
  browser,
}) => {
  await login("manager");
  await begin(page, lead.id);
  const proposalId = page.url().split("/").at(-1)!;

  await page.getByLabel("Имя менеджера").fill("Анна Проверкина");
  await page.getByLabel("Телефон").fill("+7 383 200-00-01");
  await page.getByLabel("Цена клиенту в месяц").first().fill("98765");
  await page.getByLabel("Заметка для клиента").first().fill("Отдельный вход со двора");
  await saved(page);
  await expect(sheet(page)).toContainText("98 765 ₽ в месяц");
  await expect(sheet(page)).toContainText("Отдельный вход со двора");
  await page.reload();
  await expect(page.getByLabel("Заметка для клиента").first()).toHaveValue("Отдельный вход со двора");

  const pdf = await page.request.get(`/api/proposals/${proposalId}/pdf`);
  expect([pdf.status(), pdf.headers()["content-type"]]).toEqual([200, "application/pdf"]);
  expect((await pdf.body()).subarray(0, 5).toString()).toBe("%PDF-");

  await page.getByRole("button", { name: "Отправить", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Отправить", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(/КП № \d{4}-\d{4}/);
  const number = (await page.getByRole("heading", { level: 1 }).textContent())!.match(/\d{4}-\d{4}/)![0];
  const offers = await look.sql<{ rent: number; n: number }[]>`
    select max(rent_rub_month) filter (where place = 1) as rent, count(*)::int as n
    from proposal_offers where proposal_id = ${proposalId} and lead_id = ${lead.id}`;
  expect(offers).toEqual([{ rent: 98_765, n: 2 }]);

  await expect(page.getByRole("textbox", { name: "Текст для мессенджера" })).toHaveValue(/98.765.₽ в месяц/);
  await page.getByRole("button", { name: "Создать ссылку" }).click();
  const link = await page.getByLabel("Адрес").inputValue();
  expect(link).toMatch(/\/p\/[\w-]{32}$/);

  const stranger = await browser.newContext({ colorScheme: "dark", locale: "ru-RU" });
  const client = await stranger.newPage();
  const answer = await client.goto(link);
  expect(answer!.headers()).toMatchObject({ "referrer-policy": "no-referrer", "x-robots-tag": /noindex/ });
  await expect(client.getByRole("heading", { level: 1, name: "Коммерческое предложение" })).toBeVisible();
  await expect(client.getByText(`КП № ${number}`)).toBeVisible();
  await expect(client.getByText("98 765 ₽ в месяц")).toBeVisible();
  const source = await answer!.text();
  for (const secret of [proposalId, lead.id, "probability", "suitability", "Вероятность", "Ошибочно"])
    expect(source).not.toContain(secret);
  await expect(client.locator('meta[name="robots"]')).toHaveAttribute("content", /noindex/);
  expect((await stranger.request.get(link.replace("/p/", "/api/p/").concat("/pdf"))).status()).toBe(200);

  await page.reload();
  await expect(page.getByText(/1 просмотр · последний/)).toBeVisible();
  await page.getByRole("button", { name: /^Закрыть ссылку/ }).click();
  await expect(page.getByText("Закрыта")).toBeVisible();
  await client.reload();
  await expect(client.getByRole("heading", { level: 1, name: "Эта ссылка больше не открывается" })).toBeVisible();
  await expect(client.getByText("Анна Проверкина")).toBeVisible();
  await expect(client.locator("body")).not.toContainText("₽");
  expect((await stranger.request.get(link.replace("/p/", "/api/p/").concat("/pdf"))).status()).toBe(404);
  await stranger.close();
});

test("the same link opened by somebody who is signed in shows the client's page and nothing of ours", async ({
  page,
  login,
  lead,
  browser,
  baseURL,
}) => {
  await login("manager");
  await begin(page, lead.id);
  await page.getByLabel("Телефон").fill("+7 383 200-00-01");
  await saved(page);
  await page.getByRole("button", { name: "Отправить", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Отправить", exact: true }).click();
  await page.getByRole("button", { name: "Создать ссылку" }).click();
  const link = await page.getByLabel("Адрес").inputValue();
  const proposal = page.url();

  const other = await browser.newContext({ ...(baseURL && { baseURL }) });
  const colleague = await other.newPage();
  await colleague.goto(proposal);
  await expect(colleague).toHaveURL(/\/login\?/);
  await signIn(colleague, "owner");
  await colleague.goto(link);
  await expect(colleague.getByRole("heading", { level: 1, name: "Коммерческое предложение" })).toBeVisible();
  await expect(colleague.getByRole("navigation")).toHaveCount(0);
  // His own rights hold on our own page: an owner reads and changes nothing.
  await colleague.goto(proposal);
  await expect(colleague.getByText(/только просмотр/)).toBeVisible();
  await expect(colleague.getByRole("button", { name: /Создать ссылку|Отозвать/ })).toHaveCount(0);
  await other.close();

  await page.getByRole("button", { name: "Отозвать", exact: true }).click();
  await page.getByRole("button", { name: "Да, отозвать" }).click();
  await expect(page.getByText(/^Отозвано/)).toBeVisible();
  await page.goto(link);
  await expect(page.getByRole("heading", { level: 1, name: "Предложение отозвано" })).toBeVisible();
});

test("premises change places by mouse and by keys, go and come back", async ({ page, login, lead }) => {
  await login("manager");
  await begin(page, lead.id);
  const [first, second] = await order(page);

  await page.locator("[data-handle]").first().focus();
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => order(page)).toEqual([second, first]);
  await expect(page.getByRole("button", { name: /^Переместить: .*, 2 из 2$/ })).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect.poll(() => order(page)).toEqual([first, second]);

  await page.locator("[data-handle]").last().dragTo(items(page).first());
  await expect.poll(() => order(page)).toEqual([second, first]);

  await page
    .getByRole("button", { name: /^Убрать из подборки/ })
    .first()
    .click();
  await expect.poll(() => order(page)).toEqual([first]);
  await page.keyboard.press("Control+KeyZ");
  await expect.poll(() => order(page)).toEqual([second, first]);
  await saved(page);
  await page.reload();
  expect(await order(page)).toEqual([second, first]);

  await page.getByRole("button", { name: "Добавить", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("checkbox").first().check();
  await dialog.getByRole("button", { name: "Добавить (1)" }).click();
  await expect(items(page)).toHaveCount(3);
  await expect(
    sheet(page)
      .getByRole("listitem")
      .filter({ has: page.getByRole("heading") }),
  ).toHaveCount(3);
});

test("without a network nothing is lost, and it goes out by itself", async ({
  page,
  context,
  login,
  lead,
  complaints,
}) => {
  await login("manager");
  await begin(page, lead.id);
  await context.setOffline(true);
  await page.getByLabel("Текст для клиента").fill("Написано без связи");
  await expect(page.getByText("нет связи, сохраню сам")).toBeVisible();
  await expect(sheet(page)).toContainText("Написано без связи");
  await context.setOffline(false);
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await saved(page);
  await page.reload();
  await expect(page.getByLabel("Текст для клиента")).toHaveValue("Написано без связи");
  expect(complaints.splice(0).filter((text) => !text.includes("ERR_INTERNET_DISCONNECTED"))).toEqual([]);
});

test("print shows the sheet alone", async ({ page, login, lead }) => {
  await login("manager");
  await begin(page, lead.id);
  await page.emulateMedia({ media: "print" });
  await expect(sheet(page)).toBeVisible();
  await expect(page.getByRole("banner").first()).toBeHidden();
  await expect(page.getByLabel("Текст для клиента")).toBeHidden();
});

test("a link that never was, and a proposal that is not yours, are pages that are not there", async ({
  page,
  login,
  complaints,
}) => {
  await login("manager");
  for (const path of [`/p/${"A".repeat(32)}`, "/proposals/7b0c9b86-6a35-4d2c-9d3c-2f0d9c2b8f10", "/proposals/nope"]) {
    const answer = await page.goto(path);
    expect([path, answer?.status()]).toEqual([path, 404]);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
  // The browser notes the 404 of the pages themselves.
  expect(complaints.splice(0).filter((text) => !text.includes("404"))).toEqual([]);
});

test("an administrator says who writes to clients; a colour that cannot be read is refused in words", async ({
  page,
  login,
  complaints,
}) => {
  await login("admin");
  await page.goto("/proposals");
  await page.getByRole("button", { name: "Фирма", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Название").fill("Берег. Аренда");
  await dialog.getByRole("textbox", { name: "Цвет" }).fill("#ffee55");
  await dialog.getByRole("button", { name: "Сохранить" }).click();
  await expect(dialog.getByRole("alert")).toBeVisible();
  await dialog.getByRole("textbox", { name: "Цвет" }).fill("#0f7a53");
  await dialog.getByRole("button", { name: "Сохранить" }).click();
  await expect(dialog).toBeHidden();
  await page.reload();
  await page.getByRole("button", { name: "Фирма", exact: true }).click();
  await expect(dialog.getByLabel("Название")).toHaveValue("Берег. Аренда");
  // The browser notes the refusal by itself.
  expect(complaints.splice(0).filter((text) => !text.includes("400"))).toEqual([]);
});
