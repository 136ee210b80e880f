import type { Browser, Page } from "@playwright/test";
import { expect, loginOf, pressRussian, type Role, test } from "./test.ts";

const ownMarks = (page: Page) => page.getByRole("region", { name: "Мои отметки" }).getByRole("listitem");

/** The same person at another desk. */
async function secondDevice(browser: Browser, baseURL: string, role: Role): Promise<Page> {
  const page = await (await browser.newContext({ baseURL, locale: "ru-RU" })).newPage();
  const { email, password } = await loginOf(role);
  const { csrfToken } = await (await page.request.get("/api/auth/csrf")).json();
  const form = { email, password, csrfToken, json: "true" };
  const answer = await page.request.post("/api/auth/callback/credentials", { form, headers: { origin: baseURL } });
  expect(answer.status()).toBe(200);
  return page;
}

// Whatever a story chose is nobody's choice for the next one.
test.afterEach(async ({ look }) => {
  await look.sql`delete from user_preferences`;
});

test("marks are measured, listed, taken back one by one and all at once, and said again", async ({
  page,
  login,
  lead,
  look,
}) => {
  const standing = async () => {
    const [row] = await look.sql<{ n: number }[]>`
      select count(*)::int as n from marks m join users u on u.manager_id = m.manager_id and u.role = 'manager'
      where not exists (select from mark_withdrawals w where w.mark_id = m.id)`;
    return row!.n;
  };
  // Whatever an earlier story left standing is taken back.
  await look.sql`insert into mark_withdrawals (mark_id, withdrawn_by) select id, 'e2e' from marks on conflict do nothing`;
  await login("manager");
  await page.goto("/me");
  await expect(page.getByText(/^Пока ничего: отметьте/)).toBeVisible();
  const before = await standing();
  expect(before).toBe(0);

  await page.goto(`/leads/${lead.id}`);
  await expect(page.locator("section[data-side=remove] article").first()).toBeVisible();
  for (let row = 0; row < 4; row++) {
    await pressRussian(page, "KeyJ");
    await expect(page.locator("article[data-current]")).toHaveCount(1);
    await pressRussian(page, "KeyX");
  }
  await expect.poll(standing).toBe(before + 4);

  await page.goto("/me");
  await expect(page.getByText(new RegExp(`^Ваш[аи] ${before + 4} отмет`)).first()).toBeVisible();
  await expect(page.getByText(/^Измерено на|решения остались прежними/).first()).toBeVisible();
  await expect(page.getByText(/С 01\.\d\d\.\d{4} новых лидов|Лиды, пришедшие с/)).toBeVisible();

  await ownMarks(page)
    .first()
    .getByRole("button", { name: /Отменить отметку/ })
    .click();
  await expect.poll(standing).toBe(before + 3);
  await page.getByRole("button", { name: "Вернуть", exact: true }).click();
  await expect.poll(standing).toBe(before + 4);

  await page.getByRole("button", { name: "Забыть вкус" }).click();
  await page.getByRole("button", { name: "Отменить все отметки" }).click();
  await expect.poll(standing).toBe(0);
  await expect(page.getByText("Отметок пока нет.")).toBeVisible();
  await page.getByRole("button", { name: "Вернуть", exact: true }).last().click();
  await expect.poll(standing).toBe(before + 4);

  // As it was found.
  for (let row = 0; row < 4; row++) {
    await expect(ownMarks(page)).toHaveCount(before + 4 - row);
    await ownMarks(page)
      .first()
      .getByRole("button", { name: /Отменить отметку/ })
      .click();
    await expect.poll(standing).toBe(before + 3 - row);
  }
});

