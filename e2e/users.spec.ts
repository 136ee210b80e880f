import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Browser, Page } from "@playwright/test";
import { expect, signIn, test } from "./test.ts";

test.describe.configure({ timeout: 120_000 });

// A page that is not there is a 404, a refused call a 401: the browser writes both into the console by itself.
test.use({ complaints: async ({ page: _ }, use) => use([]) });

async function deskOf(browser: Browser, baseURL: string): Promise<Page> {
  return (await browser.newContext({ baseURL, locale: "ru-RU" })).newPage();
}

/** Every page of the owner's and the administrators' area that the bar leads to. */
async function adminPages(page: Page): Promise<string[]> {
  await page.goto("/admin");
  const bar = page.getByRole("navigation", { name: "Управление" });
  await expect(bar.getByRole("link").first()).toBeVisible();
  return bar.getByRole("link").evaluateAll((links) => links.map((link) => link.getAttribute("href")!));
}

test("an invited manager sets a password by a link that works once, and is out at once when dismissed", async ({
  page,
  login,
  browser,
  baseURL,
  lead,
}) => {
  const name = `Нина Новая ${randomUUID().slice(0, 4)}`;
  const email = `${randomUUID()}@example.ru`;
  await login("admin");
  await page.goto("/admin/users");
  const invite = page.getByRole("region", { name: "Пригласить" });
  await invite.getByRole("button", { name: "Пригласить" }).click();
  await expect(invite.getByText("Введите имя")).toBeVisible();
  await invite.getByLabel("Имя и фамилия").fill(name);
  await invite.getByLabel("Почта").fill(email);
  await invite.getByRole("button", { name: "Пригласить" }).click();
  const link = await invite.getByRole("textbox", { name: "Ссылка", exact: true }).inputValue();
  expect(link).toMatch(/\/invite\/[\w-]{32}$/);
  await page.reload();
  await expect(page.getByRole("textbox", { name: "Ссылка", exact: true })).toHaveCount(0);

  const desk = await deskOf(browser, baseURL!);
  await desk.goto(link);
  await expect(desk.getByRole("heading", { name: `Здравствуйте, ${name}!` })).toBeVisible();
  await desk.getByLabel("Пароль", { exact: true }).fill("short");
  await desk.getByRole("button", { name: "Сохранить и войти" }).click();
  await expect(desk.getByText("Нужно хотя бы 12 знаков")).toBeVisible();
  await desk.getByLabel("Пароль", { exact: true }).fill("ветер в октябре и чай");
  await desk.getByRole("button", { name: "Сохранить и войти" }).click();
  await expect(desk).toHaveURL(/\/leads/);
  await expect(desk.getByRole("heading", { level: 1 })).toBeVisible();
  const again = await deskOf(browser, baseURL!);
  expect((await again.goto(link))!.status()).toBe(404);
  await expect(again.getByRole("heading", { name: "Ссылка не действует" })).toBeVisible();
  await again.context().close();

  const people = page.getByRole("region", { name: "Люди" });
  await people.getByRole("textbox", { name: "Имя или почта" }).fill(name);
  await expect(people.getByRole("listitem")).toHaveCount(1);
  await people.getByRole("button", { name: `Действия: ${name}` }).click();
  await page.getByRole("menuitem", { name: "Уволить" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Уволить" }).click();
  await expect(page.getByText("Никого не нашлось.")).toBeVisible();

  // The very next call of the screen that was open, the very next page, and a new sign-in.
  const ask = `/api/trpc/leads.get?input=${encodeURIComponent(JSON.stringify({ json: { leadId: lead.id } }))}`;
  expect((await desk.request.get(ask)).status()).toBe(401);
  await desk.goto("/leads");
  await expect(desk).toHaveURL(/\/login/);
  await desk.getByLabel("Почта").fill(email);
  await desk.getByLabel("Пароль", { exact: true }).fill("ветер в октябре и чай");
  await desk.getByRole("button", { name: "Войти" }).click();
  await expect(desk.getByText(/Почта или пароль не подходят/)).toBeVisible();

  await people.getByText("Уволены", { exact: true }).click();
  await people.getByRole("button", { name: `Действия: ${name}` }).click();
  await page.getByRole("menuitem", { name: "Вернуть" }).click();
  await expect(people.getByText("Никого не нашлось.")).toBeVisible();
  await desk.goto("/leads");
  await expect(desk, "sessions of before stay ended").toHaveURL(/\/login/);
  await desk.getByLabel("Почта").fill(email);
  await desk.getByLabel("Пароль", { exact: true }).fill("ветер в октябре и чай");
  await desk.getByRole("button", { name: "Войти" }).click();
  await expect(desk).toHaveURL(/\/leads/);

  // All of it stands in the log, and is found by the one who did it and to whom.
  await people.getByText("Работают", { exact: true }).click();
  await people.getByRole("button", { name: `Действия: ${name}` }).click();
  await page.getByRole("menuitem", { name: "Уволить" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Уволить" }).click();
  await expect(people.getByText("Никого не нашлось.")).toBeVisible();
  await page.goto("/admin/audit");
  await page.getByRole("textbox", { name: "Кто" }).fill("Администратор");
  await page.getByRole("combobox", { name: "Что сделано" }).click();
  await page.getByRole("option", { name: "люди", exact: true }).click();
  const lines = page.getByRole("region", { name: "Записи" }).getByRole("listitem");
  await expect(lines.first()).toContainText("Администратор");
  // Whom it was about stands there by name; the id is for whoever opens the line.
  await expect(lines.first().getByText("люди: уволен")).toContainText(name);
  await expect(page).toHaveURL(/action=user%3Amanage|action=user:manage/);
  await lines.first().getByText("Подробности").click();
  await expect(lines.first()).toContainText(email);
  await expect(lines.first()).toContainText(/место \d+ в цепочке/);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Скачать CSV" }).click();
  const csv = await readFile(await (await download).path(), "utf8");
  expect(csv).toContain(email);
  expect(csv).not.toContain("session:open");
  await page.getByRole("button", { name: "Проверить сейчас" }).click();
  await expect(page.getByText("Журнал цел", { exact: true })).toBeVisible();
  await desk.context().close();
});

test("the owner sees everything but users; to a manager none of it exists", async ({
  page,
  login,
  browser,
  baseURL,
}) => {
  await login("admin");
  const all = await adminPages(page);
  expect(all).toContain("/admin/users");

  const owner = await deskOf(browser, baseURL!);
  await signIn(owner, "owner");
  expect((await adminPages(owner)).sort()).toEqual(all.filter((href) => href !== "/admin/users").sort());
  for (const href of all) {
    const answer = await owner.goto(href);
    expect([href, answer!.status()]).toEqual([href, href === "/admin/users" ? 404 : 200]);
  }
  await owner.goto("/admin/audit");
  await owner.getByRole("combobox", { name: "Что сделано" }).click();
  await expect(owner.getByRole("option").first()).toBeVisible();
  await expect(owner.getByRole("option", { name: "люди", exact: true })).toHaveCount(0);
  await owner.goto("/admin/jobs");
  await expect(owner.getByRole("region", { name: "Обработчик" }).getByText("работает").first()).toBeVisible();
  await expect(owner.getByText("Проверка журнала действий").first()).toBeVisible();
  await owner.context().close();

  const manager = await deskOf(browser, baseURL!);
  await signIn(manager, "manager");
  for (const href of ["/admin", ...all]) expect([href, (await manager.goto(href))!.status()]).toEqual([href, 404]);
  expect((await manager.request.get("/api/audit/export")).status()).toBe(403);
  await manager.context().close();
});

test("a key is shown once, opens what it was made for, is rotated with an overlap and revoked at once", async ({
  page,
  login,
  lead,
}) => {
  const name = `CRM ${randomUUID().slice(0, 8)}`;
  const opens = async (secret: string) =>
    (
      await page.request.post("/api/v1/match", {
        data: { leadId: lead.id },
        headers: { authorization: `Bearer ${secret}` },
      })
    ).status();
  await login("admin");
  await page.goto("/admin/users");
  const keys = page.getByRole("region", { name: "Ключи для других систем" });
  await keys.getByRole("button", { name: "Новый ключ" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Название" }).fill(name);
  await dialog.getByRole("checkbox", { name: "отметки" }).uncheck();
  await dialog.getByRole("button", { name: "Сделать ключ" }).click();
  const field = keys.getByRole("textbox", { name: "Ключ", exact: true });
  await expect(field).toHaveValue(/^ostap_[\w-]{43}$/);
  const first = await field.inputValue();
  expect(await opens(first)).toBe(200);

  await keys.getByRole("button", { name: new RegExp(`Действия: ${name}`) }).click();
  await page.getByRole("menuitem", { name: "Заменить" }).click();
  await dialog.getByRole("button", { name: "Заменить" }).click();
  await expect(field).not.toHaveValue(first);
  const second = await field.inputValue();
  expect([await opens(first), await opens(second)]).toEqual([200, 200]);
  await expect(keys.getByText("заменён, дорабатывает").first()).toBeVisible();

  await keys.getByRole("button", { name: `Действия: ${name}, ${first.slice(0, 12)}` }).click();
  await page.getByRole("menuitem", { name: "Отозвать" }).click();
  await dialog.getByRole("button", { name: "Отозвать" }).click();
  await expect(dialog).toBeHidden();
  expect([await opens(first), await opens(second)]).toEqual([401, 200]);
  await page.reload();
  await expect(keys).not.toContainText(second);
  await expect(keys.getByText(`${second.slice(0, 12)}…`)).toBeVisible();
});