test("language, theme and keys are the same on the next device, and nothing flickers there", async ({
  page,
  login,
  lead,
  browser,
  baseURL,
  look,
}) => {
  await login("manager");
  await page.goto("/me");
  await page.getByText("Тёмное", { exact: true }).click();
  await page.getByRole("switch", { name: "Клавиши без Ctrl" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
  await page.getByText("English", { exact: true }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  const kept = () => look.sql`
    select p.language, p.theme, p.single_keys from user_preferences p join users u on u.id = p.user_id where u.role = 'manager'`;
  await expect.poll(async () => [...(await kept())]).toEqual([{ language: "en", theme: "dark", single_keys: false }]);

  const next = await secondDevice(browser, baseURL!, "manager");
  // The look at each moment in which the page could be painted: never another than the chosen one.
  await next.addInitScript(() => {
    const looks: string[] = [];
    Object.assign(window, { looks });
    const note = () => {
      if (document.body) looks.push(document.documentElement.getAttribute("data-mantine-color-scheme") ?? "none");
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  });
  await next.goto(`/leads/${lead.id}`);
  await expect(next.locator("html")).toHaveAttribute("lang", "en");
  await expect(next.locator("article").first()).toBeVisible();
  const looks = await next.evaluate(() => (window as unknown as { looks: string[] }).looks);
  expect([...new Set(looks)]).toEqual(["dark"]);
  const said = () =>
    look.sql`select (select count(*) from marks) as marks, (select count(*) from mark_withdrawals) as ends`;
  const before = [...(await said())];
  await pressRussian(next, "KeyJ");
  await next.keyboard.press("ArrowDown");
  await expect(next.locator("article[data-current]")).toHaveCount(1);
  await pressRussian(next, "KeyX");
  await next.keyboard.press("Control+KeyK");
  await expect(next.getByRole("dialog")).toBeVisible();
  expect([...(await said())]).toEqual(before);
  await next.context().close();
});

test.describe("the account", () => {
  // The owner's own password and sessions are put back, whatever became of the story.
  let kept: { password_hash: string };
  test.beforeEach(async ({ look }) => {
    const [row] = await look.sql<{ password_hash: string }[]>`select password_hash from users where role = 'owner'`;
    kept = row!;
  });
  test.afterEach(async ({ look }) => {
    await look.sql`update users set password_hash = ${kept.password_hash} where role = 'owner'`;
    await look.sql`delete from rate_limits where key like 'password-change%'`;
  });

  test("a new password keeps this session and ends the others", async ({
    page,
    login,
    browser,
    baseURL,
    complaints,
  }) => {
    const { password } = await loginOf("owner");
    await login("owner");
    const other = await secondDevice(browser, baseURL!, "owner");
    await page.goto("/me");
    await page.getByLabel("Нынешний пароль", { exact: true }).fill("not the password");
    await page.getByLabel("Новый пароль", { exact: true }).fill("a brand new passphrase");
    await page.getByRole("button", { name: "Сменить пароль" }).click();
    await expect(page.getByText("Нынешний пароль не подходит.")).toBeVisible();
    await page.getByLabel("Нынешний пароль", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Сменить пароль" }).click();
    await expect(page.getByText(/Пароль сменён/)).toBeVisible();
    await page.reload();
    await expect(page.getByRole("heading", { level: 2, name: "Пароль" })).toBeVisible();
    await other.goto("/me");
    await expect(other).toHaveURL(/\/login/);
    await other.context().close();
    // The refused first attempt is a 400, which the browser notes by itself.
    expect(complaints.splice(0).filter((text) => !text.includes("400"))).toEqual([]);
  });

  test("signing out everywhere ends both", async ({ page, login, browser, baseURL }) => {
    await login("owner");
    const other = await secondDevice(browser, baseURL!, "owner");
    await other.goto("/me");
    await expect(other.getByText("Учётная запись не связана с менеджером")).toBeVisible();
    await page.goto("/me");
    await page.getByRole("button", { name: "Выйти везде" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Выйти везде" }).click();
    await expect(page).toHaveURL(/\/login/);
    await other.reload();
    await expect(other).toHaveURL(/\/login/);
    await other.context().close();
  });
});
